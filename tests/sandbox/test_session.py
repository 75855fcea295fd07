"""A session from end to end: cells, values and calls, with a real child."""

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
