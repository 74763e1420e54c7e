"""What the manifest says while a run goes on: at every moment only what is true, so that a run may stop at any."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from evalkit.runs import archive, manifest
from evalkit.runs.kinds import KINDS, ReportId, reports
from evalkit.runs.outputs import replace
from evalkit.runs.request import RunRequest
from evalkit.runs.scheduling import Outcome

PAGE = "report.html"
AROUND = ""  # under which the files are that are of no report


@dataclass
class Ledger:
    """The reports that stand in the folder of a run and are what was made, with their files.

    Attributes
    ----------
    reports : what the manifest says of each, by name.
    outputs : the SHA-256 of every file that is as a run left it, by its path in the folder, of each report under its
        folder; of what stands around the reports under a blank.
    whole : whether the run before came to its end, and every file is as it left it.
    found : the SHA-256 of every file that there was when the run began, grouped like `outputs`.
    intact : those of them that were as a run had left them.
    """

    folder: Path
    reports: dict[str, dict]
    outputs: dict[str, dict[str, str]]
    whole: bool
    found: Mapping[str, dict[str, str]] = field(default_factory=dict)
    intact: frozenset[str] = frozenset()
    _record: Mapping = field(default_factory=dict)

    @classmethod
    def of(cls, request: RunRequest) -> Ledger:
        """Read what a run before has left, and leave out what is not as it left it.

        A report whose page or tables are others than the manifest says is none of those that stand.
        """
        before, now = manifest.left(request.folder), manifest.outputs(request.folder)
        then, said = before.get("outputs", {}), before.get("reports", {})
        told = {one.name: [f"{one.folder}/{file}" for file in (PAGE, archive.NAME)] for one in reports(request.study)}
        standing = {
            name: said[name]
            for name, files in told.items()
            if name in said and all(file in then and then[file] == now.get(file) for file in files)
        }
        intact = {path: found for path, found in then.items() if now.get(path) == found}
        whole = bool(then) and then == now and before.get("finished", False)
        return cls(request.folder, standing, _by_report(intact), whole, _by_report(now), frozenset(intact))

    def stands(self, report_id: ReportId, made_from: Mapping[str, str], formats: Iterable[str]) -> bool:
        """Whether a report is there, made from the same in the same formats, and no file of it was touched since."""
        said = self.reports.get(report_id.name, {})
        return (
            self.completed(report_id)
            and said.get("made_from") == made_from.get(report_id.kind.name)
            and set(formats) <= set(said.get("formats", ()))
            and self.found.get(report_id.folder) == self.outputs.get(report_id.folder)
        )

    def completed(self, report_id: ReportId) -> bool:
        """Whether the last try to make a report came to its end."""
        return self.reports.get(report_id.name, {}).get("status") == "completed"

    def begin(self, record: Mapping, stage: Path) -> None:
        """Say that a run goes on, and no more what stands around the reports, which is about to be replaced."""
        self._record, self.whole = record, False
        self.outputs.pop(AROUND, None)
        self._write(stage)

    def retire(self, report_id: ReportId) -> None:
        """Say no more what a report is that is about to be replaced."""
        self.reports.pop(report_id.name, None)
        files = self.outputs.pop(report_id.folder, {})
        manifest.note(self.folder, report_id.name, None, dict.fromkeys(files))

    def settle(self, report_id: ReportId, outcome: Outcome, formats: Iterable[str]) -> None:
        """Say how a report ended, and what files it has left; of one that failed the page of before stays."""
        made_from, files = self._record["made_from"][report_id.kind.name], {}
        if outcome.error:
            earlier = self.reports.get(report_id.name, {})
            made_from, formats = (earlier.get(name) for name in ("made_from", "formats"))
        else:
            left = manifest.outputs(self.folder / report_id.folder)
            files = {f"{report_id.folder}/{path}": found for path, found in left.items()}
            self.outputs[report_id.folder] = files
        self.reports[report_id.name] = {
            "status": "failed" if outcome.error else "completed",
            "error": outcome.error,
            "seconds": round(outcome.seconds, 2),
            "made_from": made_from,
            "formats": sorted(formats or ()),
        }
        manifest.note(self.folder, report_id.name, self.reports[report_id.name], files)

    def finish(self, record: Mapping, stage: Path) -> None:
        """Say what all files are at the end of the run."""
        self._record, self.outputs, self.whole = record, _by_report(manifest.outputs(self.folder)), True
        self._write(stage)

    def _write(self, stage: Path) -> None:
        """Write the manifest, and begin its journal anew: what a killed run leaves of it says nothing else."""
        outputs = sorted(chain.from_iterable(files.items() for files in self.outputs.values()))
        said = {"reports": dict(sorted(self.reports.items())), "outputs": dict(outputs)}
        manifest.write({**self._record, "finished": self.whole, **said}, stage / manifest.NAME)
        self.folder.mkdir(parents=True, exist_ok=True)
        replace(stage / manifest.NAME, self.folder / manifest.NAME)
        (self.folder / manifest.JOURNAL).unlink(missing_ok=True)


def _by_report(files: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Group files by the folder of the report that they are of."""
    found: dict[str, dict[str, str]] = {}
    for path, digest in files.items():
        found.setdefault(_folder_of(path), {})[path] = digest
    return found


def _folder_of(path: str) -> str:
    first, *rest = path.split("/")
    if first not in KINDS or not rest:
        return AROUND
    return f"{first}/{rest[0]}" if KINDS[first].each else first
