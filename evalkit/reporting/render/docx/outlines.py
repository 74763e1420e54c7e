"""Figures whose words are drawn as outlines: Word has not the type of a figure, and sets words in another."""

from __future__ import annotations

from lxml import etree

from evalkit.reporting.render.fonts import UNITS, missing_characters, outline

SVG, LINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
BEFORE = {"start": 0, "middle": 0.5, "end": 1}  # the part of a text that stands before its anchor


def outlined(svg: str) -> bytes:
    """Draw the words of an SVG figure of matplotlib as outlines; what the type lacks stays as words."""
    root = etree.fromstring(svg.encode())
    used = set()
    for text in [*root.iter(f"{{{SVG}}}text")]:
        if not missing_characters(text.text or ""):
            text.getparent().replace(text, _drawn(text))
            used.update(text.text or "")
    glyphs = etree.SubElement(root, f"{{{SVG}}}defs")
    for character in sorted(used):
        etree.SubElement(glyphs, f"{{{SVG}}}path", id=_name(character), d=outline(character)[0])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _drawn(text: etree._Element) -> etree._Element:
    """Set the characters of a text side by side, in the place, the size and the colour that it has."""
    style = dict(part.split(": ", 1) for part in text.get("style").split("; "))
    scale = float(style["font-size"].removesuffix("px")) / UNITS
    reach = [outline(character)[1] for character in text.text or ""]
    at = -BEFORE[style.get("text-anchor", "start")] * sum(reach)
    place = f"translate({text.get('x', 0)} {text.get('y', 0)}) scale({scale:g} {-scale:g})"
    look = {name: style[name] for name in ("fill", "opacity") if name in style}
    group = etree.Element(f"{{{SVG}}}g", transform=f"{text.get('transform', '')} {place}", **look)
    for character, width in zip(text.text or "", reach, strict=True):
        etree.SubElement(group, f"{{{SVG}}}use", {f"{{{LINK}}}href": f"#{_name(character)}", "x": f"{at:g}"})
        at += width
    group.tail = text.tail
    return group


def _name(character: str) -> str:
    return f"u{ord(character):x}"
