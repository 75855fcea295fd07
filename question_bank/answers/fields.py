"""Several small answers that only make sense together."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any, ClassVar, Literal

from pydantic import model_validator
from pydantic.dataclasses import dataclass

from question_bank.answers.base import STRICT, Answer, Malformed, Mistake, Response, Verdict, is_blank
from question_bank.answers.keras_names import MEANINGS, meaning

__all__ = ["Fields", "Pattern"]

Meaning = str | int | float
Pattern = Mapping[str, tuple[Meaning, ...]]
"""Field name → the meanings it may have; a field that is not named may have any."""


@dataclass(frozen=True, config=STRICT)
class Fields(Answer):
    """
    Small answers in named fields, judged as one combination.

    Args:
        fields: type of each field by name: `units`, `activation`, `loss`, `metric`, `optimizer`, `number`,
            `shape`, `dtype` or `labels` (their form: `integers`, `one-hot`, `0 or 1`, …).
        accepts: the combinations that are right; one that matches any of them earns full marks. The
            first one is shown as the answer.
        mistakes: combinations with a name, tried in order after *accepts*; the first match counts.
    """

    fields: Mapping[str, str]
    accepts: tuple[Pattern, ...]
    mistakes: tuple[tuple[Pattern, Mistake], ...] = field(default=())
    kind: ClassVar[str] = "fields"
    type: Literal["fields"] = "fields"

    @model_validator(mode="after")
    def _is_sound(self) -> Fields:
        unknown = sorted(set(self.fields.values()) - set(MEANINGS))
        if unknown:
            raise ValueError(f"no such type of field: {', '.join(unknown)} (known: {', '.join(MEANINGS)})")
        if not self.accepts:
            raise ValueError("'accepts' must hold at least one combination")
        for pattern in self.accepts:
            if set(pattern) != set(self.fields):
                raise ValueError("each combination of 'accepts' must name every field")
        for pattern, mistake in self.mistakes:
            if not set(pattern) <= set(self.fields):
                raise ValueError(f"mistake {mistake.id!r} names a field that is not there")
        return self

    def read(self, given: object) -> Response:
        """The meaning of every field; a field left open is None."""
        values = _split(given, tuple(self.fields)) if isinstance(given, str) else given
        if not isinstance(values, Mapping):
            raise Malformed(f"expected the fields {', '.join(self.fields)}")
        written = {name.casefold(): name for name in self.fields}
        values = {written.get(str(name).strip().casefold(), name): value for name, value in values.items()}
        extra = [str(name)[:40] for name in values if name not in self.fields]
        if extra:
            raise Malformed(f"no field {extra[0]!r}; the fields are {', '.join(self.fields)}")
        response: dict[str, object] = {}
        for name, kind in self.fields.items():
            value = values.get(name, ...)
            # None is how Keras spells "no activation", not an open field
            open_field = is_blank(value) and not (kind == "activation" and value is None and name in values)
            try:
                response[name] = None if open_field else meaning(kind, value)
            except Malformed as error:
                raise Malformed(f"{name}: {error}") from error
        return response

    def mark(self, response: Response) -> Verdict:
        if any(_matches(pattern, response) for pattern in self.accepts):
            return Verdict(1.0)
        for pattern, mistake in self.mistakes:
            if _matches(pattern, response):
                return Verdict.of(mistake)
        return Verdict(0.0)

    def right(self) -> Response:
        return {name: values[0] for name, values in self.accepts[0].items()}

    def samples(self) -> Mapping[str, Sequence[object]]:
        right: list[object] = []
        for pattern in self.accepts:
            first = {name: _spelled(values[0]) for name, values in pattern.items()}
            right += [first, ", ".join(f"{name}={value!r}" for name, value in first.items())]
            right += [{**first, name: _spelled(v)} for name, values in pattern.items() for v in values[1:]]
        return {**super().samples(), "right": right}

    def wrong_samples(self) -> Sequence[object]:
        wrong: dict[str, object] = {"units": 97_531, "number": 97_531, "shape": (97_531,)}
        return [{name: wrong.get(kind, "nonsense") for name, kind in self.fields.items()}]

    def garbage_samples(self) -> Sequence[object]:
        return [*super().garbage_samples(), {"no_such_field": 1}, "=,=,=", [1, 2]]

    def mistakes_known(self) -> tuple[Mistake, ...]:
        return tuple(mistake for _, mistake in self.mistakes)

    def placeholder(self, name: str) -> str:
        lines = "".join(f'    "{field}": ...,\n' for field in self.fields)
        return f"{name} = {{\n{lines}}}"

    def form(self) -> dict[str, Any]:
        return {"kind": "fields", "fields": dict(self.fields)}

    def shown(self) -> str:
        return ", ".join(f"{name}={_spelled(values[0])!r}" for name, values in self.accepts[0].items())


def _matches(pattern: Pattern, response: Mapping[str, object]) -> bool:
    """True when every field fits; of several metrics, each must."""
    return all(
        all(one in values for one in given) if isinstance(given := response[name], list) else given in values
        for name, values in pattern.items()
    )


def _spelled(value: Meaning) -> object:
    """A meaning as a student would write it."""
    if isinstance(value, str) and value.endswith(" from_logits"):
        name = "".join(part.capitalize() for part in value.removesuffix(" from_logits").split("_"))
        return f"{name}(from_logits=True)"
    return None if value == "linear" else value


def _split(text: str, names: Sequence[str]) -> dict[str, object]:
    """The fields in `units=1, activation="sigmoid"` or in a dict's text; brackets may hold commas."""
    if len(text) > 1000:
        raise Malformed("too long")
    stripped = text.strip()
    if stripped.startswith("{"):
        try:
            value = ast.literal_eval(stripped)
        except (SyntaxError, ValueError, RecursionError, MemoryError, TypeError) as error:
            raise Malformed("not a dict") from error
        if not isinstance(value, dict):
            raise Malformed("not a dict")
        return value
    starts = list(re.finditer(rf"\b({'|'.join(map(re.escape, names))})\s*[:=]", stripped, re.IGNORECASE))
    if not starts:
        raise Malformed(f"expected {', '.join(f'{name}=…' for name in names)}")
    ends = [start.start() for start in starts[1:]] + [len(stripped)]
    values: dict[str, object] = {}
    for start, end in zip(starts, ends, strict=True):
        value = stripped[start.end() : end].strip().rstrip(",;").strip()
        values[start[1]] = None if value == "None" else value.strip("'\"") if value[:1] in "'\"" else value
    return values
