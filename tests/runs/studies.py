"""Studies drawn at random, of what may be declared at all: small, ragged, oddly named, with every state of a figure."""

import json
import shutil

import numpy as np
import pandas as pd
import yaml

from evalkit.new_project import STARTER
from tests.conftest import ROOT

NAMES = [
    "甲",
    "O'Brien & Sons <x>",
    "$a_b$ 5%",
    "**粗** [l](u)",
    "{0} {name}",
    "=1+1",
    "名|称",
    "a\\b `c`",
    "长" * 30,
    "é ‰",
]
LEVELS = ["area", "project", "domain", "dimension", "其他"]
STATES = ["value"] * 12 + ["missing", "missing", "not applicable", "not due", "disputed"]
SOURCE = {"status": "proposed", "document": {"zh": "书", "en": "book"}}
IMPUTATIONS = [
    {"kind": "carry_forward", "limit": 2}, {"kind": "interpolation"}, {"kind": "peer_group", "statistic": "median"},
    {"kind": "nearest_neighbours", "k": 1},
]  # fmt: skip
CHAPTERS = {
    "city_report": ["position", "basis", "indicators", "quality"], "index_system": ["basis", "coverage", "coherence"],
    "province_report": ["ranking", "equality", "sources"], "department_report": ["facilities", "limits"],
}  # fmt: skip
OF_STARTER = ("rules", "accountability", "incentives", "supervision")


def text(draw, ending=""):
    """A phrase, mostly plain; sometimes in Chinese alone."""
    name = draw.choice(NAMES) if draw.random() < 0.4 else "名"
    return {"zh": f"{name}{ending}"} | ({"en": f"{name} {ending}"} if draw.random() < 0.9 else {})


def some(draw, chance=0.5):
    return draw.random() < chance


class Drawn:
    """A project in a folder, whose one study is named `drawn`."""

    def __init__(self, root, draw):
        self.root, self.draw = root, draw
        self.assessed = some(draw)
        self.first = 2010
        self.years = [self.first + draw.randint(0, 1), self.first + draw.randint(1, 3)]
        self.years[1] = max(self.years)
        self.regions = self._regions()
        self.variables = self._variables()
        self.departments = [f"d{n}" for n in range(draw.randint(0, 2))]
        self.indicators = [self._indicator(n) for n in range(draw.choice([1, 1, 2, 3, 5]))]
        self.system = self._system()
        self.study = self._study()
        gaps = self.study["method"].keys() & {"min_weight", "imputation"}
        self.figures = {"whole": some(draw, 0.6 if gaps else 0.95), "constant": some(draw, 0.1)}

    def write(self):
        """Write all files of the project."""
        for name in ("studies", "regions", "index", "events", "words"):
            (self.root / "params" / name).mkdir(parents=True)
        (self.root / "data").mkdir()
        for kind in OF_STARTER:
            shutil.copytree(STARTER / "params" / kind, self.root / "params" / kind)
        shutil.copytree(ROOT / "notebooks", self.root / "notebooks")
        self._yaml("params/studies/drawn.yaml", self.study)
        self._yaml("params/regions/drawn.yaml", self.regions)
        self._yaml("params/index/drawn.yaml", self.system)
        self._yaml("params/events/drawn.yaml", self._events())
        self._yaml("params/words/drawn.yaml", self._words())
        self._yaml("params/incentives/annual.yaml", self._incentives())
        self._yaml("params/supervision/annual.yaml", self._supervision())
        self._yaml("data/metadata.yaml", self._metadata())
        self._figures().to_csv(self.root / "data" / "figures.csv", index=False)

    def _yaml(self, name, declared):
        (self.root / name).write_text(yaml.safe_dump(declared, allow_unicode=True, sort_keys=False), encoding="utf-8")

    def _regions(self):
        draw = self.draw
        groups = {f"g{n}": text(draw, f"组{n}") for n in range(draw.randint(0, 3))}
        cities = [f"c{n}" for n in range(draw.choice([1, 2, 2, 3, 4]))]
        tiled, rows = some(draw), []
        for n, code in enumerate(cities):
            region = {"code": code, "name": text(draw, f"市{n}"), "level": "city"}
            region |= {"tile": [n // 2, n % 2]} if tiled else {}
            rows.append(region | ({"group": draw.choice(sorted(groups))} if groups and some(draw, 0.8) else {}))
            for m in range(draw.randint(0, 2)):
                county = {"code": f"{code}-{m}", "name": text(draw, f"县{n}{m}"), "level": "county", "parent": code}
                rows.append(county)
        return {"code": "drawn", "name": text(draw, "省"), "source": text(draw), "groups": groups, "regions": rows}

    def _variables(self):
        draw, found = self.draw, {}
        below = ["county"] if any(region["level"] == "county" for region in self.regions["regions"]) else []
        for n in range(draw.randint(2, 6)):
            kind = draw.choice(["count", "count", "count", "amount", "rate", "average"])
            levels = ["city", *(below if some(draw, 0.7) else [])]
            found[f"v{n}"] = {
                "name": text(draw, f"量{n}"), "unit": text(draw), "definition": text(draw), "scope": text(draw),
                "kind": kind, "levels": levels, "years": [self.first, self.years[1]], "scale": draw.choice([1, 10000]),
            }  # fmt: skip
            if some(draw, 0.15):
                found[f"v{n}"]["breaks"] = [{"year": self.years[1], "note": text(draw)}]
        found["v0"].update(kind="count", levels=["city", *below])
        if some(draw, 0.7):
            found["v0"]["population_base"] = "resident"
        return found

    def _indicator(self, n):
        draw = self.draw
        code, names = f"i{n}", sorted(self.variables)
        found = {"code": code, "name": text(draw, f"标{n}"), "unit": text(draw), "decimals": draw.randint(0, 3)}
        if some(draw):
            found["variable"] = draw.choice(names)
        else:
            above, below = draw.sample(names, 2)
            found |= {"numerator": above, "denominator": below, "per": draw.choice([1, 100, 1000])}
            if below == "v0" and "population_base" in self.variables["v0"]:
                found["population_base"] = "resident"
        if n and some(draw, 0.3):
            layer = draw.choice(["input", "output", "outcome"])
            found |= {"layer": layer, "unscored": "input" if layer == "input" else draw.choice(["context", "stand-in"])}
        else:
            worst, best = draw.choice(
                [(0, 400), (0, 1000), (900, 0), (1, 100000)] if self.assessed else [(0, 1e9), (1e9, 0)]
            )
            posts = {"worst": worst, "best": best, "basis": text(draw), "date": "2010"}
            found |= {"layer": draw.choice(["output", "outcome", *(["equity"] if n else [])])}
            found["goalposts"] = posts | {"worst_status": "proposed", "best_status": "proxy"}
        if self.assessed and "unscored" not in found:
            found["target"] = self._target(found)
        if self.departments and some(draw, 0.6):
            found["responsible"] = draw.sample(self.departments, draw.randint(1, len(self.departments)))
        return found

    def _target(self, indicator):
        draw = self.draw
        levels = draw.choice([["city"], ["city", "county"], ["province", "city"], ["county"]])
        found = {"value": draw.choice([5, 300, 1000]), "year": self.years[1] + draw.randint(0, 1)} | SOURCE
        kind = draw.choice([None, None, "interval", "annual_quota", "cumulative_quota", "range", "parity"])
        quota = kind in ("annual_quota", "cumulative_quota")
        found |= {"assessed": levels if quota else [level for level in levels if level != "province"] or ["city"]}
        found |= {
            None: {}, "interval": {"upper": 2000, "permitted": [0, 5000]}, "range": {"upper": 2000},
            "parity": {"value": 1, "tolerance": 0.05}, "annual_quota": {}, "cumulative_quota": {},
        }[kind] | ({"kind": kind} if kind else {})  # fmt: skip
        if kind in (None, "range") and some(draw):
            found["baseline"] = {"year": self.first}
        if quota and levels == ["province", "city"]:
            rule = {"base": "v0", "year": self.first, "status": "proposed", "document": SOURCE["document"]}
            found["apportionment"] = rule
        if some(draw, 0.2):
            found["valid_from"] = self.years[1]
        return found

    def _system(self):
        draw = self.draw
        names = [{"name": text(draw, "部"), "since": 2000}]
        departments = {code: {"names": names, "source": text(draw)} for code in self.departments}
        tree = {"code": "root", "name": text(draw), "level": "index", "children": self._tree(self.indicators, 0)}
        if self.departments and some(draw, 0.3):
            tree["responsible"] = [self.departments[0]]
        found = {"code": "drawn", "version": "1", "name": text(draw), "edition": text(draw), "departments": departments}
        if "population_base" in self.variables["v0"]:
            found["population"] = {"resident": "v0"}
        inputs = [indicator["code"] for indicator in self.indicators if indicator["layer"] == "input"]
        if inputs and some(draw):
            found["headline_input"] = inputs[0]
        if some(draw, 0.3):
            goal = {"name": text(draw), "clause": "一", "level": text(draw), "indicator": "i0"}
            found["plan"] = {
                "title": text(draw),
                "ends": self.years[0],
                "goals_total": 2,
                "goals": [goal],
                "targets": [goal],
                "note": text(draw),
            }
        return found | {"tree": tree}

    def _tree(self, indicators, depth):
        """Put indicators under groups of any level and depth."""
        children = []
        while indicators:
            part = indicators[: self.draw.randint(1, len(indicators))]
            indicators = indicators[len(part) :]
            children += part if depth > 2 or some(self.draw, 0.4) else [self._group(part, depth)]
        return children

    def _group(self, part, depth):
        code = f"n{depth}-{part[0]['code']}"
        group = {"code": code, "name": text(self.draw, code), "level": self.draw.choice(LEVELS)}
        group["weight"] = 0 if all("unscored" in each for each in part) else self.draw.choice([1, 1, 2.5])
        if self.departments and some(self.draw, 0.3):
            group["responsible"] = [self.departments[-1]]
        return group | {"children": self._tree(part, depth + 1)}

    def _study(self):
        draw = self.draw
        found = {
            "code": "drawn", "title": text(draw), "index": "drawn", "regions": "drawn", "dataset": "data",
            "years": self.years, "report_year": draw.randint(*self.years), "language": draw.choice(["zh", "en"]),
            "seed": 1,
        }  # fmt: skip
        found["method"] = {"min_weight": draw.choice([0.3, 0.8, 1])} if self.assessed or some(draw, 0.2) else {}
        if some(draw, 0.2):
            found["method"]["imputation"] = draw.choice(IMPUTATIONS)
        several = sum(region["level"] == "city" for region in self.regions["regions"]) > 1
        scales = [{"normalisation": {"kind": "min_max"}}] if several else []
        found["method"] |= draw.choice([{}, {}, {"weighting": {"kind": "equal"}}, *scales])
        ways = {"geometric": {"aggregation": {"kind": "geometric", "floor": 1}}, "uncapped": {"cap": False}}
        chosen = draw.sample(sorted(ways), draw.randint(0, 2))
        found["alternatives"] = [{"code": way, "name": text(draw), "method": ways[way]} for way in chosen]
        sources = {"weights": {"kind": "weight_noise"}, "mine": {"kind": "choice", "of": "cap", "options": [False]}}
        if several and some(draw):
            kept = draw.sample(sorted(sources), draw.randint(1, 2))
            found["uncertainty"] = {"draws": 10, "sources": {name: sources[name] for name in kept}}
        found["readings"] = self._readings()
        if self.assessed:
            kinds = ("accountability", "supervision", *(["incentives"] if several and some(draw) else []))
            more = {kind: "annual" for kind in kinds if some(draw)}
            found["assessment"] = {"rules": "annual", **more} | ({"events": "drawn"} if some(draw) else {})
        if some(draw, 0.3):
            names = draw.sample(sorted(CHAPTERS), 2)
            found["leave_out"] = {name: draw.sample(CHAPTERS[name], 2) for name in names}
        if some(draw, 0.2):
            found["composition"] = {"missing": draw.choice([0.3, 0.9]), "jump": 3, "at_cap": draw.choice([0.5, 1])}
        scored = [indicator["code"] for indicator in self.indicators if "unscored" not in indicator]
        if len(scored) > 1 and some(draw, 0.3):
            found["unscored"] = {draw.choice(scored): "unresolved"}
        more = {"notes": [text(draw)], "words": "drawn"}
        return found | {key: more[key] for key in more if some(draw)}

    def _words(self):
        shown = text(self.draw, "展示 {shown} 项")
        return {
            "code": "drawn",
            "words": {"score": text(self.draw, "分"), "basis_shown": shown, "none": {"zh": "没有"}},
        }

    def _readings(self):
        draw = self.draw
        of = {"money": [], "services": []}
        weighed = "population_base" in self.variables["v0"]
        for indicator in self.indicators if weighed else ():
            if some(draw):
                of["money" if indicator["layer"] == "input" else "services"].append(indicator["code"])
        found = of | {"draws": 100}
        if weighed and some(draw, 0.3):
            totals = [{"code": f"t{n}", "name": text(draw), "unit": text(draw), "variables": [f"v{n}"]} for n in (0, 1)]
            found["efficiency"] = {"inputs": totals[:1], "outputs": totals[1:]}
        if some(draw, 0.2):
            found["regressors"] = [{"code": "r", "name": text(draw), "numerator": "v1", "denominator": "v0"}]
        return found | ({"county_population": "v0"} if some(draw, 0.3) else {})

    def _events(self):
        event = {"code": "e", "region": "c0", "year": self.years[1], "points": self.draw.choice([-3, 9])}
        return {"code": "drawn", "events": [event | {"document": text(self.draw), "reason": text(self.draw)}]}

    def _supervision(self):
        rules = yaml.safe_load((STARTER / "params/supervision/annual.yaml").read_text("utf-8"))
        rules["checklists"]["indicators"] = {}
        rules["visits"].update(capacity=1, riskiest=self.draw.randint(0, 1))
        return rules

    def _incentives(self):
        rules = yaml.safe_load((STARTER / "params/incentives/annual.yaml").read_text("utf-8"))
        rules["funds"]["performance"]["need"].update(variable="v0", per="v1")
        rules["funds"]["performance"].pop("cap")
        return rules

    def _metadata(self):
        book = {"book": {"title": text(self.draw, "书"), "stated": some(self.draw, 0.8)}}
        return {"title": text(self.draw), "licence": text(self.draw), "publications": book, "variables": self.variables}

    def _figures(self):
        drawn = np.random.default_rng(self.draw.randint(0, 10**6))
        rows = []
        for name, variable in self.variables.items():
            for region in (one for one in self.regions["regions"] if one["level"] in variable["levels"]):
                level = drawn.uniform(1, 900)
                for year in range(variable["years"][0], variable["years"][1] + 1):
                    value = 7.0 if self.figures["constant"] else round(level * drawn.uniform(0.9, 1.1), 2)
                    state = "value" if self.figures["whole"] or name == "v0" else drawn.choice(STATES)
                    rows.append(
                        (name, region["code"], year, value if state in ("value", "disputed") else "", state, "book")
                    )
        return pd.DataFrame(rows, columns=["variable", "region", "year", "value", "state", "publication"])

    def __repr__(self):
        return json.dumps({"study": self.study, "system": self.system, "regions": self.regions}, ensure_ascii=False)
