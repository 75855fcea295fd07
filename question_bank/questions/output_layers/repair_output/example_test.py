"""What everybody may see: the model takes the given inputs, and its output layer is no longer the given one."""

import numpy as np

from question_bank.checks import array, expect, points


@points(1)
def test_example_last_layer(student, variant):
    """The last layer is another one, and four samples still give four rows of numbers."""
    model = student.model("model")
    last = model.layers[-1]
    given = (variant.broken["units"], variant.broken["activation"])
    expect((last.config.get("units"), last.config.get("activation")) != given, detail="the given output layer")
    outputs = array(model.predict(np.zeros((4, variant.inputs), dtype="float32")))
    expect(outputs.ndim == 2 and len(outputs) == 4, "rest_changed", f"shape {outputs.shape}")
