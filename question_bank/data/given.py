"""The files that lie beside a student's notebook."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from importlib.resources import files
from types import MappingProxyType

from question_bank.data.digits import digits_npz
from question_bank.data.houses import houses_csv
from question_bank.data.newswires import newswires_npz
from question_bank.data.reviews import reviews_npz
from question_bank.errors import DlexamError

__all__ = ["GENERATED", "MODULE", "given_files"]

MODULE = "offline_data"
"""The module beside the notebook that lets `keras.datasets` read the other files."""

GENERATED: Mapping[str, str] = {
    "reviews": "keras.datasets.imdb",
    "newswires": "keras.datasets.reuters",
    "houses": "keras.datasets.boston_housing, keras.datasets.california_housing",
}
"""The data sets that are no real data, each with those of Keras that it stands in for."""

_MAKERS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "digits": ("digits.npz", digits_npz),
    "reviews": ("reviews.npz", reviews_npz),
    "newswires": ("newswires.npz", newswires_npz),
    "houses": ("houses.csv", houses_csv),
}


@functools.cache
def given_files(name: str) -> Mapping[str, bytes]:
    """
    The files of data set *name* that students are given, by file name: the data, and the module that reads it.

    Raises:
        DlexamError: there is no such data set.
    """
    if name not in _MAKERS:
        raise DlexamError(f"no data set {name!r}", place="data", mend=f"known: {', '.join(_MAKERS)}")
    file, make = _MAKERS[name]
    module = f"{MODULE}.py"
    return MappingProxyType({file: make(), module: files("question_bank.data").joinpath(module).read_bytes()})
