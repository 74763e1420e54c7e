"""Words in the two languages of the reports."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator

Language = Literal["zh", "en"]


class Declared(BaseModel):
    """What a person declares: frozen, and closed to keys that nobody knows and to numbers that are not finite."""

    # validators are built at the first use: half of the time that importing evalkit would take
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _lists_are_tuples(cls, data: object) -> object:
        """Take lists, as one writes them in Python, for the tuples that stand."""
        return {key: _tuple(value) for key, value in data.items()} if isinstance(data, dict) else data


class Text(Declared):
    """One phrase in Chinese and in English; `text["zh"]` gives the Chinese, which stands for an English that lacks."""

    model_config = ConfigDict(json_schema_extra={"required": ["zh"]})

    zh: str
    en: str

    @model_validator(mode="before")
    @classmethod
    def _chinese_for_english(cls, data: object) -> object:
        lacks = isinstance(data, dict) and "zh" in data and "en" not in data
        return data | {"en": data["zh"]} if lacks else data

    def __getitem__(self, language: str) -> str:
        return getattr(self, language)


def _tuple(value: object) -> object:
    return tuple(map(_tuple, value)) if isinstance(value, list) else value
