"""Two dense layers in numpy, for a batch."""

from question_bank import Code, Draw, Variant, question

NAMES = (
    ("x", "W1", "b1", "W2", "b2"),
    ("X", "V", "v", "W", "w"),
    ("inputs", "kernel1", "bias1", "kernel2", "bias2"),
)
FUNCTIONS = ("forward", "predict", "two_layers")
OUTPUTS = ("linear", "relu", "sigmoid")


@question(facts=["F01", "F18", "F02"], points=5, minutes=8, book="both")
def numpy_dense(draw: Draw) -> Variant:
    x, w1, b1, w2, b2 = draw.choice(NAMES)
    function = draw.choice(FUNCTIONS)
    return Variant(
        {
            "function": function,
            "x": x,
            "w1": w1,
            "b1": b1,
            "w2": w2,
            "b2": b2,
            # of the second layer; the first one's is always ReLU
            "output": draw.choice(OUTPUTS),
        },
        Code(
            "function",
            defines=(function,),
            mistakes=(
                *("bias_forgotten", "raw_input", "first_layer_only", "transposed"),
                *("relu_missing", "relu_before_bias", "output_activation_missing", "output_activation_wrong"),
            ),
        ),
    )
