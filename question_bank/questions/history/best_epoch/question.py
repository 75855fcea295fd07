"""The best epoch of a training run, found in the dictionary that `history.history` is."""

from question_bank import Code, Draw, Variant, question

FUNCTIONS = ("best_epoch", "find_best_epoch", "when_to_stop", "pick_epoch")
ARGUMENTS = ("history", "record", "values", "log")
# the key to go by, whether its lowest or its highest value is best, and the other measure that is recorded
KEYS = (
    ("val_loss", "lowest", "accuracy"),
    ("val_loss", "lowest", "mae"),
    ("val_mae", "lowest", "mae"),
    ("val_accuracy", "highest", "accuracy"),
)


@question(facts=["F50"], points=6, minutes=8, book="open")
def best_epoch(draw: Draw) -> Variant:
    key, best, metric = draw.choice(KEYS)
    function = draw.choice(FUNCTIONS)
    return Variant(
        {"function": function, "argument": draw.choice(ARGUMENTS), "key": key, "best": best, "metric": metric},
        Code(
            "function",
            defines=(function,),
            mistakes=(
                *("from_zero", "training_data", "other_measure", "wrong_end", "last_epoch", "last_of_equals"),
                *("value_missing", "epoch_missing", "swapped_pair", "nothing_returned"),
            ),
        ),
    )
