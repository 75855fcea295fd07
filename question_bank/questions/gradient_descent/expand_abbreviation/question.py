"""What an abbreviation stands for, in English."""

from collections.abc import Mapping

from question_bank import Draw, Mistake, Term, Variant, question

# for each abbreviation its term, texts with a wrong word, and texts that are no expansion of its letters
ABBREVIATIONS: Mapping[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "GD": ("gradient descent", ("gradient decrease", "gradual descent", "gradient direction", "global descent"), ()),
    "SGD": (
        "stochastic gradient descent",
        (
            *("statistical gradient descent", "probabilistic gradient descent", "standard gradient descent"),
            *("simple gradient descent", "small gradient descent", "sample gradient descent"),
        ),
        ("mini-batch SGD",),
    ),
    "BGD": (
        "batch gradient descent",
        ("binary gradient descent", "big gradient descent", "backward gradient descent", "basic gradient descent"),
        (),
    ),
    "MSE": (
        "mean squared error",
        (
            *("minimum squared error", "minimum square error", "minimal squared error", "maximum squared error"),
            *("least squared error", "mean standard error", "mean sum error", "median squared error"),
        ),
        ("L2 loss",),
    ),
    "MAE": (
        "mean absolute error",
        (
            *("minimum absolute error", "minimal absolute error", "maximum absolute error", "mean average error"),
            *("mean accuracy error", "median absolute error"),
        ),
        ("L1 loss",),
    ),
    "RMSE": (
        "root mean squared error",
        (
            *("root minimum squared error", "root minimum square error", "real mean squared error"),
            *("relative mean squared error", "root mean standard error"),
        ),
        (),
    ),
    "RMSprop": (
        "RMSprop",
        (
            *("root minimum square propagation", "root minimum squared propagation", "root mean square property"),
            *("root mean square backpropagation", "root mean square proportion"),
        ),
        (),
    ),
    "BCE": (
        "binary crossentropy",
        ("batch crossentropy", "basic crossentropy", "binary classification error", "binary categorical error"),
        (),
    ),
    "CCE": (
        "categorical crossentropy",
        ("classification crossentropy", "class crossentropy", "categorical classification error"),
        (),
    ),
    "AUC": (
        "area under the curve",
        (
            *("accuracy under the curve", "accuracy under curve", "average under the curve", "axis under the curve"),
            *("area under the classification", "accuracy under control"),
        ),
        (),
    ),
    "OOV": (
        "out of vocabulary",
        ("out of value", "out of vector", "out of variable", "only one vector", "out of voice", "out of validation"),
        (),
    ),
}
# what is asked last is easily answered by its neighbour
NEIGHBOURS = {"MSE": "mean absolute error", "MAE": "mean squared error", "RMSE": "mean squared error"}


@question(facts=["F06", "F13", "F26"], points=1, minutes=1, book="closed")
def expand_abbreviation(draw: Draw) -> Variant:
    short = draw.choice(sorted(ABBREVIATIONS))
    term, wrong_words, not_expanded = ABBREVIATIONS[short]
    mistakes = {text: Mistake("wrong_word") for text in wrong_words}
    mistakes |= {text: Mistake("minimum_for_mean") for text in wrong_words if "minim" in text}
    mistakes |= {text: Mistake("not_expanded") for text in (short, *not_expanded)}
    if short in NEIGHBOURS:
        mistakes[NEIGHBOURS[short]] = Mistake("neighbour")
    return Variant(
        {"short": short, "phrasing": draw.choice(("stands_for", "write_out", "colleague"))},
        Term(term, mistakes=mistakes, language="en", other_language=Mistake("in_korean", credit=0.5)),
    )
