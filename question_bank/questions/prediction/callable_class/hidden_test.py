"""
Objects of the student's class, made with weights and called with batches.

The objects stay in the student's process; a call reaches them there. Where the numbers before an activation
are positive, relu changes nothing: products and activations are tested apart.
"""

import numpy as np

from question_bank.checks import array, assert_close, expect, fail, points

ACTIVATIONS = {
    "none": lambda z: z,
    "relu": lambda z: np.where(z > 0, z, 0),
    "sigmoid": lambda z: 0.5 + 0.5 * np.tanh(z / 2),
    "tanh": np.tanh,
}
CLOSE = {"atol": 1e-5, "rtol": 1e-4}


def affine(x, w, b):
    """For each sample: each neuron's weighted sum of the inputs, plus its bias."""
    return (x[:, :, np.newaxis] * w).sum(axis=1) + b


def matches(got, want):
    """Whether *got* is *want* in shape and value, with any of the activations."""
    made = [activation(want) for activation in ACTIVATIONS.values()]
    return any(got.shape == values.shape and np.allclose(got, values, **CLOSE) for values in made)


def check_class(layer, variant):
    """Fails unless *layer* is an object of the class that was asked for."""
    kind = getattr(layer, "type_name", type(layer).__name__)
    expect(kind == variant.name, "no_class", f"made an object of type {kind}")


def called(student, layer, x):
    """What the object *layer* returns for *x*."""
    try:
        result = student.call(layer, x)
    except Exception as error:
        if "not callable" in str(error):
            fail("not_callable", str(error))
        raise
    expect(result is not None, "nothing_returned")
    return array(result)


@points(2)
def test_product(student, variant, rng):
    """A call multiplies by the object's weights and adds its biases (all numbers positive)."""
    x, w, b = rng.uniform(0.1, 0.6, (5, 4)), rng.uniform(0.1, 0.6, (4, 4)), rng.uniform(0.1, 0.6, 4)
    got = called(student, student.call(variant.name, w, b), x)
    # any activation: the next test looks at that
    if matches(got, affine(x, w, b)):
        return
    if matches(got, affine(x, w, 0)):
        fail("bias_forgotten", "equals the product alone")
    if matches(got, affine(x, w.T, b)):
        fail("transposed", "equals the product with the transposed weights")
    fail(detail=f"values differ, shape {got.shape}")


@points(2)
def test_activation(student, variant, rng):
    """The activation is the stated one, applied to the sum with the bias."""
    x, w, b = rng.normal(size=(40, 5)), rng.normal(size=(5, 3)), rng.normal(size=3)
    layer = student.call(variant.name, w, b)
    got = called(student, layer, x)
    check_class(layer, variant)
    z, right = affine(x, w, b), ACTIVATIONS[variant.activation]
    wrong = {"bias_forgotten": right(affine(x, w, 0))}
    if variant.activation != "none":
        wrong |= {"activation_missing": z, "activation_wrong": right(affine(x, w, 0)) + b}
    for name, activation in ACTIVATIONS.items():
        other = activation(z)
        if name not in ("none", variant.activation) and got.shape == z.shape and np.allclose(got, other, **CLOSE):
            fail("activation_wrong", name)
    assert_close(got, right(z), mistakes=wrong, **CLOSE)


@points(2)
def test_objects(student, variant, rng):
    """Each object keeps its own weights, and takes batches of any size, again and again (biases zero)."""
    first, second = rng.uniform(0.1, 0.6, (6, 3)), rng.uniform(0.1, 0.6, (6, 3))
    layers = [student.call(variant.name, w, np.zeros(3)) for w in (first, second)]
    for samples in (1, 7):
        x = rng.uniform(0.1, 0.6, (samples, 6))
        for layer, w, others in ((layers[0], first, second), (layers[1], second, first)):
            got = called(student, layer, x)
            check_class(layer, variant)
            if matches(got, affine(x, others, 0)):
                fail("shared_weights", "the weights of another object")
            expect(matches(got, affine(x, w, 0)), detail=f"values differ, shape {got.shape}")
