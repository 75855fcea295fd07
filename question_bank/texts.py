"""A question's texts: Jinja2 blocks of fixed names, Korean and English side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, Template, TemplateError, TemplateSyntaxError

from question_bank.answers import Answer
from question_bank.answers.code import Essay
from question_bank.errors import DlexamError
from question_bank.korean import josa

__all__ = ["LANGUAGES", "Texts", "environment", "render_source", "render_texts", "required_blocks"]

LANGUAGES = ("ko", "en")


@dataclass(frozen=True)
class Texts:
    """
    The texts of one variant in one language, as Markdown.

    `options`, `mistakes`, `checks`, `rubric` and `figures` (alternative texts) are by id.
    """

    title: str
    prompt: str
    explanation: str
    options: Mapping[str, str] = field(default_factory=dict)
    mistakes: Mapping[str, str] = field(default_factory=dict)
    checks: Mapping[str, str] = field(default_factory=dict)
    rubric: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, str] = field(default_factory=dict)


class _KeysFirst(Environment):
    """In a template `told.items` means the key of the parameters, even where a dict has a method of that name."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


def environment() -> Environment:
    """The Jinja2 environment of all the bank's texts; an unknown name is an error, never an empty text."""
    env = _KeysFirst(
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters["josa"] = josa
    env.filters["round"] = round
    return env


_ENV = environment()


def load_template(path: Path) -> Template:
    """
    The template in *path*.

    Raises:
        DlexamError: it is missing, not UTF-8, or no Jinja2.
    """
    try:
        return _ENV.from_string(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DlexamError("missing", file=path, mend="every question needs it") from None
    except UnicodeDecodeError as error:
        raise DlexamError(f"not UTF-8 (byte {error.start})", file=path, mend="save it as UTF-8") from None
    except TemplateSyntaxError as error:
        raise DlexamError(error.message or "not Jinja2", file=path, place=f"line {error.lineno}") from None


def required_blocks(answer: Answer, checks: Iterable[str], figures: Iterable[str]) -> dict[str, list[str]]:
    """The ids that need a text, by field of `Texts`; blocks are named `FIELD_ID_LANGUAGE`, singular."""
    return {
        "options": list(answer.option_ids()),
        "mistakes": list(dict.fromkeys(m.id for m in answer.mistakes_known())),
        "checks": list(checks),
        "rubric": list(answer.rubric) if isinstance(answer, Essay) else [],
        "figures": list(figures),
    }


_PREFIX = {
    "options": "option",
    "mistakes": "mistake",
    "checks": "check",
    "rubric": "rubric",
    "figures": "figure",
}


def render_texts(
    template: Template,
    *,
    file: Path,
    language: str,
    parameters: Mapping[str, Any],
    answer: Answer,
    checks: Iterable[str],
    figures: Iterable[str],
) -> Texts:
    """
    All texts of one variant in *language*.

    Raises:
        DlexamError: a block is missing, empty, or uses a name that the variant lacks.
    """
    required = required_blocks(answer, checks, figures)
    alternatives: dict[str, str] = {}

    def block(name: str) -> str:
        name = f"{name}_{language}"
        if name not in template.blocks:
            raise DlexamError("missing", file=file, place=f"block {name}", mend="add it in both languages")

        def figure(id: str) -> str:
            if id not in alternatives:
                raise DlexamError(f"no figure {id!r}", file=file, place=f"block {name}")
            return f"![{alternatives[id]}](attachment:{id}.png)"

        try:
            context = template.new_context({**parameters, "answer": answer, "figure": figure})
            text = "".join(template.blocks[name](context)).strip()
        except TemplateError as error:
            raise DlexamError(str(error), file=file, place=f"block {name}") from None
        except (TypeError, ValueError, ArithmeticError, LookupError) as error:
            raise DlexamError(f"{type(error).__name__}: {error}", file=file, place=f"block {name}") from None
        if not text:
            raise DlexamError("empty", file=file, place=f"block {name}")
        return text

    for id in required["figures"]:
        alternatives[id] = " ".join(block(f"figure_{id}").split())
    by_id = {
        field: {id: block(f"{_PREFIX[field]}_{id}") for id in ids}
        for field, ids in required.items()
        if field != "figures"
    }
    return Texts(
        title=block("title"),
        prompt=block("prompt"),
        explanation=block("explanation"),
        figures=alternatives,
        **by_id,
    )


def render_source(path: Path, parameters: Mapping[str, Any]) -> str:
    """
    Python source in *path*: a `.j2` is rendered with *parameters*, anything else is taken as it is.

    Raises:
        DlexamError: the file is missing or does not render.
    """
    if path.suffix != ".j2":
        try:
            return path.read_text(encoding="utf-8").rstrip("\n")
        except FileNotFoundError:
            raise DlexamError("missing", file=path) from None
    try:
        return load_template(path).render(**parameters).rstrip("\n")
    except TemplateError as error:
        raise DlexamError(str(error), file=path) from None
