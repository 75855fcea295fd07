"""The cell runs, and what `compile` was told can be read off the model."""

from question_bank.checks import expect, points


@points(1)
def test_example_two_metrics(student, variant):
    """The model is compiled, and its list of metrics has two elements."""
    said = student.model("model").compiled
    expect(said["optimizer"] is not None and said["loss"] is not None, "not_compiled", str(said))
    expect(len(said["metrics"]) == 2, detail=f"metrics {said['metrics']}")
