"""The output of a tiny network with ReLU, one of whose two hidden neurons is switched off."""

from question_bank import Draw, Mistake, Number, Variant, question

INPUTS, WEIGHTS, BIASES = (-2, -1, 1, 2, 3), (-3, -2, -1, 1, 2, 3, 4), (-4, -3, -2, -1, 1, 2, 3, 4)


@question(facts=["F18"], points=2, minutes=3, book="closed")
def neuron_output(draw: Draw) -> Variant:
    while True:
        x = draw.sample(INPUTS, 2)
        hidden = [[*draw.sample(WEIGHTS, 2), draw.choice(BIASES)] for _ in range(2)]
        output = [*draw.sample(WEIGHTS, 2), draw.choice(BIASES)]
        before = [_sum(neuron, x) for neuron in hidden]
        # in every variant ReLU changes exactly one of the two
        if min(before) > -2 or max(before) < 2:
            continue
        right = _sum(output, [max(0, z) for z in before])
        wrong = {
            "no_relu": _sum(output, before),
            "absolute_value": _sum(output, [abs(z) for z in before]),
            "kept_the_negative": _sum(output, [min(0, z) for z in before]),
            "hidden_bias_forgotten": _sum(output, [max(0, _sum([*neuron[:2], 0], x)) for neuron in hidden]),
            "output_bias_forgotten": right - output[2],
        }
        if len({right, right + 1, *wrong.values()}) == len(wrong) + 2 and abs(right) < 40:
            break
    return Variant(
        {
            "x": x,
            "lines": [_line(neuron, ("x1", "x2")) for neuron in hidden],
            "output": _line(output, ("h1", "h2")),
            "before": before,
            "after": [max(0, z) for z in before],
            "right": right,
            "wrong": wrong,
        },
        Number(
            right,
            mistakes={
                wrong["no_relu"]: Mistake("no_relu"),
                wrong["absolute_value"]: Mistake("absolute_value"),
                wrong["kept_the_negative"]: Mistake("kept_the_negative"),
                wrong["hidden_bias_forgotten"]: Mistake("hidden_bias_forgotten", credit=0.5),
                wrong["output_bias_forgotten"]: Mistake("output_bias_forgotten", credit=0.5),
            },
        ),
    )


def _sum(neuron: list[int], inputs: list[int]) -> int:
    return neuron[0] * inputs[0] + neuron[1] * inputs[1] + neuron[2]


def _line(neuron: list[int], names: tuple[str, str]) -> str:
    """`2·x1 − x2 + 3`"""
    terms = [f"{abs(w)}·{name}" if abs(w) != 1 else name for w, name in zip(neuron, names, strict=False)]
    signs = ["−" if number < 0 else "+" for number in neuron]
    first = terms[0] if signs[0] == "+" else f"−{terms[0]}"
    return f"{first} {signs[1]} {terms[1]} {signs[2]} {abs(neuron[2])}"
