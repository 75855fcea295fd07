"""How many weights a dense layer holds, bias included."""

from question_bank import Draw, Mistake, Number, Variant, question


@question(facts=["F20", "F49"], points=2, minutes=2, book="closed")
def count_weights(draw: Draw) -> Variant:
    inputs, units = draw.integer(3, 9), draw.integer(3, 9)
    return Variant(
        {"inputs": inputs, "units": units},
        Number(
            units * (inputs + 1),
            mistakes={
                units * inputs: Mistake("bias_forgotten", credit=0.5),
                inputs * (units + 1): Mistake("bias_per_input"),
                units * inputs + 1: Mistake("one_bias_for_all", credit=0.25),
                units: Mistake("counted_neurons"),
                units + inputs: Mistake("added_sizes"),
            },
        ),
    )
