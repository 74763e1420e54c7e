"""An IPython shell without a kernel, which fills in a notebook's outputs as a kernel would."""

import atexit
import io
import sys
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, redirect_stderr, redirect_stdout

import numpy as np
import pandas as pd
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from matplotlib import pyplot, rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from nbformat import NotebookNode
from PIL import Image
from traitlets.config import Config

from evalkit.runs.limits import over_the_limit

# a report shows its tables whole, however long a note is
WHOLE_TABLES = ("display.max_columns", None, "display.max_rows", None, "display.max_colwidth", None)
NO_TEX = ("display.html.use_mathjax", False)  # a dollar in a cell of a frame is a dollar, also in JupyterLab


# what a cell may leave: characters printed at a stretch, outputs, and characters of one that is shown
PRINTED, OUTPUTS, SHOWN = 50_000, 1_000, 20_000_000
LOST = "\n[… 略去 {0:,} 个字符 · {0:,} characters left out …]\n"
MORE = "[… 其余输出略去 · more outputs left out …]"


class _Stream(io.TextIOBase):
    encoding = "utf-8"

    def __init__(self, name: str, shell: "Shell"):
        self._name, self._shell, self._lost = name, shell, 0

    def write(self, text: str) -> int:
        outputs = self._shell.outputs
        if text and not (outputs and outputs[-1].get("name") == self._name):
            self._shell.add(_output("stream", name=self._name, text=""))
            self._lost = 0
        if text and outputs[-1].get("name") == self._name:
            outputs[-1].text += text
            if len(outputs[-1].text) > 2 * PRINTED:
                outputs[-1].text, self._lost = _shortened(outputs[-1].text, self._lost)
        return len(text)


class _Publisher(DisplayPublisher):
    def publish(self, data: dict, metadata: dict | None = None, **_) -> None:
        self.shell.show("display_data", data, metadata)

    def clear_output(self, wait: bool = False) -> None:
        self.shell.outputs.clear()


class _ResultHook(DisplayHook):
    def compute_format_data(self, result: object) -> tuple[dict, dict]:
        if isinstance(result, Figure):
            pyplot.close(result)  # or the end of the cell would show it again
        return super().compute_format_data(result) if self.shell.shows else ({}, {})

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: dict, md_dict: dict | None = None) -> None:
        self.shell.show("execute_result", format_dict, md_dict, execution_count=self.prompt_count)

    def finish_displayhook(self) -> None:
        self._is_active = False


class Shell(InteractiveShell):
    """A shell whose outputs go into the cell that it runs; one that shows nothing keeps what is printed and errors."""

    displayhook_class = _ResultHook
    display_pub_class = _Publisher

    def __init__(self, **options):
        self.outputs = []
        self.shows = True
        self.error: BaseException | None = None
        super().__init__(**options)
        self.set_custom_exc((MemoryError,), _short_of_memory)

    def run(self, cell: NotebookNode) -> bool:
        """Run one cell, fill in its outputs, and say whether the next may follow; if not, `error` is why."""
        self.outputs = cell.outputs
        result = self.run_cell(cell.source, store_history=True)
        cell.execution_count = result.execution_count
        self.error = error = result.error_before_exec or result.error_in_exec
        if error and not errors(cell):  # IPython only prints some kinds
            self._showtraceback(type(error), error, [repr(error)])
        return not errors(cell)

    def show(self, kind: str, data: Mapping, metadata: Mapping | None, **more) -> None:
        """Add an output to the cell, pictures in base64; of what is too large to be read only the ends of its text."""
        data = {mime: b64encode(it).decode() if isinstance(it, bytes) else it for mime, it in data.items()}
        large = [mime for mime, it in data.items() if isinstance(it, str) and len(it) > SHOWN]
        if large:
            text, _ = _shortened(data.get("text/plain", ""))
            data = {mime: it for mime, it in data.items() if mime not in large} | {"text/plain": text}
        self.add(_output(kind, data=data, metadata=metadata or {}, **more))

    def add(self, output: NotebookNode) -> None:
        """Add an output to the cell, as long as it has not too many."""
        if len(self.outputs) < OUTPUTS:
            self.outputs.append(output)
        elif len(self.outputs) == OUTPUTS:
            self.outputs.append(_output("stream", name="stderr", text=f"{MORE}\n"))

    def enable_gui(self, gui: str | None = None) -> None:
        """Do without: there is nobody to look at a window."""

    def ask_exit(self) -> None:
        """End the notebook as a failure, which is what `exit()` and `quit()` in a cell come to in a report."""
        raise SystemExit("the notebook ended itself")

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        self.outputs.append(_output("error", ename=etype.__name__, evalue=str(evalue), traceback=stb))


def _shortened(text: str, lost: int = 0) -> tuple[str, int]:
    """Give the first and the last of a text, and how many characters are lost between, those of before included."""
    half = PRINTED // 2
    if len(text) <= 2 * half:
        return text, lost
    lost += len(text) - 2 * half - (len(LOST.format(lost)) if lost else 0)
    return f"{text[:half]}{LOST.format(lost)}{text[-half:]}", lost


def _short_of_memory(shell: Shell, kind: type, error: MemoryError, trace: object, tb_offset: int | None = None) -> None:
    """Say what has run out, which few do that raise it; a traceback, too, takes memory."""
    told = MemoryError(": ".join(filter(None, (over_the_limit(), str(error)))))
    shell.showtraceback((MemoryError, told, trace), tb_offset=tb_offset)


def _output(kind: str, **content) -> NotebookNode:
    """Give an output without nbformat's check of each, a fortieth of a report's time: it checks them as it writes."""
    nodes = {name: NotebookNode(it) if isinstance(it, Mapping) else it for name, it in content.items()}
    return NotebookNode(output_type=kind, **nodes)


@contextmanager
def fresh_shell(*, shows: bool = True, whole: bool = True, vectors: bool = False) -> Iterator[Shell]:
    """Give a new shell, with matplotlib inline; what it prints and shows goes into the cells, frames `whole`.

    `vectors` has it keep each figure as SVG too, beside the picture.
    """
    main = sys.modules["__main__"]
    shell = Shell.instance(config=Config(HistoryManager={"enabled": False}))
    with (
        redirect_stdout(_Stream("stdout", shell)),
        redirect_stderr(_Stream("stderr", shell)),
        pd.option_context(*WHOLE_TABLES, *NO_TEX) if whole else nullcontext(),
    ):
        shell.enable_matplotlib("inline")
        pyplot.uninstall_repl_displayhook()  # would draw at the end of a cell what is then drawn for its picture
        shell.display_formatter.formatters["image/png"].for_type(Figure, described)
        if vectors:
            shell.display_formatter.formatters["image/svg+xml"].for_type(Figure, svg)
        if not shows:
            shell.shows, shell.display_formatter.active_types = False, []
        try:
            yield shell
        finally:
            pyplot.uninstall_repl_displayhook()  # which `%matplotlib inline` in a cell has installed again
            Shell.clear_instance()
            atexit.unregister(shell.atexit_operations)  # would keep the shell, and collect garbage for it at the end
            sys.modules["__main__"] = main


def errors(cell: NotebookNode) -> list[NotebookNode]:
    """Give the errors that a cell ended in."""
    return [output for output in cell.outputs if output.output_type == "error"]


def described(figure: Figure) -> tuple[bytes, dict[str, str]]:
    """Draw a figure as a PNG picture, and give what is to be seen in it as its metadata."""
    return png(figure), {"alt": figure.get_label()}


def png(figure: Figure) -> bytes:
    """Draw a figure, in the size that it has, as a PNG picture of 256 colours: a third of the bytes of all colours.

    It is laid out while it is drawn; `savefig` would draw once for the layout and once more for the picture.
    """
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    drawn = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    picture = drawn.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    _set_ground(picture, drawn.getpixel((0, 0)))
    file = io.BytesIO()
    picture.save(file, format="png", dpi=(figure.dpi, figure.dpi))
    return file.getvalue()


def svg(figure: Figure) -> str:
    """Draw a figure, in the size that it has, as SVG whose words are words; the same figure gives the same text."""
    file, dpi = io.StringIO(), figure.dpi
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "evalkit"}):
        FigureCanvasSVG(figure).print_svg(file, metadata={"Date": None, "Creator": None})
    figure.dpi = dpi  # which is left at 72
    return file.getvalue()


def _set_ground(picture: Image.Image, colour: tuple[int, int, int]) -> None:
    """Give the ground, which has been averaged with what is nearly as light, the very colour that it had."""
    place, palette = picture.getpixel((0, 0)), picture.getpalette()
    palette[3 * place : 3 * place + 3] = colour
    picture.putpalette(palette)
