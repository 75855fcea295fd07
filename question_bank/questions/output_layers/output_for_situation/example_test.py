"""What everybody may see: the model takes the inputs of the situation and has been compiled."""

import numpy as np

from question_bank.checks import array, expect, points


@points(1)
def test_example_takes_inputs(student, variant):
    """Three samples give three rows of finite numbers."""
    outputs = array(student.model("model").predict(np.zeros((3, variant.inputs), dtype="float32")))
    expect(outputs.ndim == 2 and len(outputs) == 3, detail=f"shape {outputs.shape}")
    expect(bool(np.isfinite(outputs).all()), detail="not finite")


@points(1)
def test_example_is_compiled(student):
    """`compile` was told a loss."""
    expect(bool(student.model("model").compiled["loss"]), "not_compiled")
