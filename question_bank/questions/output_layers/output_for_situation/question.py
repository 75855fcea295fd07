"""A compiled Keras model for a situation told in words."""

import tomllib
from pathlib import Path

from question_bank import Code, Draw, Variant, question

SITUATIONS = tomllib.loads(Path(__file__).with_name("situations.toml").read_text(encoding="utf-8"))["situation"]


@question(facts=["F45", "F46", "F48"], points=4, minutes=6, book="both")
def output_for_situation(draw: Draw) -> Variant:
    kind = draw.choice(("binary", "integers", "one_hot", "regression"))
    told = draw.choice([s for s in SITUATIONS if s["kind"] == kind])
    units = draw.choice(told["counts"])
    texts = {language: told[language].format(n=units, last=units - 1) for language in ("ko", "en")}
    return Variant(
        {
            "situation": told["id"],
            "kind": kind,
            "n": units,
            "inputs": draw.choice((12, 18, 24, 30, 40)),
            "told": texts,
        },
        Code(
            "model",
            defines=("model",),
            mistakes=(
                *("not_compiled", "unknown_loss", "accuracy_as_loss"),
                *("softmax_on_one_unit", "two_units", "units_off", "activation_twice"),
                *("sigmoid_for_multi_class", "activation_on_regression", "wrong_activation"),
                *("logits_unannounced", "logits_with_activation"),
                *("label_form", "binary_loss", "multi_class_loss"),
                *("crossentropy_for_regression", "error_for_classification"),
                *("input_size_missing", "input_size_wrong"),
            ),
        ),
    )
