"""Words in the two languages of the reports."""

from typing import Literal

from pydantic import ConfigDict, model_validator

from evalkit.base.model import DeclaredModel

Language = Literal["zh", "en"]


class Text(DeclaredModel):
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
