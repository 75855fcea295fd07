"""Preprocessing: the right answers, found again by running what is shown."""

import re

import numpy as np
import pytest

from question_bank import load_bank
from question_bank.answers import LETTERS

SEEDS = range(500)


@pytest.fixture(scope="module")
def bank():
    return load_bank()


def test_reshape_images_is_numpys(bank) -> None:
    """The shown line, run on an array of the shown shape (with fewer images), has the right shape and rank."""
    few = 7
    for seed in SEEDS:
        variant = bank["preprocessing/reshape_images"].variant(seed)
        p = variant.parameters
        count, sides = p["before"][0], p["before"][1:]
        # the number of images stands first, in the array and in the new shape
        line = re.sub(rf"(?<=\(){count}\b", str(few), p["line"])
        names = {"np": np, p["images"]: np.zeros((few, *sides), dtype=np.uint8)}
        exec(line, names)
        shape = [count if axis == 0 else size for axis, size in enumerate(names[p["x"]].shape)]
        [written] = re.findall(r"reshape\(\(?(.*?)\)+$", p["line"])
        response = {
            "shape": tuple(shape),
            "minus_one": shape[[part.strip() for part in written.split(",")].index("-1")],
            "rank": names[p["x"]].ndim,
        }
        assert variant.answer.mark(variant.answer.read(response)).credit == 1


def test_prepared_images_are_numpys(bank) -> None:
    """The two shown lines, run on images (fewer of them), give the right shape, dtype and largest value."""
    few, fewer = 20, 2
    for seed in SEEDS:
        variant = bank["preprocessing/prepared_images"].variant(seed)
        p = variant.parameters
        n = p["n"]
        lines = "\n".join(p["lines"]).replace(str(n), str(few)).replace(str(n // 10), str(fewer))
        images = np.random.default_rng(seed).integers(0, 256, size=(few, p["h"], p["w"])).astype(np.uint8)
        images[0, 0, :2] = (0, 255)
        names = {"np": np, p["images"]: images}
        exec(lines, names)
        x = names[p["x"]]
        count = {few: n, fewer: n // 10}[len(x)]
        response = {"shape": (count, *x.shape[1:]), "dtype": str(x.dtype), "max": float(x.max())}
        assert variant.answer.mark(variant.answer.read(response)).credit == 1


def test_scale_by_hand_is_numpys(bank) -> None:
    """numpy's minimum, maximum, mean and standard deviation of the shown values lead to the right answer."""
    question = bank["preprocessing/scale_by_hand"]
    for seed in SEEDS:
        variant = question.variant(seed)
        prompt = question.texts(variant, "en").prompt
        [shown] = re.findall(r"```text\n(.*)\n```", prompt)
        [x] = re.findall(r"value \*\*(\d+)\*\*", prompt)
        train = np.array(shown.split(), dtype=float)
        response = {
            "min_max": f"{(float(x) - train.min()) / np.ptp(train):.6f}",
            "standardised": f"{(float(x) - train.mean()) / train.std():.6f}",
        }
        assert variant.answer.mark(variant.answer.read(response)).credit == 1


def test_which_scaling_fits_the_table(bank) -> None:
    """Of the shown calculations exactly the right one makes the table's second column of its first."""
    question = bank["preprocessing/which_scaling"]
    seen = 0
    for seed in SEEDS:
        variant = question.variant(seed)
        if variant.parameters["asked"] != "look" or variant.parameters["shown"] != "code":
            continue
        seen += 1
        texts = question.texts(variant, "en")
        rows = re.findall(r"\| ([a-z ]+) \| (-?[\d.]+) \| (-?[\d.]+) \|", texts.prompt)
        before, after = ({row[0]: float(row[i]) for row in rows} for i in (1, 2))
        statistics = {"min": before["minimum"], "max": before["maximum"]}
        statistics |= {"mean": before["mean"], "std": before["standard deviation"]}
        fitting = []
        for letter, option in zip(LETTERS, texts.options.values(), strict=False):
            code = re.sub(r"x\.(\w+)\(\)", lambda m, s=statistics: str(s[m[1]]), option.strip("`"))

            def scaled(value: float, code: str = code) -> float:
                return eval(code, {"x": value})

            computed = {name: scaled(before[name]) for name in ("minimum", "maximum", "mean")}
            computed["standard deviation"] = scaled(before["standard deviation"]) - scaled(0.0)
            if all(abs(computed[name] - after[name]) < 0.0051 for name in after):
                fitting.append(letter)
        assert fitting == [variant.answer.right()]
    assert seen > 30


def is_true(statement: str, train: np.ndarray, scale) -> bool:
    """Whether *statement* holds for training data (n, d) and the way of scaling x by train, `scale(x, train)`."""
    result = scale(train, train)
    beyond = scale(np.concatenate([train + 100, train - 100]), train)
    slopes = np.diff(result, axis=0) / np.diff(train, axis=0)
    match statement:
        case "keep_order":
            return bool((train.argsort(axis=0) == result.argsort(axis=0)).all())
        case "shift_and_divide":
            return bool(np.allclose(slopes, slopes[0]) and (slopes > 0).all())
        case "undone":
            return bool((np.abs(slopes) > 0).all())
        case "by_feature":
            return bool(np.allclose(result[:, :1], scale(train[:, :1], train[:, :1])))
        case "by_sample":
            return bool(np.allclose(result[:1], scale(train[:1].T, train[:1].T).T))
        case "ends":
            return bool((result.min(axis=0) == 0).all() and (result.max(axis=0) == 1).all())
        case "inside":
            return bool((result >= 0).all() and (result <= 1).all())
        case "never_negative":
            return bool((result >= 0).all())
        case "mean_zero":
            return bool(np.allclose(result.mean(axis=0), 0))
        case "deviation_one":
            return bool(np.allclose(result.std(axis=0), 1))
        case "distance":
            away = (train - train.mean(axis=0)) / np.sqrt(((train - train.mean(axis=0)) ** 2).mean(axis=0))
            return bool(np.allclose(result, away))
        case "test_inside":
            return bool((beyond >= 0).all() and (beyond <= 1).all())
        case "sum_one":
            return bool(np.allclose(result.sum(axis=1), 1))
        case "fewer_features":
            return result.shape[1] < train.shape[1]
        case "becomes_normal":
            # by the fourth moment: three for a normal distribution, and never below one
            centred = result - result.mean(axis=0)
            return bool(np.allclose((centred**4).mean(axis=0) / (centred**2).mean(axis=0) ** 2, 3, atol=0.3))
    raise AssertionError(statement)


def test_which_scaling_statements_hold_for_whom_they_are_said_to(bank) -> None:
    """Each statement that can be computed holds for the methods of its group on skewed data, and for no other."""

    def min_max(x: np.ndarray, train: np.ndarray) -> np.ndarray:
        return (x - train.min(axis=0)) / np.ptp(train, axis=0)

    def standard(x: np.ndarray, train: np.ndarray) -> np.ndarray:
        return (x - train.mean(axis=0)) / train.std(axis=0)

    # which statistics are used, and of which data, is the methods' definition
    defined = {"uses_ends", "uses_mean", "from_training"}
    train = np.random.default_rng(7).exponential(size=(200, 3)) * [1, 20, 300] + [5, 50, 1]
    statements = bank["preprocessing/which_scaling"].definition.draw.__globals__["STATEMENTS"]
    for group, ids in statements.items():
        for id in set(ids) - defined:
            holds = [is_true(id, train, scale) for scale in (min_max, standard)]
            assert holds == [group in ("both", "min_max"), group in ("both", "standard")], id


def test_whose_statistics_asks_for_one_side(bank) -> None:
    """The right options are those that compute on the training data alone, or (if asked) all the others."""
    # what a procedure computes its statistics from
    sources = {
        **dict.fromkeys(("train_for_all", "split_first", "may_leave", "saved_for_new", "validation_by_train"), "train"),
        "fixed_range": "nothing",
        **dict.fromkeys(("all_before_split", "test_by_test", "test_refit", "pooled_ends", "better_of_two"), "test"),
        "new_by_batch": "new samples",
        "validation_pooled": "validation",
        "test_pixels": "test",
    }
    for seed in SEEDS:
        variant = bank["preprocessing/whose_statistics"].variant(seed)
        answer = variant.answer
        proper = {option for option in answer.options if sources[option] in ("train", "nothing")}
        right = proper if variant.parameters["asked"] == "proper" else set(answer.options) - proper
        letters = [LETTERS[answer.options.index(option)] for option in right]
        assert answer.mark(answer.read(letters)).credit == 1
