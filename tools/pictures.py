"""Make the pictures of docs/year.md: a form, the answer to it and its list, from a year that `make round` has played.

Usage, from the project's root: python tools/pictures.py [--of FOLDER] [--to FOLDER]; needs LibreOffice and
poppler-utils.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageChops

HERE = Path(__file__).parent
PROJECT = HERE.parent / "outputs" / "round" / "zhejiang-round"
REPORTER = "330411"
SHEET = "社会福利工程 · "  # the title of a sheet
# The picture by its name: of which workbook, and what stands on its page.
PICTURES = {
    "form": ("outputs/*/forms/*", SHEET),
    "answer": ("answers/1", SHEET),
    "answer-list": ("answers/1", "审核结果"),
}
RESOLUTION, COLOURS, MARGIN = 110, 24, 12


def picture(workbook: Path, text: str, to: Path) -> None:
    """Print a workbook as an office program does, and picture the first page that begins with a text."""
    with TemporaryDirectory() as folder:
        office = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf"]
        subprocess.run([*office, "--outdir", folder, workbook], check=True, capture_output=True)
        pdf = Path(folder) / f"{workbook.stem}.pdf"
        told = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True).stdout.decode()
        page = str(next(number for number, each in enumerate(told.split("\f"), start=1) if number > 1 and text in each))
        drawn = ["pdftoppm", "-r", str(RESOLUTION), "-f", page, "-l", page, "-singlefile", "-png", pdf]
        subprocess.run([*drawn, Path(folder) / "page"], check=True, capture_output=True)
        save(Image.open(Path(folder) / "page.png").convert("RGB"), to)


def save(page: Image.Image, to: Path) -> None:
    """Save a page without the paper below what stands on it and around it, in few colours."""
    body = page.crop((0, 0, page.width, round(page.height * 0.93)))  # without the number of the page
    ink = ImageChops.difference(body, Image.new("RGB", body.size, "white")).getbbox()
    left, top, right, bottom = ink
    box = (max(left - MARGIN, 0), max(top - MARGIN, 0), min(right + MARGIN, page.width), bottom + MARGIN)
    body.crop(box).quantize(COLOURS).save(to, optimize=True)


def main() -> None:
    """Make every picture."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--of", type=Path, default=PROJECT, metavar="FOLDER", help="the project that was played")
    parser.add_argument("--to", type=Path, default=HERE.parent / "docs" / "images", metavar="FOLDER")
    given = parser.parse_args()
    given.to.mkdir(parents=True, exist_ok=True)
    for name, (where, text) in PICTURES.items():
        workbook = next(given.of.glob(f"{where}/{REPORTER}-*.xlsx"), None)
        if workbook is None:
            sys.exit(f"pictures: no form of {REPORTER} in {given.of}; run `make round` first")
        picture(workbook, text, given.to / f"{name}.png")
        print(given.to / f"{name}.png")


if __name__ == "__main__":
    main()
