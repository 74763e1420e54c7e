"""JSON schemas of the kinds of file, from their models: what an editor completes, explains and checks."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from evalkit.base.model import DeclaredModel
from evalkit.base.text import Text
from evalkit.index.extension import ELSEWHERE
from evalkit.reference.kinds import KINDS, FileKind
from evalkit.reference.meanings import about, meaning, names_kind

Schema = dict[str, Any]
DRAFT = "http://json-schema.org/draft-07/schema#"  # the latest that every editor's YAML server knows whole
REF = "#/$defs/{model}"
YEAR = "^[0-9]{4}$"


@cache
def schema(kind: FileKind) -> Schema:
    """Give the JSON schema of a kind of file: it takes all that the models take, and knows no more than their types."""
    refs, defs, _ = _generated(kind)
    own, *variant = refs
    root = {"if": {"required": ["extends"]}, "then": variant[0], "else": own} if variant else own
    return {"$schema": DRAFT, "title": f"{kind.code} ({kind.place})", **root, "$defs": defs}


def models_of(kind: FileKind) -> dict[str, type[DeclaredModel]]:
    """Give every model that a file of a kind is made of, by the name under which the schema has it."""
    return _generated(kind)[2]


def models() -> dict[str, type[DeclaredModel]]:
    """Give every model of which a declared file is made, by its name."""
    return {name: model for kind in KINDS for name, model in models_of(kind).items()}


def both(text: Text) -> str:
    """Give a text in both languages, as an editor shows it."""
    return f"{text.zh} · {text.en}"


class _Generator(GenerateJsonSchema):
    """Pydantic's own, with meanings in both languages, and in words that hold in every draft of JSON schema."""

    def __init__(self):
        super().__init__(ref_template=REF)
        self.models: dict[str, type[DeclaredModel]] = {}

    def field_title_should_be_set(self, schema: core_schema.CoreSchema) -> bool:
        """Leave out titles of keys, which say the key again."""
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> Schema:
        """Tell what the model and each of its keys mean, and demand the key that tells it from others."""
        found, model = super().model_schema(schema), schema["cls"]
        self.models[model.__name__] = model
        found["description"] = _in_both_languages(about(model))
        for key in getattr(model, "_without", ()):
            del found["properties"][key]
        for key, value in found["properties"].items():
            value["description"] = _in_both_languages(about(model) if names_kind(model, key) else meaning(model, key))
            if names_kind(model, key):
                value.pop("default", None)
                found["required"] = [key, *(other for other in found.get("required", []) if other != key)]
                found["properties"] = {key: value, **found["properties"]}
        return found

    def tuple_schema(self, schema: core_schema.TupleSchema) -> Schema:
        """Say of a tuple what each of its items is, in the words of all drafts."""
        found = super().tuple_schema(schema)
        first, *others = items = found.pop("prefixItems", None) or [None]
        return found if first is None else {**found, "items": items if any(o != first for o in others) else first}

    def dict_schema(self, schema: core_schema.DictSchema) -> Schema:
        """Take keys that are years for the text that they are in JSON."""
        found = super().dict_schema(schema)
        keys = self.generate_inner(schema["keys_schema"]) if "keys_schema" in schema else {}
        return {**found, "propertyNames": {"pattern": YEAR}} if keys.get("type") == "integer" else found

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> Schema:
        """Take an exact number for a number, or for text that holds one."""
        return {"type": ["number", "string"]}

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> Schema:
        """Leave out what is OpenAPI's and no JSON schema's."""
        found = super().tagged_union_schema(schema)
        found.pop("discriminator", None)
        return found


@cache
def _generated(kind: FileKind) -> tuple[list[Schema], dict[str, Schema], dict[str, type[DeclaredModel]]]:
    """Give references to the models of a kind, the definitions, and the models that these are of."""
    for model in kind.models:
        model.model_rebuild()
    generator = _Generator()
    asked = [(model, "validation", model.__pydantic_core_schema__) for model in kind.models]
    refs, found = generator.generate_definitions(asked)
    defs = _bounded(found)
    _open(defs)
    return [refs[model, "validation"] for model in kind.models], defs, generator.models


def _in_both_languages(text: Text | None) -> str:
    return both(text) if text else ""


def _bounded(node: Any) -> Any:
    """Give bounds of exact numbers, which pydantic leaves under its own names, those of JSON schema."""
    if isinstance(node, list):
        return [_bounded(item) for item in node]
    own = {"ge": "minimum", "le": "maximum"}
    return {own.get(key, key): _bounded(value) for key, value in node.items()} if isinstance(node, dict) else node


def _open(defs: dict[str, Schema]) -> None:
    """Say of what a model takes as any keys what these are held against once the rest is known."""
    if "Alternative" in defs:
        defs["Alternative"]["properties"]["method"] |= {"$ref": REF.format(model="Method")}
    if "Choice" in defs:
        of, options = (defs["Choice"]["properties"][key] for key in ("of", "options"))
        options["items"] = {"anyOf": [_bare(defs["Method"]["properties"][choice]) for choice in of["enum"]]}
    if "Addition" in defs:
        group, indicator, addition, extension = (
            defs[name]["properties"] for name in ("Group", "Indicator", "Addition", "Extension")
        )
        addition["nodes"]["items"] = group["children"]["items"]
        fields = {key: value for key, value in {**group, **indicator}.items() if key not in ELSEWHERE}
        changed = {"type": "object", "properties": fields, "additionalProperties": False}
        extension["change"]["additionalProperties"] = changed


def _bare(value: Schema) -> Schema:
    return {key: part for key, part in value.items() if key not in ("default", "description")}
