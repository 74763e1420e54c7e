"""What Word, PDF and Excel files cost beside pages alone, and a city's Word files beside an import of pandas.

Prints each ratio of CPU seconds beside its limit, and where the time of a city's files goes.
"""

import sys
from pathlib import Path

import nbformat
from rounds import CITY, DEMONSTRATION, ROOT, YEAR, cpu, fewest, show

REPORTS = [
    *("--report", "province", "supervision"),
    *("--city", "330100", CITY, "331100"),
    *("--county", "330108", "330182"),
    *("--department", "culture", "education"),
]
NOTEBOOK = ROOT / "outputs" / DEMONSTRATION / str(YEAR) / "cities" / CITY / "report.ipynb"


def main() -> None:
    """Measure and print."""
    pages, every = (made(formats) for formats in ("html", "html,docx,pdf,xlsx"))
    show("nine reports, all four formats / pages alone", every / pages, most=2, detail=f"{every:.1f} s / {pages:.1f} s")
    pandas, took = min(cpu([sys.executable, "-c", "import pandas"], ROOT) for _ in range(5)), steps()
    word = took["document"] + sum(seconds for step, seconds in took.items() if step.endswith(".docx"))
    show("Word files of a city / import pandas", word / pandas, most=3, detail=f"{word:.2f} s / {pandas:.2f} s")
    for step, seconds in took.items():
        print(f"    {step:12} {seconds:5.2f} s")


def made(formats: str) -> float:
    """Give the CPU seconds of a run of the reports in some formats, all made anew."""
    evalkit = Path(sys.executable).parent / "evalkit"
    run = [evalkit, "run", DEMONSTRATION, "--year", str(YEAR), "--jobs", "2", "--force", "--formats", formats]
    return cpu([*run, *REPORTS], ROOT)


def steps() -> dict[str, float]:
    """Give the CPU seconds of each form of a city's volumes, in a process that has at hand what makes them."""
    from evalkit.runs import lean, warm  # noqa: F401 - what the server imports
    from evalkit.runs.formats import FORMATS
    from evalkit.runs.volumes import have_at_hand

    have_at_hand(FORMATS)
    from evalkit.reporting.render.docx.writer import docx_of
    from evalkit.reporting.render.html import pages
    from evalkit.reporting.render.pdf.writer import pdf_of
    from evalkit.reporting.render.reading import document

    notebook = nbformat.read(NOTEBOOK, as_version=4)
    found = document(notebook)
    work = {"pages": lambda: pages(notebook), "document": lambda: document(notebook)}
    for volume in found.volumes:
        work[f"{volume.name}.docx"] = lambda volume=volume: docx_of(found, volume)
        work[f"{volume.name}.pdf"] = lambda volume=volume: pdf_of([(found, volume)], title=found.title)
    return {step: fewest(call) for step, call in work.items()}


if __name__ == "__main__":
    main()
