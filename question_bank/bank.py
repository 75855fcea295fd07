"""The bank: every question folder, loaded and checked for form."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Template
from pydantic import ValidationError

from question_bank.answers import Answer, dump_answer
from question_bank.answers.code import Code
from question_bank.draw import Draw
from question_bank.errors import DlexamError
from question_bank.found_checks import Check, find_checks, find_examples
from question_bank.question import Definition, Variant
from question_bank.texts import LANGUAGES, Texts, load_template, render_source, render_texts

__all__ = ["Bank", "Check", "Question", "load_bank"]

QUESTIONS = Path(__file__).parent / "questions"


@dataclass(frozen=True)
class Question:
    """
    A question: its metadata, its variants and its texts.

    Args:
        checks: the hidden tests of a code question.
        examples: its open tests, which students see in practice.
    """

    id: str
    folder: Path
    definition: Definition
    checks: tuple[Check, ...]
    examples: tuple[Check, ...] = ()

    @property
    def topic(self) -> str:
        """The folder that it stands in."""
        return self.id.split("/")[0]

    @functools.cached_property
    def kind(self) -> str:
        """The kind of its answers, the same for every variant."""
        return self.variant(0).answer.kind

    @property
    def is_code(self) -> bool:
        """Whether hidden tests run student code for it (a blank in a line of code needs none)."""
        return isinstance(self.variant(0).answer, Code)

    def variant(self, seed: int) -> Variant:
        """
        The variant that *seed* draws; a pure function of the seed.

        Raises:
            DlexamError: the question's own code fails, or draws what is no plain data.
        """
        file = self.folder / "question.py"
        try:
            variant = self.definition.draw(Draw(self.id, seed))
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, (error.title, *first["loc"])))
            raise DlexamError(first["msg"], file=file, place=f"seed {seed}: {place}") from None
        except DlexamError:
            raise
        except Exception as error:
            raise DlexamError(f"{type(error).__name__}: {error}", file=file, place=f"seed {seed}") from error
        if not isinstance(variant, Variant) or not isinstance(variant.answer, Answer):
            raise DlexamError("must return a Variant with an answer", file=file, place=f"seed {seed}")
        hidden = sorted({"true", "false", "none", "answer", "figure"} & set(variant.parameters))
        if hidden:
            problem = f"{hidden[0]!r} means something else in a template"
            raise DlexamError(problem, file=file, place=f"seed {seed}: parameters", mend="give it another name")
        try:
            json.dumps(dict(variant.parameters), allow_nan=False)
        except (TypeError, ValueError) as error:
            raise DlexamError(f"not plain data: {error}", file=file, place=f"seed {seed}: parameters") from None
        return variant

    @functools.cached_property
    def _template(self) -> Template:
        return load_template(self.folder / "text.md.j2")

    def texts(self, variant: Variant, language: str) -> Texts:
        """
        The texts of *variant* in *language*, `"ko"` or `"en"`.

        Raises:
            DlexamError: a text is missing or does not render; names file and block.
        """
        return render_texts(
            self._template,
            file=self.folder / "text.md.j2",
            language=language,
            parameters=variant.parameters,
            answer=variant.answer,
            checks=[check.id for check in (*self.checks, *self.examples)],
            figures=variant.figures,
        )

    def starter(self, variant: Variant) -> str:
        """The code that the student starts from (code questions)."""
        return render_source(self.folder / "starter.py.j2", variant.parameters)

    def solution(self, variant: Variant) -> str:
        """The reference solution (code questions): `solution.py`, or `solution.py.j2` where variants differ."""
        template = self.folder / "solution.py.j2"
        return render_source(template if template.exists() else template.with_suffix(""), variant.parameters)

    @property
    def hidden_test(self) -> Path:
        """The hidden pytest file (code questions)."""
        return self.folder / "hidden_test.py"

    @property
    def example_test(self) -> Path:
        """The open pytest file that practice runs in place of the hidden one (code questions)."""
        return self.folder / "example_test.py"

    def drawing_hash(self) -> str:
        """SHA-256 of everything that decides what is asked."""
        tables = sorted(file.name for file in self.folder.glob("*.toml") if file.name != "responses.toml")
        names = ("question.py", "text.md.j2", "starter.py.j2", *tables)
        return _hash({name: _bytes(self.folder / name) for name in names})

    def marking_hash(self) -> str:
        """SHA-256 of this question's own marking code."""
        return _hash({"hidden_test.py": _bytes(self.hidden_test)})

    def variants(self, seeds: Iterator[int], count: int, tries: int = 400) -> list[tuple[int, Variant]]:
        """Up to *count* variants that differ, each with its seed, looking at no more than *tries* seeds."""
        found: dict[str, tuple[int, Variant]] = {}
        for seed, _ in zip(seeds, range(tries), strict=False):
            variant = self.variant(seed)
            found.setdefault(variant_key(variant), (seed, variant))
            if len(found) == count:
                break
        return list(found.values())


def variant_key(variant: Variant) -> str:
    """Equal for variants that ask the same: JSON of the parameters and the answer."""
    return json.dumps([dict(variant.parameters), dump_answer(variant.answer)], sort_keys=True)


@dataclass(frozen=True)
class Bank:
    """All questions by id."""

    questions: Mapping[str, Question]
    folder: Path

    def __iter__(self) -> Iterator[Question]:
        return iter(self.questions.values())

    def __len__(self) -> int:
        return len(self.questions)

    def __getitem__(self, id: str) -> Question:
        """
        The question of that *id*.

        Raises:
            DlexamError: there is none, or its folder is incomplete or wrong.
        """
        return self.questions[self.known(id)]

    def known(self, id: str) -> str:
        """
        *id*, if the bank has a question of that name.

        Raises:
            DlexamError: there is none; names the likely ones.
        """
        if id not in self.questions:
            import difflib

            close = difflib.get_close_matches(id, self.questions, n=3, cutoff=0.4)
            mend = f"did you mean {' or '.join(close)}?" if close else "`dlexam questions` lists all"
            raise DlexamError(f"no question {id!r}", mend=mend)
        return id

    def of_topic(self, topic: str) -> list[Question]:
        """The questions of *topic*; none for an unknown one."""
        return [self[id] for id in self.questions if id.split("/")[0] == topic]

    @property
    def topics(self) -> tuple[str, ...]:
        """All topics, sorted."""
        return tuple(sorted({id.split("/")[0] for id in self.questions}))


def load_bank(folder: Path | None = None) -> Bank:
    """
    The bank in *folder* (default: the one that ships with the package).

    A question is loaded when it is first asked for, and only then may turn out to be incomplete or wrong: a
    `DlexamError` that names file and field.

    Raises:
        DlexamError: there is no such folder.
    """
    folder = QUESTIONS if folder is None else folder
    if not folder.is_dir():
        raise DlexamError("no such folder of questions", file=folder)
    return Bank(_Folder(folder), folder)


class _Folder(Mapping[str, Question]):
    """The questions below *folder*, each loaded when it is first asked for: one that is broken breaks no other."""

    def __init__(self, folder: Path) -> None:
        files = sorted(folder.glob("*/*/question.py"))
        self._files = {f"{file.parent.parent.name}/{file.parent.name}": file for file in files}
        self._loaded: dict[str, Question] = {}

    def __getitem__(self, id: str) -> Question:
        if id not in self._loaded:
            self._loaded[id] = _load_question(self._files[id])
        return self._loaded[id]

    def __contains__(self, id: object) -> bool:
        return id in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def _load_question(file: Path) -> Question:
    id = f"{file.parent.parent.name}/{file.parent.name}"
    spec = importlib.util.spec_from_file_location(f"_question_{id.replace('/', '_')}", file)
    if spec is None or spec.loader is None:
        raise DlexamError("cannot be loaded", file=file)
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except DlexamError as error:
        raise DlexamError(error.problem, file=file, place=error.place, mend=error.mend) from None
    except Exception as error:
        line = getattr(error, "lineno", None)
        raise DlexamError(
            f"{type(error).__name__}: {error}", file=file, place=f"line {line}" if line else None
        ) from error
    definitions = [value for value in vars(module).values() if isinstance(value, Definition)]
    if len(definitions) != 1:
        raise DlexamError(f"needs one function under @question (found {len(definitions)})", file=file)
    question = Question(id, file.parent, definitions[0], ())
    if not question.is_code:
        return question
    for name in ("starter.py.j2", "hidden_test.py"):
        if not (file.parent / name).is_file():
            raise DlexamError("missing", file=file.parent / name, mend="a code question needs it")
    if not any((file.parent / name).is_file() for name in ("solution.py", "solution.py.j2")):
        raise DlexamError("missing", file=file.parent / "solution.py", mend="a code question needs it")
    return Question(
        id,
        file.parent,
        definitions[0],
        tuple(find_checks(question.hidden_test)),
        tuple(find_examples(question.example_test)),
    )


def _bytes(file: Path) -> bytes:
    return file.read_bytes() if file.is_file() else b""


def _hash(parts: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, data in sorted(parts.items()):
        digest.update(f"{name}:{len(data)}:".encode() + data)
    return digest.hexdigest()


def code_hash(*packages: Path) -> str:
    """SHA-256 of the Python sources and tables in *packages*."""
    files = [f for p in packages for f in sorted(p.rglob("*")) if f.suffix in (".py", ".tsv")]
    return _hash({str(f.relative_to(p.parent)): f.read_bytes() for p in packages for f in files if p in f.parents})


__all__ += ["LANGUAGES", "code_hash", "variant_key"]
