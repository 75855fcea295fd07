"""Keras began as a wrapper over several libraries; TensorFlow 2.0 made it its API."""

from question_bank import Choice, Draw, Mistake, Variant, question

# what is asked: the right option, then those of which three are shown
ASPECTS = {
    "how_it_began": ("wrapper", ("hardware_driver", "part_of_tensorflow", "pytorch_fork", "data_tool")),
    "what_changed": ("became_api", ("was_dropped", "was_first_made", "split_off", "data_only")),
    "when": ("in_2019", ()),
}
EARLIER, LATER = ("in_2011", "in_2015", "in_2017"), ("in_2021", "in_2022", "in_2023")
WORDINGS = 3


@question(facts=["F19"], points=1, minutes=1, book="open")
def keras_history(draw: Draw) -> Variant:
    aspect = draw.choice(sorted(ASPECTS))
    right, others = ASPECTS[aspect]
    if aspect == "when":
        # the right date is the first, second, third or last equally often
        earlier = draw.integer(0, 3)
        wrong = [*draw.sample(EARLIER, earlier), *draw.sample(LATER, 3 - earlier)]
    else:
        wrong = draw.sample(others, 3)
    return Variant(
        {
            "aspect": aspect,
            "asked": draw.integer(0, WORDINGS - 1),
            "wording": {option: draw.integer(0, 1) for option in (right, *wrong)},
        },
        Choice.shuffled(draw, right=right, wrong=[Mistake(option) for option in wrong]),
    )
