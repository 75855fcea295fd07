"""What one letter of an abbreviation stands for."""

from collections.abc import Mapping, Sequence

from question_bank import Choice, Draw, Mistake, Variant, question

MEAN = ("mean", ("minimum", "median", "maximum", "momentum", "matrix"))
ROOT = ("root", ("relative", "real", "rate", "random", "rounded"))
SQUARED = ("squared", ("standard", "summed", "stochastic", "scaled", "shifted"))
ERROR = ("error", ("entropy", "epoch", "estimate", "evaluation", "encoding"))
GRADIENT = ("gradient", ("global", "gradual", "generalized", "Gaussian", "guided"))
DESCENT = ("descent", ("direction", "derivative", "decay", "distance", "data"))
# (abbreviation, what is shown of it): the right word and others with that initial
LETTERS: Mapping[tuple[str, str], tuple[str, Sequence[str]]] = {
    ("RMSprop", "M"): MEAN,
    ("RMSprop", "R"): ROOT,
    ("RMSprop", "prop"): ("propagation", ("property", "proportion", "proposal", "proper", "propulsion")),
    ("MSE", "M"): MEAN,
    ("MSE", "S"): SQUARED,
    ("MSE", "E"): ERROR,
    ("RMSE", "M"): MEAN,
    ("RMSE", "R"): ROOT,
    ("RMSE", "S"): SQUARED,
    ("MAE", "M"): MEAN,
    ("MAE", "A"): ("absolute", ("average", "accuracy", "adaptive", "approximate", "additive")),
    ("MAE", "E"): ERROR,
    ("AUC", "A"): ("area", ("accuracy", "average", "axis", "activation", "angle")),
    ("AUC", "U"): ("under", ("upper", "unit", "uniform", "update", "unseen")),
    ("AUC", "C"): ("curve", ("class", "correlation", "chance", "confidence", "count")),
    ("GD", "G"): GRADIENT,
    ("GD", "D"): DESCENT,
    ("SGD", "S"): ("stochastic", ("statistical", "standard", "simple", "sample", "supervised")),
    ("SGD", "G"): GRADIENT,
    ("SGD", "D"): DESCENT,
    ("BGD", "B"): ("batch", ("backward", "binary", "basic", "balanced", "best")),
    ("BGD", "D"): DESCENT,
    ("OOV", "V"): ("vocabulary", ("value", "vector", "variable", "validation", "voice")),
}


@question(facts=["F13", "F06", "F26"], points=1, minutes=1, book="closed")
def letters(draw: Draw) -> Variant:
    short, part = draw.choice(sorted(LETTERS))
    word, others = LETTERS[short, part]
    wrong = draw.sample(others, 3)
    if word == "mean" and "minimum" not in wrong:
        # the usual confusion is always at hand
        wrong[0] = "minimum"
    options = dict(zip(draw.shuffled(["one", "two", "three", "four"]), [word, *wrong], strict=True))
    ids = {text: id for id, text in options.items()}
    mistakes = {
        ids[text]: Mistake("minimum_for_mean" if (word, text) == ("mean", "minimum") else "other_word")
        for text in wrong
    }
    return Variant(
        {"short": short, "part": part, "word": word, "words": options},
        Choice(ids[word], tuple(draw.shuffled(list(options))), mistakes),
    )
