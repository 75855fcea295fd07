"""
Data sets of Keras without a network: `keras.datasets.….load_data()` reads the files beside this one.

    import offline_data

    offline_data.install()
    (x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()

| `keras.datasets.`                      | file            | what it holds                                        |
|----------------------------------------|-----------------|------------------------------------------------------|
| `mnist`                                | `digits.npz`    | 3,000 real images of MNIST                           |
| `imdb`                                 | `reviews.npz`   | 4,000 film reviews, generated: words mean nothing    |
| `reuters`                              | `newswires.npz` | 3,750 newswires of 46 topics, generated likewise     |
| `boston_housing`, `california_housing` | `houses.csv`    | 600 houses, generated: 8 features, price in 억 원    |

Arguments, shapes, types and the coding of words are those of Keras 3. A data set whose file is not here is
refused; nothing is ever downloaded.
"""

from __future__ import annotations

import csv
import importlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["code_words", "imdb_of", "install", "read_table", "reuters_of", "split_table"]

Array = npt.NDArray[Any]
Split = tuple[tuple[Array, Array], tuple[Array, Array]]
Numbers = list[list[int]]

HERE = Path(__file__).resolve().parent
FILES = {
    "mnist": "digits.npz",
    "imdb": "reviews.npz",
    "reuters": "newswires.npz",
    "boston_housing": "houses.csv",
    "california_housing": "houses.csv",
}
NEVER_GIVEN = ("fashion_mnist", "cifar10", "cifar100")


def install() -> None:
    """Let every spelling of `keras.datasets` (also `tf.keras.datasets`) read the files beside this module."""
    replaced: dict[str, dict[str, Callable[..., Any]]] = {
        "mnist": {"load_data": _load_mnist},
        "imdb": {"load_data": _load_imdb, "get_word_index": _word_index_of("imdb")},
        "reuters": {
            "load_data": _load_reuters,
            "get_word_index": _word_index_of("reuters"),
            "get_label_names": _label_names,
        },
        "boston_housing": {"load_data": _load_boston_housing},
        "california_housing": {"load_data": _load_california_housing},
        **{name: {"load_data": _refuser(name)} for name in NEVER_GIVEN},
    }
    for root in ("keras.src.datasets", "keras.datasets", "keras._tf_keras.keras.datasets"):
        for name, functions in replaced.items():
            module = importlib.import_module(f"{root}.{name}")
            for function, ours in functions.items():
                setattr(module, function, ours)


def _path(name: str) -> Path:
    """The file of data set *name*; raises FileNotFoundError in one line where it is not given."""
    path = HERE / FILES.get(name, "")
    if not path.is_file():
        given = ", ".join(known for known, file in FILES.items() if (HERE / file).is_file())
        raise FileNotFoundError(
            f"{name} is not given here and nothing is downloaded / 주어지지 않은 데이터이다 (given: {given or 'none'})"
        )
    return path


def _arrays(name: str) -> dict[str, Array]:
    with np.load(_path(name), allow_pickle=False) as file:
        return {key: file[key] for key in file.files}


def _refuser(name: str) -> Callable[..., Any]:
    def load_data(*_: Any, **__: Any) -> Any:
        return _path(name)

    return load_data


def _load_mnist(path: str = "mnist.npz") -> Split:  # noqa: ARG001
    """(x_train, y_train), (x_test, y_test): uint8 images (n, 28, 28), uint8 labels (n,)."""
    data = _arrays("mnist")
    return (data["x_train"], data["y_train"]), (data["x_test"], data["y_test"])


def _load_imdb(
    path: str = "imdb.npz",  # noqa: ARG001
    num_words: int | None = None,
    skip_top: int = 0,
    maxlen: int | None = None,
    seed: int = 113,
    start_char: int | None = 1,
    oov_char: int | None = 2,
    index_from: int = 3,
) -> Split:
    """(x_train, y_train), (x_test, y_test): object arrays (n,) of lists of word numbers, int64 labels 0 and 1."""
    return imdb_of(_arrays("imdb"), num_words, skip_top, maxlen, seed, start_char, oov_char, index_from)


def _load_reuters(
    path: str = "reuters.npz",  # noqa: ARG001
    num_words: int | None = None,
    skip_top: int = 0,
    maxlen: int | None = None,
    test_split: float = 0.2,
    seed: int = 113,
    start_char: int | None = 1,
    oov_char: int | None = 2,
    index_from: int = 3,
) -> Split:
    """(x_train, y_train), (x_test, y_test): object arrays (n,) of lists of word numbers, int64 labels 0 to 45."""
    data = _arrays("reuters")
    return reuters_of(data, num_words, skip_top, maxlen, test_split, seed, start_char, oov_char, index_from)


def _load_boston_housing(
    path: str = "boston_housing.npz",  # noqa: ARG001
    test_split: float = 0.2,
    seed: int = 113,
) -> Split:
    """(x_train, y_train), (x_test, y_test): float64 features (n, 8), float64 prices (n,)."""
    return split_table(*read_table(_path("boston_housing").read_text(encoding="utf-8")), test_split, seed)


def _load_california_housing(
    version: str = "large",
    path: str = "california_housing.npz",  # noqa: ARG001
    test_split: float = 0.2,
    seed: int = 113,
) -> Split:
    """(x_train, y_train), (x_test, y_test): float64 features (n, 8), float64 prices (n,); one version for both."""
    if version not in ("small", "large"):
        raise ValueError(f"Argument `version` must be one of 'small', 'large'. Received: version={version}")
    return split_table(*read_table(_path("california_housing").read_text(encoding="utf-8")), test_split, seed)


def _word_index_of(name: str) -> Callable[..., dict[str, int]]:
    def get_word_index(path: str = "word_index.json") -> dict[str, int]:  # noqa: ARG001
        """The rank of each word, from 1: in the coded texts it is the number rank + 3."""
        return {word.decode(): rank for rank, word in enumerate(_arrays(name)["vocabulary"].tolist(), start=1)}

    return get_word_index


def _label_names() -> tuple[str, ...]:
    """The topics, by label."""
    return tuple(word.decode() for word in _arrays("reuters")["topics"].tolist())


def imdb_of(
    data: Mapping[str, Array],
    num_words: int | None = None,
    skip_top: int = 0,
    maxlen: int | None = None,
    seed: int = 113,
    start_char: int | None = 1,
    oov_char: int | None = 2,
    index_from: int = 3,
) -> Split:
    """As `keras.datasets.imdb.load_data` of the packed *data*: each half shuffled by itself."""
    chance = np.random.RandomState(seed)
    texts: list[Numbers] = []
    labels: list[Array] = []
    for half in ("train", "test"):
        order = np.arange(len(data[f"{half}_labels"]))
        chance.shuffle(order)
        coded = code_words(data[f"{half}_words"], data[f"{half}_lengths"], start_char, index_from)
        kept, named = _short([coded[i] for i in order], data[f"{half}_labels"].astype(np.int64)[order], maxlen)
        if not kept:
            raise ValueError(f"no review is shorter than maxlen={maxlen}")
        texts.append(kept)
        labels.append(named)
    coded = _cut(texts[0] + texts[1], num_words, skip_top, oov_char)
    count = len(texts[0])
    return (_ragged(coded[:count]), labels[0]), (_ragged(coded[count:]), labels[1])


def reuters_of(
    data: Mapping[str, Array],
    num_words: int | None = None,
    skip_top: int = 0,
    maxlen: int | None = None,
    test_split: float = 0.2,
    seed: int = 113,
    start_char: int | None = 1,
    oov_char: int | None = 2,
    index_from: int = 3,
) -> Split:
    """As `keras.datasets.reuters.load_data` of the packed *data*: shuffled, then split."""
    order = np.arange(len(data["labels"]))
    np.random.RandomState(seed).shuffle(order)
    coded = code_words(data["words"], data["lengths"], start_char, index_from)
    texts, labels = _short([coded[i] for i in order], data["labels"].astype(np.int64)[order], maxlen)
    texts = _cut(texts, num_words, skip_top, oov_char)
    count = int(len(texts) * (1 - test_split))
    return (_ragged(texts[:count]), labels[:count]), (_ragged(texts[count:]), labels[count:])


def code_words(words: Array, lengths: Array, start_char: int | None = 1, index_from: int = 3) -> Numbers:
    """
    Lists of numbers: the word of rank r (from 1) is r + *index_from*, and *start_char* begins each list.

    Args:
        words: (total,) ranks of all texts, one after the other.
        lengths: (n,) words of each text.
    """
    shifted = words.astype(np.int64) + (index_from or 0)
    first = [] if start_char is None else [start_char]
    return [first + part.tolist() for part in np.split(shifted, np.cumsum(lengths)[:-1])]


def _short(texts: Numbers, labels: Array, maxlen: int | None) -> tuple[Numbers, Array]:
    """The texts that are shorter than *maxlen*: Keras drops longer ones and those of just that length."""
    if not maxlen:
        return texts, labels
    kept = [i for i, text in enumerate(texts) if len(text) < maxlen]
    return [texts[i] for i in kept], labels[kept]


def _cut(texts: Numbers, num_words: int | None, skip_top: int, oov_char: int | None) -> Numbers:
    """Numbers from *num_words* on and below *skip_top* become *oov_char*, or go; shifted numbers, as in Keras."""
    # without num_words Keras takes the largest number itself, which is then cut
    most = num_words or max(max(text) for text in texts)
    if oov_char is None:
        return [[word for word in text if skip_top <= word < most] for text in texts]
    return [[word if skip_top <= word < most else oov_char for word in text] for text in texts]


def _ragged(texts: Numbers) -> Array:
    array = np.empty(len(texts), dtype=object)
    for i, text in enumerate(texts):
        array[i] = text
    return array


def read_table(text: str) -> tuple[Array, Array]:
    """Features (n, 8) and targets (n,) of a table with a line of names; the last column is the target."""
    rows: Sequence[Sequence[str]] = list(csv.reader(text.splitlines()))[1:]
    table = np.array([[float(value) for value in row] for row in rows])
    return table[:, :-1], table[:, -1]


def split_table(x: Array, y: Array, test_split: float = 0.2, seed: int = 113) -> Split:
    """As `keras.datasets.boston_housing.load_data`: shuffled, the last share *test_split* for testing."""
    if not 0 <= test_split < 1:
        raise ValueError(f"test_split must be from 0 to below 1, not {test_split}")
    order = np.arange(len(x))
    np.random.RandomState(seed).shuffle(order)
    x, y = x[order], y[order]
    count = int(len(x) * (1 - test_split))
    return (x[:count], y[:count]), (x[count:], y[count:])
