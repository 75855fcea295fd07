"""The order of the steps of one pass of the training loop."""

from question_bank import Draw, Mistake, Order, Variant, question

STEPS = ("take_batch", "predict", "loss", "gradient", "update")


@question(facts=["F12", "F04"], points=2, minutes=2, book="closed")
def training_loop_steps(draw: Draw) -> Variant:
    return Variant(
        {"wording": draw.choice(("words", "symbols"))},
        Order.shuffled(
            draw,
            STEPS,
            mistakes={
                "loss>predict": Mistake("loss_before_prediction"),
                "gradient>loss": Mistake("gradient_before_loss"),
                "update>gradient": Mistake("update_before_gradient"),
                "predict>take_batch": Mistake("no_batch_yet"),
            },
        ),
    )
