"""Which ways of scaling use the statistics of the right data."""

from question_bank import Choices, Draw, Mistake, Variant, question

PROPER = ("train_for_all", "split_first", "may_leave", "saved_for_new", "validation_by_train", "fixed_range")
IMPROPER = (
    "all_before_split",
    "test_by_test",
    "test_refit",
    "pooled_ends",
    "new_by_batch",
    "better_of_two",
    "validation_pooled",
    "test_pixels",
)
SETTINGS = ("houses", "patients", "students", "sensors")


@question(facts=["F15"], points=2, minutes=3, book="closed")
def whose_statistics(draw: Draw) -> Variant:
    asked = draw.choice(("proper", "improper"))
    proper = draw.sample(PROPER, draw.choice((2, 3)))
    improper = draw.sample(IMPROPER, 5 - len(proper))
    options = draw.shuffled([*proper, *improper])
    return Variant(
        {
            "asked": asked,
            "setting": draw.choice(SETTINGS),
            "pixels": not {"fixed_range", "test_pixels"}.isdisjoint(options),
        },
        # leaving one out is a mistake too; the sentence says what to think of the option
        Choices(
            tuple(proper if asked == "proper" else improper),
            tuple(options),
            {option: Mistake(option) for option in options},
        ),
    )
