"""The book's own lines without a network: `keras.datasets` reads the files beside the notebook, as Keras would."""

from __future__ import annotations

import inspect
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.isolation import choose
from grader.sandbox import Session, Zygote
from papers.setup import setup_code
from question_bank.data import given_files, houses, newswires, offline_data, reviews
from question_bank.data.newswires import TOPICS

OPTIONS: tuple[dict[str, Any], ...] = (
    {},
    {"num_words": 10_000},
    {"num_words": 500, "skip_top": 20},
    {"num_words": 500, "oov_char": None},
    {"maxlen": 60, "seed": 7},
    {"start_char": None},
    {"start_char": None, "index_from": 0},
    {"start_char": 5, "index_from": 9, "num_words": 1000, "maxlen": 100},
)


def arrays(name: str) -> dict[str, np.ndarray[Any, Any]]:
    """The arrays of a given npz file."""
    [data] = [content for file, content in given_files(name).items() if file.endswith(".npz")]
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        return {key: file[key] for key in file.files}


def ragged(words: np.ndarray[Any, Any], lengths: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Texts as Keras' own files hold them: lists of ranks, not yet shifted."""
    texts = np.empty(len(lengths), dtype=object)
    for i, part in enumerate(np.split(words.astype(int), np.cumsum(lengths)[:-1])):
        texts[i] = part.tolist()
    return texts


def assert_equal_splits(ours: Any, theirs: Any) -> None:
    for our_half, their_half in zip(ours, theirs, strict=True):
        assert [list(text) for text in our_half[0]] == [list(text) for text in their_half[0]]
        assert list(our_half[1]) == list(their_half[1])
        assert our_half[0].dtype == their_half[0].dtype


class TestAsKeras:
    """Keras' own loaders, given the same data in their own form of file, give the same."""

    def test_imdb(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """imdb.load_data, for every option that it has."""
        from keras.src.datasets import imdb

        data = arrays("reviews")
        file = tmp_path / "imdb.npz"
        halves = {f"x_{half}": ragged(data[f"{half}_words"], data[f"{half}_lengths"]) for half in ("train", "test")}
        labels = {f"y_{half}": data[f"{half}_labels"].astype(np.int64) for half in ("train", "test")}
        np.savez(file, **halves, **labels)  # type: ignore[arg-type]
        monkeypatch.setattr(imdb, "get_file", lambda *_, **__: str(file))
        for options in OPTIONS:
            assert_equal_splits(offline_data.imdb_of(data, **options), imdb.load_data(**options))

    def test_reuters(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """reuters.load_data, for every option that it has."""
        from keras.src.datasets import reuters

        data = arrays("newswires")
        file = tmp_path / "reuters.npz"
        np.savez(file, x=ragged(data["words"], data["lengths"]), y=data["labels"].astype(np.int64))
        monkeypatch.setattr(reuters, "get_file", lambda *_, **__: str(file))
        for options in (*OPTIONS, {"test_split": 0.5}):
            assert_equal_splits(offline_data.reuters_of(data, **options), reuters.load_data(**options))

    def test_houses(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """boston_housing.load_data and california_housing.load_data, which split the same way."""
        from keras.src.datasets import boston_housing, california_housing

        x, y = offline_data.read_table(given_files("houses")["houses.csv"].decode())
        np.savez(tmp_path / "houses.npz", x=x, y=y)
        for keras in (boston_housing, california_housing):
            monkeypatch.setattr(keras, "get_file", lambda *_, **__: str(tmp_path / "houses.npz"))
            for options in ({}, {"test_split": 0.35, "seed": 1}):
                theirs = keras.load_data(**options)
                for ours, their in zip(offline_data.split_table(x, y, **options), theirs, strict=True):
                    np.testing.assert_array_equal(ours[0], their[0])
                    np.testing.assert_array_equal(ours[1], their[1])

    def test_signatures(self) -> None:
        """Every loader takes what Keras' own takes, with the same defaults."""
        from keras.src import datasets

        for name in offline_data.FILES:
            theirs = dict(inspect.signature(getattr(datasets, name).load_data).parameters)
            theirs.pop("kwargs", None)
            ours = inspect.signature(getattr(offline_data, f"_load_{name}")).parameters
            assert {k: p.default for k, p in ours.items()} == {k: p.default for k, p in theirs.items()}


class TestHiddenTestsUseTheSame:
    """What hidden tests train with is what `load_data()` gives a student."""

    @pytest.fixture(autouse=True)
    def beside(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("reviews", "newswires", "houses"):
            for file, data in given_files(name).items():
                (tmp_path / file).write_bytes(data)
        monkeypatch.setattr(offline_data, "HERE", tmp_path)

    def test_training_parts(self) -> None:
        """Reviews, newswires and houses, each in the same order."""
        for ours, load in ((reviews(), "imdb"), (newswires(), "reuters")):
            (x_train, y_train), _ = getattr(offline_data, f"_load_{load}")()
            assert [list(text) for text in ours.x_train] == [list(text) for text in x_train]
            np.testing.assert_array_equal(ours.y_train, y_train)
        (x_train, y_train), _ = offline_data._load_boston_housing()
        np.testing.assert_array_equal(houses().x_train, x_train)
        np.testing.assert_array_equal(houses().y_train, y_train)

    def test_decoding(self) -> None:
        """The rank in `get_word_index` is 1 for the first word, so a number decodes as itself less 3."""
        index = offline_data._word_index_of("imdb")()
        assert (min(index.values()), max(index.values()), len(index)) == (1, 12_000, 12_000)
        word = {rank: word for word, rank in index.items()}
        (x_train, _), _ = offline_data._load_imdb()
        ranks = arrays("reviews")["train_words"]
        decoded = [word[number - 3] for number in x_train[0][1:] if number > 2]
        assert set(decoded) <= {word[rank] for rank in ranks.tolist()}
        assert index["the"] == 1
        assert offline_data._label_names() == TOPICS


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    """A student's process with digits, reviews and houses beside the notebook, after its first cell."""
    files = {file: data for name in ("digits", "reviews", "houses") for file, data in given_files(name).items()}
    with Zygote(choose(unsafe=True)) as zygote, zygote.session(files) as session:
        result = session.run(setup_code(data=True, keras=True), seconds=120, seed=0)
        assert result.ok, result.message
        yield session


@pytest.mark.parametrize(
    ("line", "shown", "expected"),
    [
        (
            "keras.datasets.mnist.load_data()",
            "[x.shape, str(x.dtype), z.shape]",
            [[2000, 28, 28], "uint8", [1000, 28, 28]],
        ),
        (
            "keras.datasets.imdb.load_data(num_words=10000)",
            "[len(x), len(z), str(y.dtype), max(map(max, x))]",
            [3000, 1000, "int64", 9999],
        ),
        ("keras.datasets.boston_housing.load_data()", "[x.shape, z.shape]", [[480, 8], [120, 8]]),
        ("keras.datasets.california_housing.load_data(version='small')", "[x.shape, z.shape]", [[480, 8], [120, 8]]),
        ("__import__('tensorflow').keras.datasets.mnist.load_data()", "len(x)", 2000),
    ],
)
def test_the_books_lines(session: Session, line: str, shown: str, expected: Any) -> None:
    """Every spelling gives what the student was given, in the student's process."""
    result = session.run(f"(x, y), (z, _) = {line}\nshown = {shown}", seconds=60, seed=0)
    assert result.ok, result.message
    assert session.get("shown", seconds=10) == expected


@pytest.mark.parametrize(
    "imports",
    [
        "from keras.datasets import imdb",
        "from tensorflow.keras.datasets import imdb",
        "import tensorflow as tf\nimdb = tf.keras.datasets.imdb",
        "from keras.datasets.imdb import load_data\nimdb = keras.datasets.imdb",
    ],
)
def test_every_import(session: Session, imports: str) -> None:
    """However it is imported, the module is the one that reads the given file."""
    source = f"{imports}\n(x, y), _ = imdb.load_data(num_words=100)\nshown = [len(x), imdb.get_word_index()['the']]"
    result = session.run(source, seconds=60, seed=0)
    assert result.ok, result.message
    assert session.get("shown", seconds=10) == [3000, 1]


@pytest.mark.parametrize("name", ["reuters", "cifar10", "fashion_mnist", "cifar100"])
def test_what_is_not_given_is_refused(session: Session, name: str) -> None:
    """A data set that this paper does not hold is refused in one line, and no download is tried."""
    result = session.run(f"keras.datasets.{name}.load_data()", seconds=60, seed=0)
    assert (result.ok, result.error_type) == (False, "FileNotFoundError")
    assert result.message == (
        f"{name} is not given here and nothing is downloaded / 주어지지 않은 데이터이다 "
        "(given: mnist, imdb, boston_housing, california_housing)"
    )
