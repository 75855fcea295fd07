"""Models of a real child: exported whole, asked to predict, and believed in nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.sandbox import (
    NotPlain,
    RemoteObject,
    Session,
    StudentRaised,
    Zygote,
)


def evaluated(session: Session, expression: str) -> Any:
    result = session.run(f"value = {expression}", seconds=20, seed=1)
    assert result.ok, result
    return session.get("value", seconds=10)


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
