"""Small exams that several tests build."""

from __future__ import annotations

__all__ = ["one_part"]


def one_part(id: str, *questions: str) -> str:
    """An exam file with one open-book part called `open`, in English: `open-01` is the first of *questions*."""
    head = f'[exam]\nid = "{id}"\ntitle = "{id.title()}"\ndate = 2025-04-23\nlanguage = "en"\n\n'
    part = '[[part]]\nname = "open"\nminutes = 90\nopen_book = true\n'
    return head + part + "".join(f'[[part.slot]]\nquestion = "{question}"\n' for question in questions)
