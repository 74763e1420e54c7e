"""The files of the site: its pages, its scripts, its style with its type, and its data."""

from __future__ import annotations

import json
from html import unescape
from pathlib import Path

from evalkit.reporting.render.fonts import face
from evalkit.reporting.render.html import LANG, SKIP, STRAIGHT, environment
from evalkit.reporting.site.data import ORDER

TEMPLATES = Path(__file__).parent / "templates"
FOLDER = "site"
INDEX = "index.html"
SHARED = ("page", "tables")
# what a page runs beside what all share: its own scripts, and the data that these read beside the words of all
SCRIPTS = {
    "indicators": (("chart", "indicators"), ("common", "indicators", "values")),
    "cities": (("cities",), ("common", "indicators", "values", "profiles")),
    "compare": (("cities",), ("common", "indicators", "values", "profiles")),
    "rectification": (("rectification",), ("rectification",)),
}
OF_TABLES = ("changes", "departments", "downloads")
IN_SCRIPTS = str.maketrans({"“": "\\u0022", "”": "\\u0022", "‘": "\\u0027", "’": "\\u0027"})  # straight, as STRAIGHT


def site(context: dict) -> dict[str, str]:
    """Give the text of every file of the site by its place in the run's folder.

    `context` has what the index page shows (language, title, edition, mark, headline, tiles, notes, reports, caption,
    columns, numeric, name_at, rows, others, links), `words` for the pages by key, `site` as `gathered` gives it, and
    `downloads`, the files in groups.
    """
    names = [name for name in ORDER if _shown(name, context)]
    texts = {INDEX: _page("index", context, names)}
    texts |= {f"{FOLDER}/{name}.html": _page(name, context, names) for name in names}
    data = context["site"]["scripts"]
    known = {name: script(name, found) for name, found in data.items() if found is not None}
    if context["language"] == "en":
        texts = {name: text.translate(STRAIGHT) for name, text in texts.items()}
        known = {name: text.translate(IN_SCRIPTS) for name, text in known.items()}
    texts |= {f"{FOLDER}/data/{name}.js": text for name, text in known.items()}
    texts |= {f"{FOLDER}/{path.name}": path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.glob("*.js"))}
    return texts | {f"{FOLDER}/site.css": _style(texts.values())}


def script(name: str, found: object) -> str:
    """Write data as a script that sets them; nothing in them ends the script or is markup."""
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    for unsafe in "<>&\u2028\u2029":
        text = text.replace(unsafe, f"\\u{ord(unsafe):04x}")
    return f"(window.evalkit = window.evalkit || {{}}).{name} = {text};\n"


def _shown(name: str, context: dict) -> bool:
    """Whether a round has what a page shows."""
    data = context["site"]
    if name in SCRIPTS:
        return all(data["scripts"].get(of) is not None for of in SCRIPTS[name][1])
    if name == "changes":
        return bool(data["changes"] or data["edition"])
    return bool(context["downloads"] if name == "downloads" else data[name])


def _page(name: str, context: dict, names: list[str]) -> str:
    """Write one page: the index at the top of the run's folder, the others in the folder of the site."""
    at, up = (f"{FOLDER}/", "") if name == "index" else ("", "../")
    own, read = SCRIPTS.get(name, ((), ()))
    scripts = [*(f"data/{of}.js" for of in ("said", *read)), *(f"{of}.js" for of in (*SHARED, *own))]
    nav = [(f"{up}{INDEX}", context["words"]["site_overview"], name == "index")]
    nav += [(f"{at}{other}.html", context["words"][f"site_{other}"], other == name) for other in names]
    shell = {"page": name, "at": at, "up": up, "nav": nav, "scripts": [at + one for one in scripts]}
    shell |= {"lang": LANG[context["language"]], "skip": SKIP[context["language"]], "kicker": None}
    template = name if name == "index" or name in OF_TABLES else "scripted"
    return environment(TEMPLATES).get_template(f"{template}.html.j2").render(context | shell)


def _style(texts) -> str:
    """Write the style of all pages, with the type that they and their data are set in."""
    style = environment(TEMPLATES).get_template("site.css").render(landscape=False)
    return f"{face(''.join(set().union(*map(unescape, texts))))}\n{style}"
