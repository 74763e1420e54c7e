"""Loaded by pytest before its other plugins."""

import sys

# nbval brings jsonschema, which with this package compiles a grammar of addresses for longer than all other imports
sys.modules.setdefault("rfc3987_syntax", None)
