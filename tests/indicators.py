"""The public index as the numbers in the tests were made with it, each indicator in plain pandas.

What is added to the shipped index later stands in `LATER`: tests of the shipped files hold it against its formula, and
all other tests rest on the study without it (`as_tested`), so that their numbers stay.
"""

import re
from dataclasses import replace

import pandas as pd

PER_HEAD = "(pop_resident * 1e4)"
# per indicator: how its value comes from the printed figures, and which end is better
FORMULAS = {
    "P01-unemployment": ("unemployed_registered / (employees_units * 1e4) * 100", "lower"),
    "P01-employment": ("employment_total / pop_resident * 100", None),
    "P02-pension": (f"insured_pension_employees / {PER_HEAD} * 100", "higher"),
    "P02-unemployment-insurance": (f"insured_unemployment / {PER_HEAD} * 100", "higher"),
    "P08-housing-area": ("housing_area_per_capita", "higher"),
    "P08-toilet": ("hh_share_toilet", "higher"),
    "P08-kitchen": ("hh_share_kitchen", "higher"),
    "P08-bath": ("hh_share_bath", "higher"),
    "P03-primary": ("pupils_primary * 1e4 / teachers_primary", "lower"),
    "P03-secondary": ("pupils_secondary * 1e4 / teachers_secondary", "lower"),
    "P03-schooling": ("schooling_years_mean", "higher"),
    "P03-illiteracy": ("illiteracy_rate_15plus", "lower"),
    "P03-spending": ("exp_education / pop_resident", None),
    "P03-share": ("exp_education / fiscal_expenditure * 100", None),
    "P04-physicians": (f"physicians / {PER_HEAD} * 1000", "higher"),
    "P04-beds": (f"hospital_beds / {PER_HEAD} * 1000", "higher"),
    "P04-hospitals": (f"hospitals / {PER_HEAD} * 1e5", None),
    "P04-spending": ("exp_health / pop_resident", None),
    "P04-share": ("exp_health / fiscal_expenditure * 100", None),
    "P05-libraries": ("libraries / county_level_units", "higher"),
    "P05-collection": (f"library_collection * 1000 / {PER_HEAD} * 100", "higher"),
    "P05-theatres": (f"theatres / {PER_HEAD} * 1e6", "higher"),
    "P09-tap-water": ("hh_share_tap_water", "higher"),
    "P09-sewage-household": ("sewage_treat_rate_household", "higher"),
    "P09-sewage-plant": ("sewage_treat_rate_plant", "higher"),
    "P09-refuse": ("garbage_harmless_rate", "higher"),
    "P09-roads": ("road_area_per_capita", "higher"),
    "P09-broadband": (f"internet_users / {PER_HEAD} * 100", "higher"),
    "P09-mobile": ("mobile_users / pop_resident * 100", "higher"),
    "P09-post": (f"post_offices / {PER_HEAD} * 1e4", "higher"),
    "F-spending": ("fiscal_expenditure / pop_resident", None),
    "F-revenue": ("fiscal_revenue / pop_resident", None),
    "F-cover": ("fiscal_revenue / fiscal_expenditure * 100", None),
}
GOALPOSTS = pd.DataFrame(
    {"P03-primary": (26.4, 13.2), "P03-secondary": (20.3, 10.1), "P04-physicians": (1.35, 2.5), "P04-beds": (1.95, 4)},
    index=["worst", "best"],
)

LATER: dict[str, tuple[str, str | None]] = {}


def as_tested(study):
    """The same study without what was added to its index since: itself where nothing was."""
    later = {indicator.code for indicator in study.system.indicators} - FORMULAS.keys()
    return replace(study, system=_without(study.system, later)) if later else study


def text_as_tested(text):
    """The same for the text of an index or a study: nothing says a word of what was added since."""
    for code in LATER:
        text = re.sub(rf"(?m)^( *)- code: {code}\n(?:\1 .*\n)*|^ +{code}: .*\n", "", text)
    return text


def _without(system, codes):
    declared = {name: getattr(system, name) for name in type(system).model_fields}
    return type(system).model_validate({**declared, "tree": _pruned(system.tree, codes)})


def _pruned(node, codes):
    if not hasattr(node, "children"):
        return node
    kept = tuple(_pruned(child, codes) for child in node.children if child.code not in codes)
    return node.model_copy(update={"children": kept})
