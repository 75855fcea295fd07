"""A convolution shares its weights over all places of an image, a dense layer does not."""

from question_bank import Choice, Draw, Mistake, Variant, question

# what is asked: the right option, then the wrong ones
ASPECTS = {
    "larger_image": ("only_dense_grows", ("both_grow", "both_stay", "only_convolution_grows")),
    "who_shares": ("convolution_shares", ("dense_shares", "both_share", "nobody_shares")),
    "why_fewer": ("same_kernel", ("no_biases", "picks_pixels", "averages")),
}


@question(facts=["F23", "F21"], points=1, minutes=2, book="closed", final=True)
def shared_weights(draw: Draw) -> Variant:
    aspect = draw.choice(sorted(ASPECTS))
    right, wrong = ASPECTS[aspect]
    side, channels = draw.choice((20, 24, 28, 32, 40)), draw.choice((1, 3))
    filters, kernel, units = draw.choice((8, 16, 32)), draw.choice((3, 5)), draw.choice((8, 16, 32))
    return Variant(
        {
            "aspect": aspect,
            "side": side,
            "channels": channels,
            "filters": filters,
            "kernel": kernel,
            "units": units,
            "convolution": filters * (kernel * kernel * channels + 1),
            "dense": units * (side * side * channels + 1),
            "dense_after": units * (4 * side * side * channels + 1),
        },
        Choice.shuffled(draw, right=right, wrong=[Mistake(option) for option in wrong]),
    )
