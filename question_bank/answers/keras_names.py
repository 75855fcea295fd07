"""What a student's words for an activation, a loss, a metric or a number of units mean to Keras."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Callable

from question_bank.answers import array_forms
from question_bank.answers.base import Malformed
from question_bank.answers.numbers import read_number

__all__ = ["MEANINGS", "meaning"]

_ACTIVATIONS = {
    "linear": (
        "linear",
        "none",
        "no",
        "noactivation",
        "identity",
        "없음",
        "선형",
        "항등",
        "사용안함",
        "안씀",
        "활성화함수없음",
    ),
    "sigmoid": ("sigmoid", "시그모이드", "logistic", "logisticsigmoid"),
    "softmax": ("softmax", "소프트맥스"),
    "relu": ("relu", "렐루"),
    "tanh": ("tanh", "하이퍼볼릭탄젠트"),
}
_LOSSES = {
    "binary_crossentropy": ("binarycrossentropy", "bce", "이진크로스엔트로피", "이진교차엔트로피"),
    "categorical_crossentropy": (
        "categoricalcrossentropy",
        "cce",
        "범주형크로스엔트로피",
        "범주형교차엔트로피",
    ),
    "sparse_categorical_crossentropy": (
        *("sparsecategoricalcrossentropy", "scce", "sparsecce"),
        *("희소범주형크로스엔트로피", "희소범주형교차엔트로피"),
    ),
    "mse": ("mse", "meansquarederror", "평균제곱오차"),
    "mae": ("mae", "meanabsoluteerror", "평균절댓값오차", "평균절대오차", "평균절대값오차"),
    "huber": ("huber", "huberloss", "후버", "후버손실", "휴버"),
    "log_cosh": ("logcosh", "로그코시"),
    "crossentropy": ("crossentropy", "크로스엔트로피", "교차엔트로피"),
    "accuracy": ("accuracy", "acc", "정확도"),
}
_METRICS = {
    "accuracy": ("accuracy", "acc", "정확도"),
    "binary_accuracy": ("binaryaccuracy",),
    "categorical_accuracy": ("categoricalaccuracy",),
    "sparse_categorical_accuracy": ("sparsecategoricalaccuracy",),
    "precision": ("precision", "정밀도"),
    "recall": ("recall", "재현율"),
    "auc": ("auc",),
    "mse": ("mse", "meansquarederror", "평균제곱오차"),
    "mae": ("mae", "meanabsoluteerror", "평균절댓값오차", "평균절대오차", "평균절대값오차"),
    "rmse": ("rmse", "rootmeansquarederror", "평균제곱근오차"),
}
_OPTIMIZERS = {
    "sgd": ("sgd", "stochasticgradientdescent", "확률적경사하강법"),
    "rmsprop": ("rmsprop", "rootmeansquarepropagation", "알엠에스프롭"),
    "adam": ("adam", "아담"),
    "adagrad": ("adagrad",),
    "adamw": ("adamw",),
}
_LONGEST = 200


def _words(text: str) -> str:
    """*text* with the underscores, spaces and punctuation gone that students place freely."""
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(c for c in text if c.isalnum())


def _table(table: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {_words(word): name for name, words in table.items() for word in (name, *words)}


def _call_of(text: str) -> tuple[str, dict[str, object]]:
    """
    The name and the keyword arguments of `keras.losses.BinaryCrossentropy(from_logits=True)`.

    Text that is no Python, or no call, is a name without arguments.
    """
    text = text.strip().strip("'\"").strip()
    try:
        node = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return text, {}
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value, {}
    arguments: dict[str, object] = {}
    if isinstance(node, ast.Call):
        for keyword in node.keywords:
            if keyword.arg is None or not isinstance(keyword.value, ast.Constant):
                raise Malformed("arguments must be plain values")
            arguments[keyword.arg] = keyword.value.value
        if node.args:
            # from_logits is the first parameter of Keras' cross-entropies
            first = node.args[0]
            arguments["from_logits"] = first.value if isinstance(first, ast.Constant) else first
        node = node.func
    if isinstance(node, ast.Attribute):
        return node.attr, arguments
    return (node.id, arguments) if isinstance(node, ast.Name) else (text, arguments)


def _text(given: object) -> str:
    if isinstance(given, list | tuple) and len(given) == 1:
        given = given[0]
    if given is None:
        return "none"
    if not isinstance(given, str):
        raise Malformed("expected a name in quotation marks")
    if len(given) > _LONGEST:
        raise Malformed("too long for a name")
    return given


def _units(given: object) -> object:
    value, percent = read_number(given)
    if percent or value != int(value):
        raise Malformed("expected a whole number")
    return int(value)


def _activation(given: object) -> object:
    name, arguments = _call_of(_text(given))
    if arguments:
        raise Malformed("an activation takes no arguments here")
    return _table(_ACTIVATIONS).get(_words(name.removesuffix("function").removesuffix("함수")), _unknown(name))


def _loss(given: object) -> object:
    name, arguments = _call_of(_text(given))
    loss = _table(_LOSSES).get(_words(re.sub(r"(\s*(loss|손실|손실 함수))$", "", name)), _unknown(name))
    from_logits = arguments.pop("from_logits", False)
    # other arguments (reduction, name) do not change whether the combination trains
    return f"{loss} from_logits" if from_logits is True else loss


def _metric(given: object) -> object:
    if isinstance(given, list | tuple) and len(given) > 1:
        return sorted({str(_metric(item)) for item in given})
    text = _text(given).strip().removeprefix("[").removesuffix("]").strip().rstrip(",")
    if "," in text and "(" not in text:
        return _metric([part.strip() for part in text.split(",")])
    name, _ = _call_of(text)
    return _table(_METRICS).get(_words(name), _unknown(name))


def _optimizer(given: object) -> object:
    name, _ = _call_of(_text(given))
    return _table(_OPTIMIZERS).get(_words(name), _unknown(name))


def _unknown(name: str) -> str:
    return f"? {_words(name)[:40]}"


MEANINGS: dict[str, Callable[[object], object]] = {
    "units": _units,
    "activation": _activation,
    "loss": _loss,
    "metric": _metric,
    "optimizer": _optimizer,
    "number": lambda given: read_number(given)[0],
    "shape": array_forms.shape,
    "dtype": array_forms.dtype,
    "labels": array_forms.labels,
}
"""How to read each type of field; a word that names nothing known becomes `? word`, which matches nothing."""


def meaning(kind: str, given: object) -> object:
    """
    What *given* means as a *kind*, one of `MEANINGS`: `BinaryCrossentropy(from_logits=True)` and
    `"binary crossentropy from logits"` are not the same, `"bce"` and `keras.losses.binary_crossentropy` are.

    Raises:
        Malformed: it has not the form of such a field.
    """
    return MEANINGS[kind](given)
