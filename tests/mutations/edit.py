"""Changes of the small project, as tests make them: each leaves out or adds what a study may do without."""

import re
import shutil

import numpy as np
import yaml

from tests.conftest import ROOT

STUDY, SYSTEM, REGIONS = (f"params/{kind}/small.yaml" for kind in ("studies", "index", "regions"))
FIGURES, METADATA, SUPERVISION = "tables/figures.csv", "tables/metadata.yaml", "params/supervision/zhejiang.yaml"
TARGET = {"value": 60, "year": 2012, "status": "confirmed", "document": {"zh": "书", "en": "book"}}
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
SURVEYED = ("0101", "0102", "0100", "0200", "0300")
SECOND = {"code": "0102", "name": {"zh": "戊县", "en": "E"}}


def _city(code, number):
    name = f"{int(code) // 100:03d}"
    group = "north" if int(code) <= 50 * number else "south"
    return {"code": code, "name": {"zh": f"甲{name}", "en": f"A{name}"}, "level": "city", "group": group}


class Edit:
    """Changes what the files of a project declare."""

    def __init__(self, small):
        self.small = small

    def yaml(self, name, change):
        declared = yaml.safe_load((self.small.root / name).read_text("utf-8"))
        change(declared)
        self.small.write(name, yaml.dump(declared, Dumper=DUMPER, allow_unicode=True, sort_keys=False))

    def lines(self, name, keep):
        kept = [line for line in (self.small.root / name).read_text("utf-8").splitlines() if keep(line)]
        self.small.write(name, "\n".join(kept) + "\n")

    def study(self, **changes):
        self.yaml(STUDY, lambda study: study.update(changes))

    def without(self, *keys):
        self.yaml(STUDY, lambda study: [study.pop(key) for key in keys])

    def variable(self, code, figures, **declared):
        """Add a variable like the share but for what is declared; `figures` by region and year, None a missing one."""
        self.figures(code, figures)
        name = {"name": {"zh": code, "en": code}, "breaks": []}
        self.yaml(METADATA, lambda data: data["variables"].update({code: data["variables"]["share"] | name | declared}))

    def figures(self, code, figures):
        """Add the figures of a variable."""
        text = (self.small.root / FIGURES).read_text("utf-8")
        cells = {at: ",missing" if value is None else f"{value},value" for at, value in figures.items()}
        rows = [f"{code},{region},{year},{cell},book\n" for (region, year), cell in cells.items()]
        self.small.write(FIGURES, text + "".join(rows))

    def indicator(self, code, **declared):
        """Add an indicator right under the root, like the last one there, but for what is declared."""
        name = {"code": code, "name": {"zh": code, "en": code}, "variable": code}

        def add(system):
            children = system["tree"]["children"]
            children.append(children[-1] | name | declared)

        self.yaml(SYSTEM, add)

    def groups(self):
        """Have the last city be a group of its own, beside that of the others."""

        def part(found):
            found["groups"]["south"] = {"zh": "南", "en": "south"}
            found["regions"][2]["group"] = "south"

        self.yaml(REGIONS, part)

    def averaged(self, **weight):
        """Have the share be an average: what it is over all cities is known by a weight alone."""
        self.yaml(METADATA, lambda data: data["variables"]["share"].update(kind="average", **weight))

    def census(self, *years, regions=SURVEYED):
        """Add a second county, and a census of some regions: their share is a tenth of their code, their people all."""
        self.yaml(REGIONS, lambda found: found["regions"].append(found["regions"][-1] | SECOND))
        span = years[-1] - years[0]
        declared = {"levels": ["city", "county"], "years": [years[0], years[-1]], "every": span or 1}
        there = [(region, year) for region in SURVEYED for year in years]
        for code, each in (("bath", 10), ("census-people", 1)):
            figures = {at: int(at[0]) / each if at[0] in regions else None for at in there}
            self.variable(code, figures, **declared)
        self.indicator("bath", unscored="snapshot")
        self.study(readings={"county_population": "census-people"})

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

    def cities(self, number):
        """Have so many cities in two groups, called 甲001 and on, with figures of their own."""
        self.without("boundaries")
        codes = [f"{100 * place:04d}" for place in range(1, number + 1)]

        def many(found):
            found["groups"]["south"] = {"zh": "南", "en": "south"}
            county = found["regions"][-1]
            found["regions"] = [*(_city(code, number) for code in codes), county]

        self.yaml(REGIONS, many)
        self.small.write(FIGURES, "variable,region,year,value,state,publication\n")
        draw = np.random.default_rng(number)
        for code, low, high in (("people", 50, 100), ("doctors", 40, 300), ("share", 5, 70)):
            before = draw.integers(low, high, number)
            now = (before * draw.uniform(1, 1.3, number)).astype(int)
            for year, values in ((2011, before), (2012, now)):
                self.figures(code, {(city, year): value for city, value in zip(codes, values, strict=True)})

    def no_counties(self):
        self.yaml(REGIONS, lambda found: found["regions"].pop())

    def unrated(self):
        """Have no city with enough data in 2012."""
        self.assessed("supervision")
        self.without("uncertainty")
        self.missing("doctors", 2012)

    def missing(self, variable, year):
        """Have no city report a figure."""
        text = (self.small.root / FIGURES).read_text("utf-8")
        self.small.write(FIGURES, re.sub(rf"({variable},\d+,{year}),[\d.]+,value", r"\1,,missing", text))
