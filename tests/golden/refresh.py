"""Executes the golden report anew: `make golden`, after a change of numbers that is meant.

The golden report is the city report with its tables and sentences printed as text and its figures left out, so that
nbval compares every published number and nothing else.
"""

from pathlib import Path

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).parent
TEMPLATE = HERE.parents[1] / "notebooks" / "city_report.ipynb"
GOLDEN = HERE / "city_report_330800_2012.ipynb"
PARAMETERS = 'study = "zhejiang-public"\ncity = "330800"\nyear = 2012\nlanguage = "zh"'


def golden(template: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Give the template with other parameters, tables and sentences printed, headings and figures left out."""
    cells = [cell for cell in template.cells if cell.cell_type == "code" and "figures." not in cell.source]
    for cell in cells:
        if "parameters" in cell.metadata.get("tags", []):
            cell.source = PARAMETERS
        elif "import" in cell.source:
            cell.source += "\nfrom evalkit.tabular.csv import printed_csv"
        else:
            cell.source = _printed(cell.source)
    return nbformat.v4.new_notebook(cells=cells, metadata=template.metadata)


def _printed(source: str) -> str:
    *lines, name = source.splitlines()
    shown = [f"print({line[8:-1]}.data)" if line.startswith("display(") else line for line in lines]
    if ".sentences." in lines[-1] or "cover." in lines[-1]:
        return "\n".join([*shown, f"print({name}.data)"])
    return "\n".join([*shown, f'print("" if {name} is None else printed_csv({name}).replace("\\r", ""))'])


def refresh() -> None:
    """Execute and write the golden report, without what changes from run to run."""
    notebook = golden(nbformat.read(TEMPLATE, as_version=4))
    NotebookClient(
        notebook, kernel_name="python3", coalesce_streams=True, resources={"metadata": {"path": str(HERE)}}
    ).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    notebook.metadata.pop("widgets", None)
    notebook.metadata.language_info = {"name": "python"}
    nbformat.write(notebook, GOLDEN)


if __name__ == "__main__":
    refresh()
