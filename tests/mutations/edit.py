"""Changes of the small project, as tests make them: each leaves out or adds what a study may do without."""

import re
import shutil

import yaml

from tests.conftest import ROOT

STUDY, SYSTEM, REGIONS = (f"params/{kind}/small.yaml" for kind in ("studies", "index", "regions"))
FIGURES, SUPERVISION = "tables/figures.csv", "params/supervision/zhejiang.yaml"
TARGET = {"value": 60, "year": 2012, "status": "confirmed", "document": {"zh": "书", "en": "book"}}


class Edit:
    """Changes what the files of a project declare."""

    def __init__(self, small):
        self.small = small

    def yaml(self, name, change):
        declared = yaml.safe_load((self.small.root / name).read_text("utf-8"))
        change(declared)
        self.small.write(name, yaml.safe_dump(declared, allow_unicode=True, sort_keys=False))

    def lines(self, name, keep):
        kept = [line for line in (self.small.root / name).read_text("utf-8").splitlines() if keep(line)]
        self.small.write(name, "\n".join(kept) + "\n")

    def study(self, **changes):
        self.yaml(STUDY, lambda study: study.update(changes))

    def without(self, *keys):
        self.yaml(STUDY, lambda study: [study.pop(key) for key in keys])

    def assessed(self, *more):
        """Have the round assessed by the shipped rules."""
        for kind in ("rules", *more):
            shutil.copytree(ROOT / "params" / kind, self.small.root / "params" / kind)
        if "supervision" in more:
            self.yaml(SUPERVISION, lambda rules: rules["checklists"].update(indicators={}))
            self.yaml(SUPERVISION, lambda rules: rules["visits"].update(capacity=2, riskiest=1))
        self.study(assessment=dict.fromkeys(("rules", *more), "zhejiang"))
        self.yaml(SYSTEM, lambda system: system["tree"]["children"][-1].update(target=TARGET))

    def one_city(self):
        self.without("boundaries", "uncertainty")
        self.yaml(REGIONS, lambda found: found.update(regions=[r for r in found["regions"] if "0100" in r.values()]))
        self.lines(FIGURES, lambda line: ",0200," not in line and ",0300," not in line)

    def no_counties(self):
        self.yaml(REGIONS, lambda found: found["regions"].pop())

    def unrated(self):
        """Have no city with enough data in 2012."""
        self.assessed("supervision")
        self.without("uncertainty")
        text = (self.small.root / FIGURES).read_text("utf-8")
        self.small.write(FIGURES, re.sub(r"(doctors,\d+,2012),[\d.]+,value", r"\1,,missing", text))
