"""The files that lie beside a student's notebook."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from types import MappingProxyType

from question_bank.data.digits import given_npz
from question_bank.errors import DlexamError

__all__ = ["given_files"]

_MAKERS: dict[str, tuple[str, Callable[[], bytes]]] = {"digits": ("digits.npz", given_npz)}


@functools.cache
def given_files(name: str) -> Mapping[str, bytes]:
    """
    The files of data set *name* that students are given, by file name.

    Raises:
        DlexamError: there is no such data set.
    """
    if name not in _MAKERS:
        raise DlexamError(f"no data set {name!r}", place="data", mend=f"known: {', '.join(_MAKERS)}")
    file, make = _MAKERS[name]
    return MappingProxyType({file: make()})
