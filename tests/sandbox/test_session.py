"""A session from end to end: cells, values, calls and models, with a real child."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from grader.sandbox import (
    ChildDied,
    NameMissing,
    NotPlain,
    RemoteObject,
    SandboxBroken,
    Session,
    StudentRaised,
    Zygote,
)

VALUES = """
import collections, enum
import numpy as np
import tensorflow as tf
import keras

class Colour(enum.IntEnum):
    RED = 3

class Name(str):
    def __str__(self):
        return "somebody else"

def half(x, *, by=2):
    return x / by

def fail(text):
    raise ValueError(text)

async def later():
    return 7

class Net:
    units = 5
    def forward(self, x):
        return x + self.units

unwritten = ...
net = Net()
cyclic = []
cyclic.append(cyclic)
"""

PLAIN: list[tuple[str, Any]] = [
    ("None", None),
    ("True", True),
    ("np.True_", True),
    ("3", 3),
    ("np.int64(3)", 3),
    ("Colour.RED", 3),
    ("2.5", 2.5),
    ("np.float32(2.5)", 2.5),
    ("float('inf')", float("inf")),
    ("'가나다'", "가나다"),
    ("Name('me')", "me"),
    ("(1, (2, 3))", [1, [2, 3]]),
    ("list(range(1000))", list(range(1000))),
    ("{'a': 1, 'b': [2.0]}", {"a": 1, "b": [2.0]}),
    ("{0: 'zero', np.int64(1): 'one'}", {0: "zero", 1: "one"}),
    ("collections.Counter('aab')", {"a": 2, "b": 1}),
    ("np.array(['a', 'b'])", ["a", "b"]),
    ("{'$a': 0}", {"$a": 0}),
]

ARRAYS = [
    ("np.arange(6.0).reshape(2, 3)", "<f8", (2, 3)),
    ("np.array(1, np.int8)", "|i1", ()),
    ("np.empty((0, 3), np.float32)", "<f4", (0, 3)),
    ("np.ma.masked_all(3)", "<f8", (3,)),
    ("np.arange(4, dtype='>i4')", "<i4", (4,)),
    ("tf.constant([[1.0, 2.0]])", "<f4", (1, 2)),
    ("tf.constant(1.0, tf.bfloat16)", "<f4", ()),
    ("tf.Variable([1, 2])", "<i4", (2,)),
    ("keras.Variable([1.0])", "<f4", (1,)),
    ("keras.ops.ones((2,))", "<f4", (2,)),
]

OBJECTS = [
    (
        "keras.losses.BinaryCrossentropy(from_logits=True)",
        "BinaryCrossentropy",
        "BinaryCrossentropy(from_logits=True)",
    ),
    ("keras.losses.BinaryCrossentropy()", "BinaryCrossentropy", "BinaryCrossentropy()"),
    ("keras.losses.BinaryCrossentropy", "type", "BinaryCrossentropy"),
    ("keras.losses.binary_crossentropy", "function", "binary_crossentropy"),
    ("keras.optimizers.Adam()", "Adam", "Adam()"),
    ("keras.optimizers.SGD(0.1, momentum=0.9)", "SGD", "SGD(learning_rate=0.1, momentum=0.9)"),
    ("keras.metrics.BinaryAccuracy(threshold=0.7)", "BinaryAccuracy", "BinaryAccuracy(threshold=0.7)"),
    ("keras.layers.Dense(4, 'relu', name='x')", "Dense", "Dense(units=4, activation='relu')"),
    ("keras.layers.Dense(1)", "Dense", "Dense(units=1)"),
    ("keras.layers.Dropout(0.5)", "Dropout", "Dropout(rate=0.5)"),
    ("{1, 2}", "set", "{1, 2}"),
    ("b'x'", "bytes", "b'x'"),
    ("np.array([None])", "ndarray", "array([None], dtype=object)"),
    ("10**60", "int", "1" + "0" * 60),
]


@pytest.fixture(scope="module")
def shared(walled: Zygote) -> Iterator[Session]:
    """One session for all that only looks."""
    with walled.session(seed=1) as made:
        assert made.run(VALUES, seconds=30, seed=1).ok
        yield made


def evaluated(session: Session, expression: str) -> Any:
    result = session.run(f"value = {expression}", seconds=20, seed=1)
    assert result.ok, result
    return session.get("value", seconds=10)


@pytest.mark.parametrize(("expression", "expected"), PLAIN, ids=[expression for expression, _ in PLAIN])
def test_plain_values(shared: Session, expression: str, expected: Any) -> None:
    """Plain values arrive in exact built-in types."""
    arrived = evaluated(shared, expression)
    assert type(arrived) is type(expected)
    assert arrived == expected


@pytest.mark.parametrize(("expression", "dtype", "shape"), ARRAYS, ids=[row[0] for row in ARRAYS])
def test_arrays_and_tensors(shared: Session, expression: str, dtype: str, shape: tuple[int, ...]) -> None:
    """Arrays, tensors and variables arrive as base arrays of the same type and shape."""
    arrived = evaluated(shared, expression)
    assert type(arrived) is np.ndarray
    assert (arrived.dtype.str, arrived.shape) == (dtype, shape)


@pytest.mark.parametrize(("expression", "type_name", "text"), OBJECTS, ids=[row[0] for row in OBJECTS])
def test_objects_stay(shared: Session, expression: str, type_name: str, text: str) -> None:
    """What is not plain stays in the child; a handle with a short description crosses."""
    arrived = evaluated(shared, expression)
    assert isinstance(arrived, RemoteObject)
    assert (arrived.type_name, arrived.text, arrived.is_model) == (type_name, text, False)


def test_the_same_object_keeps_its_number(shared: Session) -> None:
    """Two requests for one object give one handle."""
    assert shared.get("net", seconds=5) == shared.get("net", seconds=5)


@pytest.mark.parametrize("name", ["undefined", "unwritten", "len", "exit()", ""])
def test_names_that_are_missing(shared: Session, name: str) -> None:
    """A name that no cell defined, or that is still an ellipsis, is missing; no built-in replaces it."""
    with pytest.raises(NameMissing):
        shared.get(name, seconds=5)
    with pytest.raises(NameMissing):
        shared.call(name, seconds=5, seed=0)
    assert shared.alive


def test_a_value_that_holds_itself(shared: Session) -> None:
    """A cyclic list cannot be handed over."""
    with pytest.raises(NotPlain, match="deeper"):
        shared.get("cyclic", seconds=5)


def test_calls(shared: Session) -> None:
    """Functions, coroutines and methods are called with plain values, arrays and objects of the session."""
    assert shared.call("half", [3], seconds=5, seed=0) == 1.5
    halved = shared.call("half", [np.array([2.0])], {"by": 4}, seconds=5, seed=0)
    assert isinstance(halved, np.ndarray)
    assert halved.tolist() == [0.5]
    assert shared.call("later", seconds=5, seed=0) == 7
    net = shared.get("net", seconds=5)
    assert isinstance(net, RemoteObject)
    assert shared.call(net, [2], method="forward", seconds=5, seed=0) == 7
    assert shared.get("units", of=net, seconds=5) == 5
    made = shared.call("Net", seconds=5, seed=0)
    assert isinstance(made, RemoteObject)
    assert made.number != net.number
    with pytest.raises(NameMissing):
        shared.call(net, method="backward", seconds=5, seed=0)
    with pytest.raises(NameMissing):
        shared.get("weights", of=net, seconds=5)


def test_a_call_that_raises(shared: Session) -> None:
    """An exception of a call arrives as its class name and its text."""
    with pytest.raises(StudentRaised) as caught:
        shared.call("fail", ["no \x1b[31mred\x1b[0m"], seconds=5, seed=0)
    assert (caught.value.type_name, caught.value.message) == ("ValueError", "no red")
    with pytest.raises(StudentRaised, match="TypeError"):
        shared.call("half", seconds=5, seed=0)


@pytest.mark.parametrize(
    "drawn",
    [
        "__import__('random').random()",
        "np.random.rand()",
        "float(keras.random.normal(()))",
        "float(tf.random.normal(()))",
    ],
)
def test_seeds(shared: Session, drawn: str) -> None:
    """The seed of a cell decides every generator; another seed gives other numbers."""

    def draw(seed: int) -> Any:
        shared.run(f"value = {drawn}", seconds=10, seed=seed)
        return shared.get("value", seconds=5)

    assert draw(1) == draw(1) != draw(2)


@pytest.mark.parametrize(
    ("source", "error_type"),
    [
        ("x = 1\nx", None),
        ("print('가' * 10)", None),
        ("%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()", None),
        ("!ls /nowhere", None),
        ("%%time\ny = 1", None),
        ("import asyncio\nawait asyncio.sleep(0)", None),
        ("display(3)", None),
        ("open('data/points.csv').read().index('1,2')", None),
        ("import helper\nassert helper.SIX == 6", None),
        ("if True print(1)", "SyntaxError"),
        ("1/0", "ZeroDivisionError"),
        ("input('name? ')", "EOFError"),
        ("raise SystemExit(0)", "SystemExit"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("%no_such_magic", "UsageError"),
        ("-" * 200_000 + "1", "MemoryError"),
    ],
)
def test_cells(walled_with_files: Session, source: str, error_type: str | None) -> None:
    """Cells run as in a notebook; whatever they raise ends the cell and not the session."""
    result = walled_with_files.run(source, seconds=20, seed=0)
    assert result.error_type == error_type
    assert result.ok == (error_type is None)
    assert walled_with_files.alive


@pytest.fixture(scope="module")
def walled_with_files(walled: Zygote) -> Iterator[Session]:
    files = {"data/points.csv": b"1,2\n", "helper.py": b"SIX = 6\n"}
    with walled.session(files) as made:
        yield made


def test_the_traceback_of_a_cell(shared: Session) -> None:
    """A traceback shows the cell's own lines, without colours and without the shell's."""
    result = shared.run("def inner():\n    raise ValueError('\x1b[31mno')\n\ninner()", seconds=5, seed=0)
    assert (result.error_type, result.message) == ("ValueError", "no")
    assert result.traceback is not None
    assert "raise ValueError" in result.traceback
    assert "site-packages" not in result.traceback
    assert "\x1b" not in result.traceback


def test_an_error_that_cannot_be_shown(shared: Session) -> None:
    """An exception whose text raises, or is endless, is still one line of bounded length."""
    bad = "class E(Exception):\n    def __str__(self):\n        raise RuntimeError\nraise E"
    assert shared.run(bad, seconds=5, seed=0).error_type == "E"
    long = shared.run("raise ValueError('x' * 10_000_000)", seconds=5, seed=0)
    assert len(long.message or "") == 500
    assert len(long.traceback or "") <= 4000


MODEL = """
import keras, numpy as np
model = keras.Sequential([
    keras.Input((4, 4)),
    keras.layers.Rescaling(1 / 255),
    keras.layers.Flatten(),
    keras.Sequential([keras.layers.Dense(8, activation="relu"), keras.layers.Dropout(0.25)]),
    keras.layers.Dense(3),
    keras.layers.Activation("softmax"),
])
model.compile(
    optimizer=keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy",
    metrics=["accuracy", keras.metrics.SparseTopKCategoricalAccuracy(k=2)],
)
rng = np.random.default_rng(0)
x, y = rng.integers(0, 256, (64, 4, 4)), rng.integers(0, 3, 64)
"""


def test_a_model_from_end_to_end(walled: Zygote) -> None:
    """A model that a child really trains is exported whole; its weights predict what the child predicts."""
    with walled.session(seed=3) as session:
        assert session.run(MODEL, seconds=30, seed=3).ok
        fitted = session.run("history = model.fit(x, y, epochs=2, verbose=0)", seconds=60, seed=3)
        assert fitted.ok, fitted
        model = session.get("model", seconds=5)
        assert isinstance(model, RemoteObject)
        assert model.is_model
        exported = session.export_model(model, seconds=10)
        x = np.arange(160.0, dtype=np.float32).reshape(10, 4, 4)
        predicted = session.predict(model, x, seconds=20)
        called = session.call(model, [x], method="predict", seconds=20, seed=0)
    assert isinstance(called, np.ndarray)
    assert called.shape == predicted.shape == (10, 3)
    layers = exported["layers"]
    assert [layer["class"] for layer in layers] == [
        "Rescaling", "Flatten", "Dense", "Dropout", "Dense", "Activation",
    ]  # fmt: skip
    assert exported["sequential"] is True
    assert exported["built"] is True
    assert exported["input_shape"] == [None, 4, 4]
    assert exported["compiled"] == {
        "loss": "sparse_categorical_crossentropy",
        "optimizer": "Adam",
        "learning_rate": 0.01,
        "metrics": ["accuracy", "SparseTopKCategoricalAccuracy(k=2)"],
    }
    assert set(exported["history"]) == {"loss", "accuracy", "sparse_top_k_categorical_accuracy"}
    assert [len(curve) for curve in exported["history"].values()] == [2, 2, 2]
    assert layers[2]["config"]["units"] == 8
    assert layers[2]["config"]["activation"] == "relu"
    assert layers[2]["config"]["use_bias"] is True
    assert layers[3]["config"]["rate"] == 0.25
    assert (layers[2]["input_shape"], layers[2]["output_shape"]) == ([None, 16], [None, 8])
    (kernel, bias), (kernel_2, bias_2) = layers[2]["weights"], layers[4]["weights"]
    hidden = np.maximum(x.reshape(10, 16) / 255 @ kernel + bias, 0)
    scores = np.exp(hidden @ kernel_2 + bias_2)
    assert np.abs(scores / scores.sum(1, keepdims=True) - predicted).max() < 1e-5


MODELS = [
    ("keras.Sequential([keras.layers.Dense(2)])", {"sequential": True, "built": False, "input_shape": None}),
    ("keras.Model(i := keras.Input((3,)), keras.layers.Dense(2)(i))", {"sequential": True, "built": True}),
    (
        "keras.Model(i := keras.Input((3,)), keras.layers.Add()([i, keras.layers.Dense(3)(i)]))",
        {"sequential": False, "built": True},
    ),
]


@pytest.mark.parametrize(("expression", "expected"), MODELS, ids=["unbuilt", "functional chain", "branching"])
def test_other_models(shared: Session, expression: str, expected: dict[str, Any]) -> None:
    """Unbuilt and functional models are exported; only an unbroken chain of layers is called sequential."""
    model = evaluated(shared, expression)
    exported = shared.export_model(model, seconds=10)
    assert {key: exported[key] for key in expected} == expected
    assert exported["history"] is None
    assert exported["compiled"] == {"loss": None, "optimizer": None, "learning_rate": None, "metrics": []}


@pytest.mark.parametrize(
    ("activation", "name"),
    [
        ("'softmax'", "softmax"),
        ("tf.nn.softmax", "softmax"),
        ("tf.nn.sigmoid", "sigmoid"),
        ("tf.keras.activations.relu", "relu"),
        ("tf.tanh", "tanh"),
        ("None", "linear"),
        ("lambda x: x", "<lambda>"),
    ],
)
def test_activations(shared: Session, activation: str, name: str) -> None:
    """An activation has its usual name, in whatever form it was given; one of the student's own has its own."""
    source = (
        f"import tensorflow as tf; activated = tf.keras.Sequential([tf.keras.layers.Dense(2, activation={activation})])"
    )
    assert shared.run(source, seconds=20, seed=0).ok
    [layer] = shared.export_model(shared.get("activated", seconds=5), seconds=5)["layers"]
    assert layer["config"]["activation"] == name


def test_what_is_not_a_model(shared: Session) -> None:
    """Exporting an object that is not a model, and predicting with it, are the student's trouble."""
    net = shared.get("net", seconds=5)
    assert isinstance(net, RemoteObject)
    with pytest.raises(NotPlain):
        shared.export_model(net, seconds=5)
    with pytest.raises(StudentRaised):
        shared.predict(net, np.zeros(1), seconds=5)


def test_a_model_that_lies(shared: Session) -> None:
    """A model whose own methods misbehave ends in one of the student's errors."""
    lying = (
        "class Liar(keras.Sequential):\n"
        "    def get_config(self): return {}\n"
        "    @property\n"
        "    def layers(self): raise KeyError('none')\n"
        "    def predict(self, *a, **k): return 'all right'\n"
        "liar = Liar([keras.layers.Dense(1)])"
    )
    assert shared.run(lying, seconds=10, seed=0).ok
    liar = shared.get("liar", seconds=5)
    assert isinstance(liar, RemoteObject)
    with pytest.raises(StudentRaised, match="KeyError"):
        shared.export_model(liar, seconds=5)
    with pytest.raises(NotPlain):
        shared.predict(liar, np.zeros(1), seconds=5)


def test_a_handle_of_another_session(shared: Session) -> None:
    """A handle that the session never gave is refused, without harm."""
    with pytest.raises(StudentRaised):
        shared.call(RemoteObject(10**6, "A", False, ""), seconds=5, seed=0)


def test_a_closed_session(walled: Zygote) -> None:
    """A closed session refuses requests; closing twice is allowed."""
    session = walled.session()
    session.close()
    session.close()
    assert not session.alive
    with pytest.raises(ChildDied):
        session.get("x", seconds=1)


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a/../../x", "", "a\nb"])
def test_file_names(walled: Zygote, name: str) -> None:
    """A file of ours that would leave the working folder is refused."""
    with pytest.raises(SandboxBroken):
        walled.session({name: b""})


def test_a_broken_shell(zygote: Zygote) -> None:
    """What a cell breaks of the shell that runs it is the student's trouble, never the grader's."""
    with zygote.session() as session:
        session.run("import sys; sys.stdout = sys.stderr = None; print = None", seconds=10, seed=0)
        assert not session.run("1 / 0", seconds=10, seed=0).ok
        breaking = "get_ipython().run_cell = None; get_ipython().compile = None"
        session.run(breaking, seconds=10, seed=0)
        assert not session.run("x = 1", seconds=10, seed=0).ok
