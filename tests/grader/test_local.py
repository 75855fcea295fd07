"""Work in this process looks to a test as it looks through the sandbox's channel."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest

from grader.bank_exam.check import given_of, read_responses
from grader.bank_exam.respond import Responder
from grader.grading.given import plain
from grader.grading.limits import TimeLimits
from grader.grading.notebook_run import NotebookRun
from grader.grading.slots import seed_of
from grader.grading.workshop import Workshop
from grader.isolation import choose
from grader.marking import Here, LocalStudent, Mark, SandboxStudent, mark_code
from grader.sandbox import NameMissing, NotPlain, RemoteObject, StudentError, StudentRaised
from papers.setup import setup_code
from question_bank import Check, Code, Question, load_bank
from question_bank.checks import Student

BANK = load_bank()
CODE = [question for question in BANK if question.is_code]
QUICK = ("gradient_descent/numpy_step", "dense_layers/drawn_network")
SETUP = """
import keras
import numpy as np
import tensorflow as tf

def double(x):
    x *= 2
    return x

def fails(n):
    return 1 / n

def leaves():
    raise SystemExit("enough")

class Loud(str):
    def __str__(self):
        return "something else"

deep = []
for _ in range(30):
    deep = [deep]
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, activation="relu"), keras.layers.Dense(1)])
model.compile(keras.optimizers.SGD(0.25), "mse", metrics=["mae"])
model.fit(np.eye(3), np.ones(3), epochs=2, verbose=0)
open_name = ...
fields = {"units": ..., "loss": keras.losses.MeanSquaredError()}
"""
VALUES = (
    *("1", "1.5", "True", "None", "'text'", "Loud('loud')", "float('nan')", "2**70", "2**200"),
    *("np.float32(1.5)", "np.int8(3)", "np.array(3.0)", "np.arange(6).reshape(2, 3)", "np.array(['a', 'b'])"),
    *("tf.constant([1.0, 2.0])", "keras.Variable([1.0])", "[1, (2, 3)]", "list(range(40))", "{'a': 1, 2: [3]}"),
    *("{(1, 2): 3}", "{1, 2}", "double", "keras.losses.BinaryCrossentropy(from_logits=True)", "deep"),
)


@pytest.fixture(scope="module")
def workshop() -> Iterator[Workshop]:
    with Workshop(BANK, choose(unsafe=True)) as workshop:
        yield workshop


@pytest.fixture(scope="module")
def both(workshop: Workshop) -> Iterator[Sequence[Student]]:
    """The same names here and in a sandbox."""
    names: dict[str, Any] = {}
    exec(SETUP, names)
    for number, source in enumerate(VALUES):
        names[f"value_{number}"] = eval(source, names)
    with NotebookRun(workshop.zygote, {}, TimeLimits()) as run:
        rest = "".join(f"value_{number} = {source}\n" for number, source in enumerate(VALUES))
        assert run.run(SETUP + rest, seed=0).ok
        yield LocalStudent(names), SandboxStudent(run.session(), seconds=30, seed=0)


def told(student: Student, ask: Any) -> Any:
    """What *ask* gets from *student*, in a form that compares."""
    try:
        value = ask(student)
    except StudentError as error:
        return type(error), str(error)
    if isinstance(value, RemoteObject):
        return "object", value.type_name, value.is_model, re.sub(r"0x\w+", "", value.text)
    if isinstance(value, np.ndarray):
        return "array", value.dtype.str, value.shape, value.tolist()
    return type(value), repr(value)


class TestValues:
    @pytest.mark.parametrize("number", range(len(VALUES)), ids=VALUES)
    def test_the_same_value(self, number: int, both: Sequence[Student]) -> None:
        """Every value crosses as the same plain data, or stays behind for the same reason."""
        here, there = (told(student, lambda s: s.get(f"value_{number}")) for student in both)
        assert here == there

    @pytest.mark.parametrize("name", ["open_name", "nothing"])
    def test_the_same_absence(self, name: str, both: Sequence[Student]) -> None:
        """A name that is open or not there is missing."""
        here, there = (told(student, lambda s: s.get(name)) for student in both)
        assert here == there == (NameMissing, f"{name} is not defined")

    @pytest.mark.parametrize("call", [("fails", 0), ("leaves",), ("fails",), ("nothing",), ("double", "ab")])
    def test_the_same_fault(self, call: tuple[Any, ...], both: Sequence[Student]) -> None:
        """A call that fails, leaves, or does not exist raises the same error with the same words."""
        here, there = (told(student, lambda s: s.call(*call)) for student in both)
        assert here == there

    def test_too_deep(self, both: Sequence[Student]) -> None:
        """What the channel refuses is refused here."""
        with pytest.raises(NotPlain):
            both[0].get(f"value_{len(VALUES) - 1}")

    def test_open_fields_stay_open(self, both: Sequence[Student]) -> None:
        """A field left open beside one that had to run is open, not an object called ellipsis."""
        for student in both:
            assert plain(student.get("fields")) == {"units": ..., "loss": "MeanSquaredError()"}

    def test_arguments_are_copies(self, both: Sequence[Student]) -> None:
        """A function that changes its argument in place changes nothing of the test's."""
        for student in both:
            mine = np.ones(3)
            assert student.call("double", mine).tolist() == [2, 2, 2]
            assert mine.tolist() == [1, 1, 1]

    def test_results_are_copies(self, both: Sequence[Student]) -> None:
        """What comes back is not the student's own object."""
        first = both[0].get("value_11")
        first[...] = 99
        assert both[0].get("value_11") == 3.0

    def test_seeded(self, both: Sequence[Student]) -> None:
        """A call is seeded, by the same seed to the same numbers."""
        for student in both:
            names = student._session._requests.names if isinstance(student, LocalStudent) else None
            if names is not None:
                names["draw"] = lambda: np.random.rand(3)
                assert student.call("draw", seed=5).tolist() == student.call("draw", seed=5).tolist()
                assert student.call("draw", seed=5).tolist() != student.call("draw", seed=6).tolist()

    def test_the_same_model(self, both: Sequence[Student]) -> None:
        """A model says the same of itself, and predicts what its weights give."""
        here, there = (student.model("model") for student in both)
        assert [(a.kind, [w.shape for w in a.weights]) for a in here.layers] == [
            (b.kind, [w.shape for w in b.weights]) for b in there.layers
        ]
        assert here.compiled == there.compiled
        assert here.compiled["learning_rate"] == 0.25
        assert set(here.history or {}) == set(there.history or {}) == {"loss", "mae"}
        assert here.count_weights() == there.count_weights() == 11
        x = np.eye(3)
        (w1, b1), (w2, b2) = (layer.weights for layer in here.layers)
        assert np.allclose(here.predict(x), np.maximum(x @ w1 + b1, 0) @ w2 + b2, atol=1e-5)

    def test_no_model(self, both: Sequence[Student]) -> None:
        """What is no model is none."""
        here, there = (told(student, lambda s: s.model("double")) for student in both)
        assert here == there == (NotPlain, "cannot be handed over: double is not a Keras model")

    def test_the_stop_button_stops(self) -> None:
        """A keyboard interrupt is the student's own wish, and no fault of the code."""

        def wait() -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            LocalStudent({"wait": wait}).call("wait")

    def test_no_tensorflow_for_numpy(self) -> None:
        """Work in numpy alone loads neither TensorFlow nor Keras."""
        import subprocess
        import sys

        source = (
            "import sys, numpy as np\nfrom grader.marking import LocalStudent\n"
            "student = LocalStudent({'f': lambda x: x + 1, 'c': object()})\n"
            "student.call('f', np.ones(2)); student.get('c')\n"
            "print(sorted({'tensorflow', 'keras'} & set(sys.modules)))"
        )
        done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
        assert done.stdout == "[]\n"


def mark_here(question: Question, source: str, seed: int, test: Any, checks: Sequence[Check]) -> Mark:
    """The mark of a cell that ran in this process, as `mark_code_cell` makes it of one in the sandbox."""
    variant, chance = question.variant(seed), seed_of(question.id, str(seed))
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(setup_code(data=False, keras=True), names)
    error = None
    try:
        exec(source, names)
    except BaseException as raised:
        error = StudentRaised(type(raised).__name__, str(raised))
    return mark_code(
        Here(),
        test,
        checks,
        student=LocalStudent(names, seed=chance),
        parameters=dict(variant.parameters),
        seed=chance,
        known_mistakes=[mistake.id for mistake in variant.answer.mistakes_known()],
        cell_error=None if error is None else str(error),
    )


def trains(question: Question) -> bool:
    answer = question.variant(0).answer
    return isinstance(answer, Code) and (answer.form_of == "training" or bool(question.definition.data))


@pytest.mark.parametrize(
    "id",
    [q.id if q.id in QUICK else pytest.param(q.id, marks=pytest.mark.slow) for q in CODE if not trains(q)],
)
def test_the_same_marks(id: str, workshop: Workshop) -> None:
    """Every listed response gets the same outcome, credit and mistake from the hidden test here as in the sandbox."""
    question = BANK[id]
    variant = question.variant(0)
    with Responder(question, workshop) as responder:
        for response in read_responses(question):
            source = given_of(question, variant, response)
            if re.search(r"os\._exit|os\.kill|while True|sleep", source):
                continue
            there = responder.mark(variant, source).mark
            if there.outcome == "blank":
                continue
            here = mark_here(question, source, 0, question.hidden_test, question.checks)
            assert (here.outcome, here.credit, here.mistake) == (there.outcome, there.credit, there.mistake), (
                response.why
            )
            assert [c.passed for c in here.checks] == [c.passed for c in there.checks]
