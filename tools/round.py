"""Play the whole year of an office on made-up figures: forms, slips, answers, objections, revisions, the final edition.

Usage, from the project's root: python tools/round.py [--all] [--language zh|en] [--to FOLDER]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pandas as pd
from filling import Workbook, keys_of
from spring import BY, CHECKOUT, Spring
from telling import RefusedError, within

from evalkit.base.errors import EvalkitError
from evalkit.loading import load_study
from evalkit.readings.editions import Editions
from evalkit.register.decisions.objections import late_steps
from evalkit.study import Study

EVERY_FIGURE = 1000  # more than a form has
FIRST_ROW = 3  # from which on a sheet of figures has one each
SAID, SEEN = (4, 2, 6, 8), 11  # its columns: variable, region, unit and value reported; the value seen


@dataclass
class Round(Spring):
    """A year that is played to its end; `reports` names the cities whose pages are made beside the province's.

    None for no pages. `drafted` is how cities stood in the draft.
    """

    reports: Sequence[str] | None = None
    drafted: pd.DataFrame | None = None

    def play(self) -> None:
        """Play it from the first day to the last."""
        began = time.monotonic()
        self.set_up()
        with within(self.project):
            self.open()
            self.send_forms()
            self.fill()
            self.hand_in()
            self.verify()
            self.tell_status()
            self.draft()
            self.object()
            self.decide()
            self.revise()
            self.finish()
            self.check()
        if self.reports is not None:
            self.say("pages", seconds=time.monotonic() - began, **self.places)

    @property
    def places(self) -> dict[str, Path]:
        """Where the pages lie."""
        out, year = self.project / "outputs", str(self.year)
        draft, final = (out / name / year for name in (f"{self.study}@{self.days['draft']}", self.study))
        pages = {"draft": draft / "index.html", "final": final / "index.html", "status": final / "status.html"}
        return pages | {"answers": self.project / "answers"}

    def command(self, *arguments: object, day: str, shown: int = 1) -> list[str]:
        """Put something on record on a day of the story."""
        name, *more = arguments
        steps = [more.pop(0)] if name == "object" else []
        return self.run(name, *steps, self.study, *more, *BY, "--day", self.days[day], shown=shown)

    def waiting(self) -> list[str]:
        """Give the submissions that are to be verified."""
        known = self.office.register.submissions()
        return known.index[(known.year == self.year) & (known.status == "submitted")].tolist()

    def verify(self) -> None:
        """Look at every figure of one form, which has a slip that no rule sees, then verify all submissions."""
        code = next(each for each in self.waiting() if each.startswith(self.story["turned"]))
        self.look_at(code)
        self.correct_turned()
        began, waiting = time.monotonic(), self.waiting()
        for number, each in enumerate(waiting):
            told = ("--submission", each, "--verdict", "confirmed", "--document", self.document)
            self.command("verify-figures", *told, day="verified", shown=not number)
        self.say("verified", count=len(waiting), seconds=time.monotonic() - began)

    @property
    def document(self) -> str:
        """What verdicts and decisions rest on."""
        return self.story["words"]["document"][self.language]

    def look_at(self, submission: str) -> None:
        """Hold every figure of a submission beside the documents, and doubt it where one differs."""
        sheet = "verification.xlsx"
        about_it = ("--submission", submission)
        self.run("verify-figures", self.study, *about_it, "--sheet", sheet, "--draw", EVERY_FIGURE, shown=1)
        book = openpyxl.load_workbook(sheet)
        page = book.worksheets[0]
        wrong = []
        for row in range(FIRST_ROW, page.max_row + 1):
            variable, region, unit, said = (page.cell(row, column).value for column in SAID)
            known = self.truth.value["/".join(filter(None, (variable, str(region), unit)))]
            page.cell(row, SEEN).value = None if pd.isna(known) else known
            if not pd.isna(known) and known != said:
                about = {"region": self.region(str(region)), "variable": self.variable(variable), "unit": unit or ""}
                wrong.append(self.word("differs", reported=said, seen=known, **about))
        book.save(sheet)
        told = ("--file", sheet, "--verdict", "doubted", "--document", self.document)
        self.command("verify-figures", *about_it, *told, day="looked_at", shown=2)
        self.say("doubted", seen=page.max_row - FIRST_ROW + 1, wrong=len(wrong), what="; ".join(wrong))

    def correct_turned(self) -> None:
        """Hand the doubted form in again, with the true figure."""
        code = self.story["turned"]
        last = max(Path("inbox").glob(f"*/{code}-*.xlsx"))
        form = Workbook(last)
        form.fill(self.truth, [key for slip in self.slips if slip.kind == "digits_turned" for key in slip.keys])
        self.take_in([form.save(Path("inbox") / last.name)], "again", self.days["again"])

    def tell_status(self) -> None:
        """Say where everybody stands on the day of the draft."""
        self.run("status", self.study, "--day", self.days["draft"])
        standing = self.office.standing(self.year, self.days["draft"])
        counts = standing.table.status.value_counts()
        told = ", ".join(f"{status} {count}" for status, count in counts.items())
        self.say("status", day=self.days["draft"], counts=told, late=len(standing.late))

    def draft(self) -> None:
        """Make the assessment as of the day of the draft."""
        self.make("--as-of", self.days["draft"])
        found = self.drafted = self.results(self.before)
        rows = [self.words_of("standing", code, row) for code, row in found.iterrows() if row["rank"] == row["rank"]]
        self.say("draft", day=self.days["draft"], scores="\n".join(rows))

    def make(self, *more: object) -> None:
        """Make the pages that are wanted."""
        if self.reports is None:
            return
        cities = ["--city", *self.reports] if self.reports else []
        self.run("run", self.study, *more, "--report", "province", *cities, shown=-1)

    @property
    def before(self) -> Study:
        """The study as of the day of the draft."""
        return load_study(f"{self.study}@{self.days['draft']}", root=self.project)

    def results(self, study: Study) -> pd.DataFrame:
        """Give the scores, ranks and grades of the cities."""
        return study.assessed.assessment.results.xs(self.year, level="year")[["score", "rank", "grade"]]

    def words_of(self, key: str, city: str, row: pd.Series) -> str:
        """Say how a city stands."""
        told = {"before": row.get("score_before"), "rank_before": row.get("rank_before")}
        return self.word(key, city=self.region(city), now=row["score"], rank=row["rank"], **told)

    def region(self, code: str) -> str:
        """Name a region."""
        return self.survey.regions.loc[code, f"name_{self.language}"]

    def variable(self, code: str) -> str:
        """Name a variable."""
        return self.office.metadata.variables[code].name[self.language]

    def word(self, key: str, **values: object) -> str:
        """Give words of the story, filled in."""
        return self.teller.word(key, **values)

    def object(self) -> None:
        """Have a city question another's figure, and one its own score."""
        first, own = self.story["contested"], self.story["own_score"]
        node = self.survey.system.node(own["node"]).name[self.language]
        told = {name: self.region(code) for name, code in (("raiser", first["raised_by"]), ("about", first["region"]))}
        told |= {"variable": self.variable(first["variable"]), "reported": first["value"]}
        self.say("objected", own=self.region(own["region"]), node=node, explanation=first["explanation"], **told)
        figure = ("--figure", first["variable"], "--region", first["region"], "--raised-by", first["raised_by"])
        self.command("object", "raise", *figure, *self.words_for("raise"), day="raised")
        score = ("--score", own["node"], "--raised-by", own["region"])
        self.command("object", "raise", *score, *self.words_for("own"), day="raised")

    def words_for(self, step: str) -> tuple[str, ...]:
        """Give what is said in a step, and the document."""
        return "--text", self.story["said"][step], "--document", self.document

    def decide(self) -> None:
        """Take both objections through their steps."""
        figure, score = (f"O-{self.year}-{number:03d}" for number in (1, 2))
        value = self.truth.value[f"{self.story['contested']['variable']}/{self.story['contested']['region']}"]
        ways = {
            "reply": ("contests", "contests"), "opinion": ("supports", "opposes"), "evidence": ("proves", "fails"),
        }  # fmt: skip
        for step, outcomes in ways.items():
            for code, outcome in zip((figure, score), outcomes, strict=True):
                self.command("object", step, code, "--outcome", outcome, *self.words_for(step), day=step)
        settled = ("--outcome", "revised", "--value", f"{value:.15g}")
        self.command("object", "decide", figure, *settled, *self.words_for("decide"), day="decision")
        self.command("object", "decide", score, "--outcome", "rejected", *self.words_for("reject"), day="decision")
        late = late_steps(self.office.register, self.office.calendar)
        what = ", ".join(f"{row.objection} {row.step} {row.late}" for row in late.itertuples()) or "—"
        self.say("decided", value=value, late=len(late), what=what)

    def revise(self) -> None:
        """Have a city put a figure of its own right."""
        story = self.story["revised"]
        before = self.truth.value[f"{story['variable']}/{story['region']}"]
        named = {"about": self.region(story["region"]), "variable": self.variable(story["variable"])}
        self.say("revised", before=before, value=story["value"], **named)
        figure = ("--figure", story["variable"], "--region", story["region"], "--value", story["value"])
        reason = ("--because", self.story["said"]["revise"], "--evidence", self.document)
        self.command("revise", *figure, *reason, day="revised")

    def finish(self) -> None:
        """Close the year, and make the final edition with what changed since the draft."""
        lines = self.command("close", "--year", self.year, day="closed")
        self.say("closed", count=int(lines[0].split()[0]))
        self.declare("status: preliminary", f"status: final\nsign_off: {{previous: {self.days['draft']}}}")
        self.make()
        changed = self.editions
        figures = [self.word("change", **self.change(row)) for row in changed.figures.itertuples()]
        scores = [self.words_of("score", code, row) for code, row in changed.cities.iterrows()]
        told = {"figures": len(figures), "changes": "\n".join(figures), "scores": "\n".join(scores)}
        self.say("final", day=self.days["draft"], **told)

    @property
    def editions(self) -> Editions:
        """The study beside itself as of the draft."""
        return Editions(self.before, load_study(self.study, root=self.project), self.year)

    def change(self, row: tuple) -> dict[str, object]:
        """Give what is told of a figure that changed."""
        told = {"region": self.region(row.region), "variable": self.variable(row.variable)}
        return told | {"before": row.value_before, "now": row.value, "why": row.because}

    def differing(self) -> list[str]:
        """Give the rows whose final figure is not the true one."""
        found = self.office.register.figures([self.year], accepted="final")
        told = found.set_index(keys_of(found))[["value", "state"]].add_suffix("_final")
        both = self.truth[["value", "state"]].join(told, how="outer")
        same = (both.value == both.value_final) | (both.value.isna() & both.value_final.isna())
        return both.index[~same | (both.state != both.state_final)].tolist()

    def check(self) -> None:
        """Hold what is final beside the truth, and see that nothing on record was altered.

        Raises RefusedError where anything differs that was neither revised nor a slip that nobody saw, where the form
        of anybody is not final, or where the draft comes out otherwise.
        """
        said = self.run("register", "check", self.study, shown=1)[-1].split()
        story, differing = self.story["revised"], self.differing()
        revised = {f"{story['variable']}/{story['region']}"}
        unseen = {*differing} & {key for slip in self.missed for key in slip.keys}
        counts = {"figures": len(self.truth), "differing": len(differing), "unseen": len(unseen)}
        self.say("checked", entries=said[0], altered=said[2], year=self.year, day=self.days["draft"], **counts)
        wrong = [*({*differing} ^ (revised | unseen)), *self.left()]
        if wrong or said[2] != "0" or not self.results(self.before).equals(self.drafted):
            raise RefusedError(f"the year did not come out as it should: {', '.join(wrong)}; {said[2]} altered")

    def left(self) -> list[str]:
        """Give those who handed something in, and have nothing that is final."""
        status = self.office.standing(self.year, self.days["closed"]).table.status
        return status.index[~status.isin(["final", "nothing"])].tolist()


def played(arguments: Sequence[str] | None = None) -> int:
    """Play a year as the command line asks; the exit code is 0, or 1 where it did not come out as it should."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--all", action="store_true", help="everybody fills in a workbook, not a few cities alone")
    parser.add_argument("--language", choices=("zh", "en"), default="zh", help="in which it is told")
    parser.add_argument("--to", type=Path, default=CHECKOUT / "outputs" / "round", metavar="FOLDER", help="made anew")
    given = parser.parse_args(arguments)
    found = Round(given.to.resolve(), given.language, everyone=given.all)
    found.reports = found.story["cities"]
    try:
        found.play()
    except (RefusedError, EvalkitError) as error:
        print(f"round: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(played())
