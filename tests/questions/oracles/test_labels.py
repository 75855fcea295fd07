"""Labels: right answers found again with numpy and with Keras' own losses."""

import numpy as np
import pytest

from question_bank import Bank, Variant, load_bank
from question_bank.answers import LETTERS

SEEDS = range(500)


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank()


def credit(variant: Variant, given: object) -> float:
    return variant.answer.mark(variant.answer.read(given)).credit


def letter_of(variant: Variant, option: str) -> str:
    return LETTERS[variant.answer.option_ids().index(option)]


def test_label_shapes_of_real_arrays(bank: Bank) -> None:
    """Arrays of such labels have the shapes that earn full credit."""
    for seed in SEEDS:
        variant = bank["labels/label_shapes"].variant(seed)
        classes = variant.parameters["classes"]
        labels = np.arange(variant.parameters["samples"]) % classes
        rows = np.eye(classes)[labels]
        assert credit(variant, {"integers": labels.shape, "one_hot": rows.shape}) == 1
        assert credit(variant, {"integers": rows.shape, "one_hot": labels.shape}) == 0


def test_one_hot_row_is_a_row_of_the_identity(bank: Bank) -> None:
    """The right option, and no other one, is the label's row of the identity matrix."""
    for seed in SEEDS:
        variant = bank["labels/one_hot_row"].variant(seed)
        shown = variant.parameters
        row = np.eye(shown["classes"], dtype=int)[shown["label"]].tolist()
        fitting = [id for id in variant.answer.option_ids() if shown["rows"][id] == str(row)]
        assert len(fitting) == 1
        assert credit(variant, letter_of(variant, fitting[0])) == 1
        assert len(set(shown["rows"].values())) == 4


def test_one_hot_row_stands_in_every_place(bank: Bank) -> None:
    """Among the rows with a single 1, that of the right one is the first, the last and a middle one often enough."""
    ranks = []
    for seed in SEEDS:
        rows = bank["labels/one_hot_row"].variant(seed).parameters["rows"]
        single = sorted(
            row.index("1") for row in rows.values() if row.count("1") == 1 and len(row) == len(rows["right"])
        )
        ranks.append(single.index(rows["right"].index("1")))
    assert min(ranks.count(rank) for rank in (0, 1, 2)) > 100


def test_loss_for_labels_follows_from_the_shown_array(bank: Bank) -> None:
    """One number for each sample wants the sparse loss, a row for each sample the other one."""
    for seed in SEEDS:
        variant = bank["labels/loss_for_labels"].variant(seed)
        labels = eval(variant.parameters["shown"], {"array": np.array})
        right = "sparse_categorical_crossentropy" if labels.ndim == 1 else "categorical_crossentropy"
        assert credit(variant, letter_of(variant, right)) == 1


def test_both_losses_have_the_same_value(bank: Bank) -> None:
    """What the question on the word `sparse` states: only the form of the labels differs."""
    import keras

    rng = np.random.default_rng(0)
    for classes in {bank["labels/word_sparse"].variant(seed).parameters["classes"] for seed in range(50)}:
        labels = rng.integers(0, classes, size=32)
        outputs = rng.dirichlet(np.ones(classes), size=32)
        sparse = keras.losses.sparse_categorical_crossentropy(labels, outputs)
        dense = keras.losses.categorical_crossentropy(np.eye(classes)[labels], outputs)
        np.testing.assert_allclose(np.asarray(sparse), np.asarray(dense), rtol=1e-5)
