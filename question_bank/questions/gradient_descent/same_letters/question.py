"""The same letters with an index in two formulas: a weight before and after an update, and a bias beside a weight."""

from question_bank import Choice, Draw, Mistake, Variant, question

OTHERS = ("two_inputs", "two_layers", "two_samples", "two_rates")
INPUTS = ("x1", "x1 + w2 x2", "x1 + w2 x2 + w3 x3")


@question(facts=["F04"], points=1, minutes=1, book="closed")
def same_letters(draw: Draw) -> Variant:
    asked = draw.choice(("update", "sum"))
    right, other = ("one_weight", "bias_and_weight") if asked == "update" else ("bias_and_weight", "one_weight")
    # what is right of the one formula is always there as the mistake about the other
    wrong = [other, *draw.sample(OTHERS, 2)]
    step = draw.choice(("step", "lr", "learning_rate"))
    gradient = draw.choice(("grad f(w0)", "f'(w0)", "gradient(f, w0)"))
    return Variant(
        {
            "asked": asked,
            "update_formula": f"w1 = w0 - {step} * {gradient}",
            "sum_formula": f"{draw.choice(('y', 'output', 'z'))} = w0 + w1 {draw.choice(INPUTS)}",
            "update_first": draw.choice((True, False)),
            "wording": {option: draw.integer(0, 1) for option in ("one_weight", "bias_and_weight", *OTHERS)},
        },
        Choice.shuffled(draw, right=right, wrong=[Mistake(option) for option in wrong]),
    )
