#!/bin/sh
# Makes a virtual environment and installs the project into it: with uv where it is to be had, else with pip.
# Usage: tools/setup.sh FOLDER
set -eu
venv=$1
"${PYTHON:-python3}" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "evalkit needs Python 3.11 or later; name one with PYTHON=…" >&2
    exit 1
}
echo "setting up $venv: takes some minutes" >&2
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check -c constraints.txt uv 2>/dev/null || true
if [ -x "$venv/bin/uv" ]; then
    "$venv/bin/uv" pip install --quiet --python "$venv/bin/python" --compile-bytecode -c constraints.txt -e '.[dev]' && exit 0
    echo "uv did not succeed; trying pip" >&2
fi
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
