"""TODO: what practice shows: one small input, with what must come out."""

import numpy as np

from question_bank.checks import array, expect, points


@points(1)
def test_example_one_output(student, variant):
    """One sample of zeros gives one number between 0 and 1."""
    output = array(student.model("model").predict(np.zeros((1, variant.inputs))))
    expect(output.shape == (1, 1), detail=f"shape {output.shape}, expected (1, 1)")
    expect(bool(0 < output.item() < 1), "no_sigmoid", f"output {output.item():.3g}")
