"""`model(x)` and `model.predict(x)`: which to use where, what is the same and what differs."""

from question_bank import Choice, Draw, Mistake, Variant, question

WORDINGS = 3
# situations in which one of the two fits, and the reason
SITUATIONS = {
    "much_data": "predict_batches",
    "one_sample": "call_quick",
    "gradient": "call_gradient",
}
# for each reason, what somebody might take for it: the same call with a wrong reason, and the other call
SAME_CALL = {
    "predict_batches": ("predict_trains", "predict_one_by_one"),
    "call_quick": ("call_approximate", "call_batches"),
    "call_gradient": ("call_approximate", "call_trains"),
}
OTHER_CALL = {
    "predict_batches": ("call_batches", "call_all_faster"),
    "call_quick": ("predict_single_faster", "predict_needed"),
    "call_gradient": ("predict_gradient", "predict_finds_gradients"),
}
SAME = ("same_outputs", "same_weights", "no_training", "no_targets")
NOT_SAME = ("both_at_once", "both_batches", "both_arrays", "both_batch_size", "both_loss", "both_change")
DIFFERENT = ("at_once_or_batches", "tensor_or_array", "batch_size_or_not", "calls_call")
NOT_DIFFERENT = (
    "other_values",
    "predict_updates",
    "call_skips_layers",
    "call_needs_targets",
    "only_before",
    "one_sample_only",
)


@question(facts=["F40"], points=2, minutes=2, book="both")
def call_or_predict(draw: Draw) -> Variant:
    asked = draw.choice(("which", "same", "differs"))
    parameters: dict[str, object] = {"asked": asked}
    if asked == "which":
        situation = draw.choice(sorted(SITUATIONS))
        right = SITUATIONS[situation]
        wrong = [draw.choice(SAME_CALL[right]), *OTHER_CALL[right]]
        parameters |= {"situation": situation, "story": draw.integer(0, 3)}
    else:
        rights, wrongs = (SAME, NOT_SAME) if asked == "same" else (DIFFERENT, NOT_DIFFERENT)
        right, wrong = draw.choice(rights), draw.sample(wrongs, 3)
        parameters |= {"wording": {id: draw.integer(0, 1) for id in (right, *wrong)}}
    parameters |= {"samples": 1000 * draw.integer(20, 90), "batch_size": draw.choice((64, 128, 256))}
    return Variant(parameters, Choice.shuffled(draw, right=right, wrong=[Mistake(id) for id in wrong]))
