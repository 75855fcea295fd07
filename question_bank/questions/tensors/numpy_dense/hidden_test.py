"""
Two dense layers: relu, then the activation that the variant states.

Where the numbers before an activation are positive, relu changes nothing: products and activations are tested apart.
"""

import numpy as np

from question_bank.checks import array, assert_close, expect, fail, points

ACTIVATIONS = {
    "linear": lambda z: z,
    "relu": lambda z: np.where(z > 0, z, 0),
    "sigmoid": lambda z: 0.5 + 0.5 * np.tanh(z / 2),
}
CLOSE = {"atol": 1e-5, "rtol": 1e-4}


def affine(x, w, b):
    """For each sample: each neuron's weighted sum of the inputs, plus its bias."""
    return (x[:, :, np.newaxis] * w).sum(axis=1) + b


def network(draw, samples, features, hidden, outputs):
    """A batch and the arrays of both layers, all drawn by *draw*(shape)."""
    return (
        draw((samples, features)),
        *(draw((features, hidden)), draw((hidden,))),
        *(draw((hidden, outputs)), draw((outputs,))),
    )


def matches(got, want):
    """Whether *got* is *want* in shape and value."""
    return got.shape == want.shape and bool(np.allclose(got, want, **CLOSE))


@points(2)
def test_products(student, variant, rng):
    """Each layer multiplies by its weights, adds its biases and passes the result on (all numbers positive)."""
    x, w1, b1, w2, b2 = network(lambda shape: rng.uniform(0.1, 0.6, shape), 5, 4, 4, 3)
    got = array(student.call(variant.function, x, w1, b1, w2, b2))
    hidden = affine(x, w1, b1)
    wrong = {
        "bias_forgotten": affine(affine(x, w1, 0), w2, 0),
        "raw_input": affine(x, w2, b2),
        "first_layer_only": hidden,
        "transposed": affine(affine(x, w1.T, b1), w2, b2),
    }
    # any activation of the output: the next test looks at that
    if any(matches(got, activation(affine(hidden, w2, b2))) for activation in ACTIVATIONS.values()):
        return
    for name, values in wrong.items():
        if any(matches(got, activation(values)) for activation in ACTIVATIONS.values()):
            fail(name, "equals the result of this mistake")
    fail(detail=f"values differ, shape {got.shape}")


@points(3)
def test_activations(student, variant, rng):
    """The activation of each layer is the stated one, applied to the sum with the bias."""
    x, w1, b1, w2, b2 = network(lambda shape: rng.normal(size=shape), 40, 5, 5, 3)
    relu, output = ACTIVATIONS["relu"], ACTIVATIONS[variant.output]
    z = affine(relu(affine(x, w1, b1)), w2, b2)
    others = [name for name in ACTIVATIONS if name not in (variant.output, "linear")]
    wrong = {
        "relu_missing": output(affine(affine(x, w1, b1), w2, b2)),
        "relu_before_bias": output(affine(relu(affine(x, w1, 0)) + b1, w2, b2)),
        "bias_forgotten": output(affine(relu(affine(x, w1, 0)), w2, 0)),
        "raw_input": output(affine(x, w2, b2)),
        "first_layer_only": relu(affine(x, w1, b1)),
    }
    got = array(student.call(variant.function, x, w1, b1, w2, b2))
    if variant.output != "linear":
        wrong["output_activation_missing"] = z
    if any(matches(got, ACTIVATIONS[name](z)) for name in others):
        fail("output_activation_wrong", "another activation of the output")
    assert_close(got, output(z), mistakes=wrong, **CLOSE)


@points(1)
def test_batch(student, variant, rng):
    """Every batch size works, and each sample gets a row of its own (biases zero, all numbers positive)."""
    x, w1, _, w2, _ = network(lambda shape: rng.uniform(0.1, 0.6, shape), 9, 6, 5, 2)
    want = affine(affine(x, w1, 0), w2, 0)
    for samples in (9, 1):
        got = array(student.call(variant.function, x[:samples], w1, np.zeros(5), w2, np.zeros(2)))
        expect(got.shape == (samples, 2), detail=f"shape {got.shape} for {samples} samples")
        expect(any(matches(got, activation(want[:samples])) for activation in ACTIVATIONS.values()), detail="values")
