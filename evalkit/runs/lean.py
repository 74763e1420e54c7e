"""Imported first by the server that reports are forked from: it makes the imports that follow cheap."""

import gc
import sys

# nothing that is imported is given back; looking whether it could be costs a fifth of the time
gc.disable()
# with this package jsonschema compiles a grammar of international addresses, for longer than all other imports take;
# without it, such addresses go unchecked, and a notebook has none
sys.modules.setdefault("rfc3987_syntax", None)
