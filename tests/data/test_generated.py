"""Generated data: the same bytes everywhere, shaped as they claim to be, and nothing hidden among what is given."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from importlib.resources import files
from typing import Any

import numpy as np
import pytest

from question_bank.data import FEATURES, GENERATED, Coded, digits, given_files, houses, multi_hot, newswires, reviews
from question_bank.data.newswires import TOPICS, made_newswires
from question_bank.data.reviews import made_reviews
from question_bank.data.stream import Stream, exponential
from question_bank.data.words import COMMON
from question_bank.errors import DlexamError

# of the whole files; digits.npz is compressed, and compressors differ
SHA256 = {
    "reviews.npz": "e777e64e6191381f737ba577618074f5d3bb46c4903bb120f41f9fb8583dc485",
    "newswires.npz": "baab44919e8f13ffcaf134698f36f4addaa553c0e03f2366458c014c861cc4f7",
    "houses.csv": "3ff977ee581836f915408947312a7fcc3e3aa50415f955b80e9b079911528d49",
}
HIDDEN_SHA256 = {
    "reviews": "06fd4caff6f6e4643be2a0d04ed05db1da02991516865dc48ed24277a5b469d9",
    "newswires": "6e4243749146ff9cb5347826d893f0be1163477348863ee9a157e327b29c1c3a",
    "houses": "31f19bd356f4c5a664655037f716289380b0a9564b4b6e72afd08d5b6d2d691f",
}
GIVEN_DIGITS_SHA256 = "d24f34d537594e86ee2c9f058721b0356023800d97df34fe6534d9ea323f0a82"


def arrays(name: str) -> dict[str, np.ndarray[Any, Any]]:
    """The arrays of a given npz file."""
    [data] = [content for file, content in given_files(name).items() if file.endswith(".npz")]
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        return {key: file[key] for key in file.files}


def of_coded(data: Coded) -> str:
    text = repr([[list(map(int, text)) for text in data.x_test], data.y_test.tolist()])
    return hashlib.sha256(text.encode()).hexdigest()


class TestBytes:
    @pytest.mark.parametrize("name", GENERATED)
    def test_given_files(self, name: str) -> None:
        """What students are given is byte for byte what was pinned, whatever the machine and its numpy."""
        [file] = [file for file in given_files(name) if not file.endswith(".py")]
        assert hashlib.sha256(given_files(name)[file]).hexdigest() == SHA256[file]

    def test_hidden(self) -> None:
        """So is what they never see."""
        found = {"reviews": of_coded(reviews()), "newswires": of_coded(newswires())}
        tables = houses().x_test.tobytes() + houses().y_test.tobytes()
        assert {**found, "houses": hashlib.sha256(tables).hexdigest()} == HIDDEN_SHA256

    def test_digits(self) -> None:
        """The given images are the pinned ones: the arrays, not the compressed file."""
        data = arrays("digits")
        assert list(data) == ["x_train", "y_train", "x_test", "y_test"]
        joined = b"".join(array.tobytes() for array in data.values())
        assert hashlib.sha256(joined).hexdigest() == GIVEN_DIGITS_SHA256

    def test_twice(self) -> None:
        """Made twice, a file is the same bytes: no time of day gets in."""
        for name in ("digits", *GENERATED):
            once = dict(given_files(name))
            given_files.cache_clear()
            assert dict(given_files(name)) == once

    def test_small(self) -> None:
        """No given file reaches a megabyte."""
        assert max(len(data) for name in ("digits", *GENERATED) for data in given_files(name).values()) < 1_000_000

    def test_unknown(self) -> None:
        """A data set that is none is refused by name."""
        with pytest.raises(DlexamError, match="no data set 'x'"):
            given_files("x")


class TestStream:
    def test_first_numbers(self) -> None:
        """The stream is pinned by its first numbers, and another name is another stream."""
        assert Stream("test").uniform(3).tolist() == [0.20444415894160728, 0.17599389329885096, 0.2383309269564825]
        assert Stream("tests").uniform(3).tolist() != Stream("test").uniform(3).tolist()

    def test_shapes_of_chance(self) -> None:
        """Uniform, normal and lognormal numbers have the mean and the spread that they claim, within 4 errors."""
        count = 40_000
        uniform, normal = Stream("u").uniform(count), Stream("n").normal(count)
        assert uniform.min() >= 0
        assert uniform.max() < 1
        assert abs(uniform.mean() - 0.5) <= 4 * np.sqrt(1 / 12 / count)
        assert abs(normal.mean()) <= 4 / np.sqrt(count)
        assert abs(normal.std() - 1) <= 4 / np.sqrt(2 * count)
        assert abs(np.median(Stream("l").lognormal(80, 0.5, count)) / 80 - 1) <= 0.02
        assert sorted(Stream("p").permutation(100)) == list(range(100))

    def test_exponential(self) -> None:
        """The hand-made exponential function is numpy's to 12 digits, up to |x| = 10."""
        x = np.linspace(-10, 10, 4001)
        np.testing.assert_allclose(exponential(x), np.exp(x), rtol=1e-12)


class TestTexts:
    @pytest.mark.parametrize(("data", "given"), [(reviews, 3000), (newswires, 3000)])
    def test_coding(self, data: Any, given: int) -> None:
        """As Keras codes: lists in object arrays, 1 begins each, words from 4, 3 never used, labels int64."""
        coded = data()
        assert (coded.x_train.dtype, coded.y_train.dtype) == (np.dtype(object), np.dtype(np.int64))
        assert (len(coded.x_train), len(coded.x_test)) == (given, 2000)
        for text in coded.x_test:
            assert type(text) is list
            assert text[0] == 1
            assert min(text[1:]) >= 4

    def test_reviews_are_balanced(self) -> None:
        """Half of the reviews are good ones, in every part, within 4 standard errors."""
        for labels in (reviews().y_train, reviews().y_test):
            assert abs(labels.mean() - 0.5) <= 4 * 0.5 / np.sqrt(len(labels))

    def test_topics(self) -> None:
        """46 topics, each there in training and hidden; the most frequent has some 30 %, and most are rare."""
        for labels in (newswires().y_train, newswires().y_test):
            counts = np.bincount(labels)
            assert len(counts) == len(TOPICS) == 46
            assert counts.min() >= 5
            assert counts.argmax() == 0
            assert 0.28 <= counts[0] / len(labels) <= 0.33
        assert np.median(np.bincount(newswires().y_train)) <= 40

    @pytest.mark.parametrize("made", [made_reviews, made_newswires])
    def test_frequent_words_come_first(self, made: Any) -> None:
        """Ranks are by frequency, as near as a sample can show, and every word has a name of its own."""
        documents = made()
        counts = np.bincount(documents.words, minlength=len(documents.vocabulary) + 1)[1:]
        blocks = [counts[start : start + 500].sum() for start in range(0, 5000, 500)]
        assert blocks == sorted(blocks, reverse=True)
        assert len(set(documents.vocabulary)) == len(documents.vocabulary)
        assert documents.vocabulary[: len(COMMON)] == COMMON

    def test_good_words_stand_in_good_reviews(self) -> None:
        """Words that people would take for praise come with label 1, words of blame with 0."""
        rank = {word: number for number, word in enumerate(made_reviews().vocabulary, start=1)}
        hot = multi_hot(reviews().x_train, 3000)
        for word, label in (("great", 1), ("wonderful", 1), ("dull", 0), ("boring", 0)):
            having = hot[:, rank[word] + 3] == 1
            assert (reviews().y_train[having] == label).mean() > 0.6, word

    def test_multi_hot(self) -> None:
        """Numbers beyond the vocabulary are coded as 2; repeated ones mark a column once."""
        assert multi_hot([[1, 4, 4, 9], [1]], 6).tolist() == [[0, 1, 1, 0, 1, 0], [0, 1, 0, 0, 0, 0]]


class TestHouses:
    def test_table(self) -> None:
        """Named columns, no gaps, positive prices; 600 houses are given, 480 of them for training."""
        rows = list(csv.reader(given_files("houses")["houses.csv"].decode().splitlines()))
        assert rows[0] == [*FEATURES, "price_100m_won"]
        assert {len(row) for row in rows} == {9}
        assert len(rows) == 601
        assert houses().x_train.shape == (480, 8)
        assert houses().x_test.shape == (1000, 8)
        assert min(houses().y_train.min(), houses().y_test.min()) > 0

    def test_features_tell_the_price(self) -> None:
        """A straight line through the features halves the error of always answering the mean, and more."""
        data = houses()
        mean, deviation = data.x_train.mean(axis=0), data.x_train.std(axis=0)
        x, x_test = (np.column_stack([(x - mean) / deviation, np.ones(len(x))]) for x in (data.x_train, data.x_test))
        weights = np.linalg.lstsq(x, data.y_train, rcond=None)[0]
        constant = np.abs(data.y_test - data.y_train.mean()).mean()
        assert np.abs(x_test @ weights - data.y_test).mean() < constant / 2


class TestHidden:
    def test_nothing_hidden_is_given(self) -> None:
        """No hidden image, text or house is among those given."""
        given = {image.tobytes() for name in ("x_train", "x_test") for image in arrays("digits")[name]}
        assert not given & {image.tobytes() for image in digits().x_test}
        for data, name, halves in ((reviews, "reviews", ("train_", "test_")), (newswires, "newswires", ("",))):
            file = arrays(name)
            texts = [
                tuple((part + 3).tolist())
                for half in halves
                for part in np.split(file[f"{half}words"].astype(int), np.cumsum(file[f"{half}lengths"])[:-1])
            ]
            assert len(texts) == (4000 if name == "reviews" else 3750)
            hidden = {tuple(text[1:]) for text in data().x_test}
            assert not hidden & set(texts)
        lines = Counter(given_files("houses")["houses.csv"].decode().splitlines())
        assert max(lines.values()) == 1
        rows = {tuple(map(float, line.split(",")[:-1])) for line in list(lines)[1:]}
        assert not rows & {tuple(row) for row in houses().x_test.tolist()}

    def test_files_hold_no_more(self) -> None:
        """Of the package's own data files, students get none as it lies there."""
        pack = files("question_bank.data").joinpath("digits.npz").read_bytes()
        assert given_files("digits")["digits.npz"] != pack
