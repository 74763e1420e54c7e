import subprocess
import sys

CODE = """
import evalkit.runs.lean
from evalkit.reporting.render import fonts
fonts.FONT = "none.ttf"
import evalkit.runs.warm
import sys
print({"evalkit.runs.report", "matplotlib_inline.backend_inline", "xlsxwriter"} <= set(sys.modules))
"""


def test_what_the_server_imports_is_there_even_without_type():
    """The fork server passes over an import that fails, and every report would do its own; any other ends it."""
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("True\n", "")
