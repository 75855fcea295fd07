"""Dense layers: the typed questions' right answers, found again by Keras or by counting what is drawn."""

from __future__ import annotations

import itertools

import pytest

from question_bank import Bank, Variant, load_bank

SEEDS = range(500)


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank()


def variants(bank: Bank, name: str) -> list[Variant]:
    question = bank[f"dense_layers/{name}"]
    return [question.variant(seed) for seed in SEEDS]


def earns(variant: Variant, given: object) -> float:
    return variant.answer.mark(variant.answer.read(given)).credit


def test_how_many_dense_by_the_drawing(bank: Bank) -> None:
    """Columns that lines enter are the layers; the k-th has as many neurons as its column and inputs as a neuron has lines."""
    for variant in variants(bank, "how_many_dense"):
        sizes = variant.figures["network"].sizes
        lines = [
            (column, start, end)
            for column, (left, right) in enumerate(itertools.pairwise(sizes))
            for start in range(left)
            for end in range(right)
        ]
        entered = sorted({column + 1 for column, _, _ in lines})
        layer = entered[variant.parameters["k"] - 1]
        inputs = sum(column + 1 == layer and end == 0 for column, _, end in lines)
        given = {"layers": len(entered), "units": sizes[layer], "inputs": inputs}
        assert earns(variant, given) == 1


def test_how_many_dense_by_keras(bank: Bank) -> None:
    """The model built from the drawing has these layers, with these units and kernels."""
    import keras

    for variant in variants(bank, "how_many_dense")[:10]:
        inputs, *units = variant.figures["network"].sizes
        model = keras.Sequential([keras.Input((inputs,)), *(keras.layers.Dense(n) for n in units)])
        layer = model.layers[variant.parameters["k"] - 1]
        given = {"layers": len(model.layers), "units": layer.units, "inputs": layer.kernel.shape[0]}
        assert earns(variant, given) == 1


def test_weights_from_code_by_keras(bank: Bank) -> None:
    """The shown code, run by Keras, has as many weights as the right answer says."""
    import keras

    # of the variants that are left out the numbers are checked by the formula of the next test
    for variant in variants(bank, "weights_from_code")[:40]:
        names = {"keras": keras, "layers": keras.layers}
        exec(variant.parameters["code"], names)
        assert earns(variant, names["model"].count_params()) == 1


def test_weights_from_code_by_listing(bank: Bank) -> None:
    """A weight for each pair of an input and a neuron, a weight for each neuron to the output, one bias."""
    for variant in variants(bank, "weights_from_code"):
        inputs, hidden = variant.parameters["inputs"], variant.parameters["hidden"]
        assert f"({inputs},)" in variant.parameters["code"]
        assert f"Dense({hidden}," in variant.parameters["code"]
        weights = [*itertools.product(range(inputs), range(hidden)), *range(hidden), "bias of the output"]
        assert earns(variant, len(weights)) == 1


def test_dense_or_sparse_by_counting_lines(bank: Bank) -> None:
    """The right option names the number of possible lines that are not drawn."""
    question = bank["dense_layers/dense_or_sparse"]
    for seed, variant in zip(SEEDS, variants(bank, "dense_or_sparse"), strict=True):
        figure = variant.figures["layer"]
        possible = set(itertools.product([0], range(figure.sizes[0]), range(figure.sizes[1])))
        assert set(figure.absent) <= possible
        drawn = possible - set(figure.absent)
        # no neuron and no input stands alone
        assert {a for _, a, _ in drawn} == set(range(figure.sizes[0]))
        assert {b for _, _, b in drawn} == set(range(figure.sizes[1]))
        missing = len(possible) - len(drawn)
        told = "no connection" if missing == 0 else f" {missing} connections"
        if seed < 60:
            options = question.texts(variant, "en").options
            assert [option for option, text in options.items() if told in text] == [variant.answer.right_option]


def test_dense_or_sparse_gives_no_rank_away(bank: Bank) -> None:
    """Each of the four options is right about equally often."""
    rights = [variant.answer.right_option for variant in variants(bank, "dense_or_sparse")]
    assert all(80 <= rights.count(option) <= 170 for option in ("dense", "sparse_few", "sparse_some", "sparse_many"))


def test_shared_weights_by_keras(bank: Bank) -> None:
    """Keras counts the weights that the texts state, and only the dense layer has more for the larger image."""
    import keras

    for variant in variants(bank, "shared_weights")[:12]:
        told = variant.parameters
        counts = {}
        for factor in (1, 2):
            image = keras.Input((factor * told["side"], factor * told["side"], told["channels"]))
            convolution = keras.layers.Conv2D(told["filters"], (told["kernel"], told["kernel"]))
            dense = keras.layers.Dense(told["units"])
            convolution(image)
            dense(keras.layers.Flatten()(image))
            counts[factor] = (convolution.count_params(), dense.count_params())
        assert counts[1] == (told["convolution"], told["dense"])
        assert counts[2] == (told["convolution"], told["dense_after"])
        assert counts[1][0] < counts[1][1] < counts[2][1]


@pytest.mark.parametrize(
    ("aspect", "right", "wrong"),
    [
        (
            "other_name_of_dense",
            ["fully connected", "완전 연결 층", "an FC-layer", "전결합층입니다"],
            ["dense", "밀집 층"],
        ),
        ("other_name_of_full", ["dense", "Densely-connected", "밀집 층", "dense layer"], ["fully connected", "sparse"]),
        ("described_dense", ["dense", "fully connected", "밀집", "완전 연결 층", "dense(밀집)"], ["sparse", "희소"]),
        ("opposite_of_sparse", ["dense", "fully connected", "밀집 연결이다"], ["sparse", "희소 연결"]),
        ("opposite_of_dense", ["sparse", "희소", "sparsely connected", "sparse (희소)"], ["dense", "완전 연결"]),
        ("described_sparse", ["sparse", "희소 연결", "sparse connectivity"], ["dense", "fully connected"]),
    ],
)
def test_dense_term_in_other_spellings(bank: Bank, aspect: str, right: list[str], wrong: list[str]) -> None:
    """Each aspect takes its term in either language, and not the word that the question itself says."""
    # the last wording gives the abbreviation, and asks for its words
    found = [
        v for v in variants(bank, "dense_term") if v.parameters["aspect"] == aspect and v.parameters["wording"] < 2
    ]
    assert len({v.parameters["wording"] for v in found}) == 2
    for variant in found:
        assert [earns(variant, text) for text in right] == [1] * len(right)
        assert [earns(variant, text) for text in wrong] == [0] * len(wrong)
