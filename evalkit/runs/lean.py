"""Imported first by the server that reports are forked from: it makes the imports that follow cheap."""

import gc
import sys

# nothing that is imported is given back, and a report's process ends before it would matter; looking costs time
gc.disable()
# with this package jsonschema compiles a grammar of international addresses, which takes two fifths of all imports;
# without it, such addresses go unchecked, and a notebook has none
sys.modules.setdefault("rfc3987_syntax", None)
