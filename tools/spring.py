"""The first half of a played year, March and April: a project, its register, forms sent out, filled in and taken in."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd
import yaml
from filling import EXPLAINED, Said, Slip, Workbook, correct, truth_of, write_table
from slips import DEALT, Maker
from telling import RefusedError, Teller, within

from evalkit.commands.forms import survey_for
from evalkit.commands.office import Office
from evalkit.data.contract import read_table
from evalkit.data.dataset import SHIPPED
from evalkit.register.forms.questions import Survey

HERE = Path(__file__).parent
CHECKOUT = HERE.parent
STORY = HERE / "round.yaml"
BY = ("--by", "office")
SLIPS_EACH, APART = 2, 4
WHOLE_FORM = 1000
REGISTER = (
    "register: {{store: registers/round.sqlite, variables: data/{source}, publication: form-statistics, "
    "checks: zhejiang, calendar: zhejiang}}"
)


@dataclass
class Spring:
    """A year that is played, in a project of its own, as far as the figures that are handed in.

    `tables` says whether those who fill in no workbook hand in tables; else their figures are on record from the start.
    """

    folder: Path
    language: str = "zh"
    everyone: bool = False
    tables: bool = True
    slips: list[Slip] = field(default_factory=list)
    missed: list[Slip] = field(default_factory=list)

    def __post_init__(self):
        self.story = yaml.safe_load(STORY.read_text(encoding="utf-8"))
        self.study, self.year = self.story["study"], self.story["year"]
        self.days = self.story["days"]
        self.project = self.folder / self.study
        self.teller = Teller(self.story["words"], self.language, self.project)
        self.run, self.say = self.teller.run, self.teller.say

    @cached_property
    def shipped(self) -> pd.DataFrame:
        """The figures of the demonstration."""
        table = read_table(SHIPPED / self.story["source"]).drop(columns=["row"])
        table["unit"] = table.unit.fillna("") if "unit" in table else ""
        return table.assign(year=table.year.astype(int), value=pd.to_numeric(table.value))

    @cached_property
    def truth(self) -> pd.DataFrame:
        """What those who report know of the year, by the keys of the rows of forms."""
        return truth_of(self.shipped[self.shipped.year == self.year])

    @property
    def office(self) -> Office:
        """What the study declares."""
        return Office.of(self.study)

    @cached_property
    def survey(self) -> Survey:
        """What everybody is asked."""
        return survey_for(self.office, self.year)

    @cached_property
    def writers(self) -> list[str]:
        """Those who fill in workbooks, in order."""
        table, chosen = self.survey.regions, self.story["cities"]
        own = [code for code in self.survey.reporters if code in chosen or table.parent.get(code) in chosen]
        return [*self.survey.reporters] if self.everyone else [*own, *self.story["departments"]]

    def set_up(self) -> None:
        """Make the project anew: a copy of the demonstration that names a register in the place of its dataset."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.say("title", folder=self.project)
        with within(CHECKOUT):
            self.run("init", self.project, "--from", self.story["source"])
        for kind in ("checks", "calendar"):
            shutil.copytree(CHECKOUT / "params" / kind, self.project / "params" / kind)
        self.declare(f"dataset: data/{self.story['source']}", REGISTER.format(source=self.story["source"]))

    def declare(self, before: str, after: str) -> None:
        """Change what the study declares, as in an editor."""
        file = self.project / "params" / "studies" / f"{self.study}.yaml"
        text = file.read_text(encoding="utf-8")
        if text.count(before) != 1:
            raise RefusedError(f"{file.name}: {before}")
        file.write_text(text.replace(before, after), encoding="utf-8")

    def write_dataset(self, folder: str, rows: pd.DataFrame) -> int:
        """Write figures as a dataset of the project; gives how many."""
        place = self.project / folder
        place.mkdir(parents=True, exist_ok=True)
        for old in place.glob("*.csv"):
            old.unlink()
        columns = ["variable", "unit", "region", "year", "value", "state", "publication"]
        for name, part in {"units": rows[rows.unit != ""], "figures": rows[rows.unit == ""]}.items():
            told = part[columns if name == "units" else [each for each in columns if each != "unit"]]
            if len(told):
                told.to_csv(place / f"{name}.csv", index=False, lineterminator="\n")
        return len(rows)

    def open(self) -> None:
        """Put the figures of earlier years on record."""
        before = self.shipped[self.shipped.year < self.year]
        self.say("opened", before=len(before), year=self.year)
        self.write_dataset(f"data/{self.story['source']}", before)
        self.run("register", "open", self.study, *BY, "--day", self.days["opened"])
        if not self.tables:
            own = self.truth.variable.isin(self.story["survey"]) | self.truth.region.isin(self.writers)
            self.write_dataset("data/others", self.truth[~own])
            self.run("register", "open", self.study, "--from", "data/others", *BY, "--day", self.days["opened"])

    def send_forms(self) -> None:
        """Write the forms of those who fill in workbooks."""
        questions = sum(len(self.survey.form(code).questions) for code in self.writers)
        self.say("forms", forms=len(self.writers), questions=questions)
        chosen: dict[str, list[str]] = {}
        for code in self.writers:
            chosen.setdefault(self.survey.kind(code), []).append(code)
        asked = [] if self.everyone else [each for kind, codes in chosen.items() for each in (f"--{kind}", *codes)]
        self.run("template", self.study, "--year", self.year, *asked)

    def fill(self) -> None:
        """Fill the forms in, with slips; the others export tables."""
        inbox = Path("inbox/1")
        inbox.mkdir(parents=True)
        for number, code in enumerate(self.writers):
            (blank,) = Path(f"outputs/{self.study}/forms/{self.year}").glob(f"{code}-*.xlsx")
            self.fill_one(code, number, blank, inbox / blank.name)
        others = [code for code in self.survey.reporters if code not in self.writers] if self.tables else []
        for code in others:
            write_table(self.survey.form(code), self.truth, {}, inbox / f"{code}.csv")
        kinds = Counter(slip.kind for slip in self.slips)
        told = "、" if self.language == "zh" else ", "
        named = told.join(f"{self.kind(kind)} {count}" for kind, count in kinds.items())
        self.say("filled", forms=len(self.writers), slips=len(self.slips), tables=len(others), kinds=named)

    def fill_one(self, code: str, number: int, blank: Path, to: Path) -> None:
        """Fill one form in, with the slips that fall to its reporter."""
        form, contested = Workbook(blank), self.story["contested"]
        form.fill(self.truth)
        maker = Maker(form, code, self.truth, self.office.metadata)
        if code == contested["region"]:
            key = f"{contested['variable']}/{code}"
            form.write(key, value=contested["value"], explanation=contested["explanation"])
            maker.taken.add(key)
        dealt = [DEALT[(number + APART * place) % len(DEALT)] for place in range(SLIPS_EACH)]
        special = ["digits_turned"] if code == self.story["turned"] else []
        self.slips += filter(None, map(maker.make, [*special, *dealt]))
        form.save(to)

    def hand_in(self) -> None:
        """Hand in what was filled in, and again what was returned and put right, until all is accepted."""
        files = sorted(Path("inbox/1").iterdir())
        returned = self.take_in(files, 1, self.days["intake"])
        self.tell_found(returned)
        for number, day in enumerate(self.days["corrected"], start=2):
            if not returned:
                break
            self.say("corrected", number=number, files=len(returned))
            returned = self.take_in([*self.put_right(returned, number)], number, day)
        rows = self.truth[self.truth.variable.isin(self.story["survey"])]
        self.say("survey", figures=self.write_dataset("data/survey", rows))
        self.run("register", "open", self.study, "--from", "data/survey", *BY, "--day", self.days["survey"])

    def take_in(self, files: Sequence[Path], number: int, day: object) -> dict[str, Workbook]:
        """Have files taken in; gives the answers to those that were returned, by the reporter."""
        began, folder = time.monotonic(), Path(f"answers/{number}")
        lines = self.run("intake", self.study, *files, "--to", folder, *BY, "--day", day)
        names = [line.partition(": returned")[0] for line in lines if ": returned" in line]
        answers = {self.reporter(name): Path(name).stem for name in names}
        returned = {code: Workbook(folder / f"{stem}-answer.xlsx") for code, stem in answers.items()}
        said = [each for answer in returned.values() for each in answer.said()]
        levels, rules = (Counter(getattr(each, name) for each in said) for name in ("level", "rule"))
        told = {"accepted": len(files) - len(returned), "returned": len(returned), "seconds": time.monotonic() - began}
        often = ", ".join(f"{rule} {count}" for rule, count in rules.most_common(3)) or "—"
        counts = {"errors": levels["error"], "warnings": levels["warning"], "rules": often}
        self.say("returned", files=len(files), **told, **counts)
        return returned

    def reporter(self, name: str) -> str:
        """Give the reporter whose file it is: its name begins with the code."""
        codes = [code for code in self.survey.reporters if name.startswith((f"{code}-", f"{code}."))]
        return max(codes, key=len)

    def found(self, returned: dict[str, Workbook]) -> dict[Slip, list[Said]]:
        """Give what the answers say of each slip."""
        said = {code: answer.said() for code, answer in returned.items()}
        return {slip: [each for each in said.get(slip.reporter, ()) if each.key in slip.keys] for slip in self.slips}

    def tell_found(self, returned: dict[str, Workbook]) -> None:
        """Say which slips were found."""
        found = self.found(returned)
        taken = [slip for slip in self.slips if slip.kind == "wide_digits"]
        self.missed = [slip for slip, said in found.items() if not said and slip not in taken]
        named = ", ".join(f"{self.kind(slip.kind)} {slip.keys[0]}" for slip in self.missed) or "—"
        keys = {key for slip in self.slips for key in slip.keys}
        vain = {each.key for answer in returned.values() for each in answer.said()} - keys
        right = len(found) - len(self.missed) - len(taken)
        self.say("found", slips=len(found), found=right, taken=len(taken), missed=named, vain=len(vain))

    def put_right(self, returned: dict[str, Workbook], number: int) -> Iterator[Path]:
        """Put what came back right: workbooks in the answers themselves, tables anew."""
        inbox = Path(f"inbox/{number}")
        inbox.mkdir()
        for code, answer in returned.items():
            if code not in self.writers:
                explained = {each.key: EXPLAINED for each in answer.said()}
                yield write_table(self.survey.form(code), self.truth, explained, inbox / f"{code}.csv")
                continue
            correct(answer, self.truth, [slip for slip in self.slips if slip.reporter == code])
            yield answer.save(inbox / answer.path.name.replace("-answer", ""))

    def kind(self, kind: str) -> str:
        """Name a kind of slip."""
        return self.story["kinds"][kind][self.language]
