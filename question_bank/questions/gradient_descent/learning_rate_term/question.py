"""The English name of the factor in front of the gradient, and of the kind of value that it is."""

from question_bank import Draw, Mistake, Term, Variant, question

# the textbook's word and usual symbols; then rates of usual size
SYMBOLS = ("step", "s", "eta", "alpha", "η", "α")
RATES = ("0.1", "0.05", "0.01", "0.005", "0.001", "0.0001")
WORDINGS = ("formula", "code", "keyword", "sizes", "contrast", "kind_by_contrast", "kind_by_list", "kind_by_story")


def _answer(asked: str) -> Term:
    in_korean = Mistake("in_korean", credit=0.5)
    if asked == "hyperparameter":
        mistakes = {term: Mistake("learned") for term in ("parameter", "weight", "bias")}
        mistakes |= {term: Mistake("one_example", credit=0.25) for term in ("learning rate", "batch size")}
        mistakes |= {text: Mistake("wrong_word") for text in ("superparameter", "metaparameter", "upper parameter")}
        return Term(asked, mistakes=mistakes, language="en", other_language=in_korean)
    mistakes = {text: Mistake("only_a_symbol", credit=0.25) for text in SYMBOLS}
    mistakes |= {"lr": Mistake("abbreviated", credit=0.5), "hyperparameter": Mistake("too_general", credit=0.25)}
    mistakes |= {text: Mistake("wrong_word") for text in ("learning ratio", "learning speed", "learning step")}
    mistakes |= {text: Mistake("wrong_word") for text in ("training rate", "study rate", "learning factor")}
    mistakes |= {term: Mistake("other_factor") for term in ("gradient", "derivative", "partial derivative")}
    mistakes |= {term: Mistake("other_value") for term in ("momentum", "epoch", "batch size", "weight", "bias")}
    return Term(asked, mistakes=mistakes, language="en", other_language=in_korean)


@question(facts=["F05"], points=1, minutes=1, book="closed")
def learning_rate_term(draw: Draw) -> Variant:
    # half of the time with a symbol or a number to see, which is where the texts differ most
    wording = draw.choice((*WORDINGS[:3] * 3, *WORDINGS[3:]))
    asked = "hyperparameter" if wording.startswith("kind") else "learning rate"
    shown = {"formula": SYMBOLS, "code": RATES, "keyword": RATES}.get(wording, ("",))
    return Variant({"asked": asked, "wording": wording, "shown": draw.choice(shown)}, _answer(asked))
