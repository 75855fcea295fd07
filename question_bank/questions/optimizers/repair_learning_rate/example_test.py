"""The cell runs, and the model has been compiled."""

from question_bank.checks import expect, points


@points(1)
def test_example_compiled(student, variant):
    """The model is compiled, with a learning rate that was set and not left to Keras."""
    said = student.model("model").compiled
    expect(said["optimizer"] is not None, "not_compiled", "no optimizer")
    # what the optimizers of this course take where nobody says otherwise
    expect(said["learning_rate"] not in (0.01, 0.001), "default_rate", f"{said['learning_rate']}")
