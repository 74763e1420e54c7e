"""The model of all that a person declares."""

from pydantic import BaseModel, ConfigDict, model_validator


class DeclaredModel(BaseModel):
    """What a person declares: frozen, and closed to keys that nobody knows and to numbers that are not finite."""

    # validators are built at the first use: half of the time that importing evalkit would take
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _lists_are_tuples(cls, data: object) -> object:
        """Take lists, as one writes them in Python, for the tuples that stand."""
        return {key: _tuple(value) for key, value in data.items()} if isinstance(data, dict) else data


def _tuple(value: object) -> object:
    return tuple(map(_tuple, value)) if isinstance(value, list) else value
