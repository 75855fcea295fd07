"""The two questions that every tool asks, with hidden tests as its own documentation would have them."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["TASKS", "TOO_DANGEROUS", "Task"]

# More than one process's limits can hold: they would take the machine with them, not only the peer's batch.
TOO_DANGEROUS = frozenset({"share/memory_of_many", "share/fork_bomb", "share/thread_bomb"})


@dataclass(frozen=True)
class Task:
    """
    One question.

    Args:
        name: `function` or `training`.
        right: a solution that earns all points.
        setup: what each hidden test starts with.
        tests: bodies of the hidden tests, a point each.
    """

    name: str
    right: str
    setup: str
    tests: tuple[str, ...]


FUNCTION = Task(
    "function",
    """
def answer(x, y, w, rate, steps):
    path = [w]
    for _ in range(steps):
        w = w - rate * 2 / len(x) * x.T @ (x @ w - y)
        path.append(w)
    return path
""",
    """
import numpy as np
rng = np.random.default_rng(7)
x, y, w = rng.normal(size=(7, 3)), rng.normal(size=7), rng.normal(size=3)
expected = [w]
for _ in range(3):
    expected.append(expected[-1] - 0.1 * 2 / 7 * x.T @ (x @ expected[-1] - y))
""",
    (
        "assert np.allclose(answer(x, y, w, 0.1, 1)[-1], expected[1])",
        "np.testing.assert_allclose(answer(x, y, w, 0.1, 3)[-1], expected[3])",
        "path = answer(x, y, w, 0.1, 3)\nassert len(path) == 4\n"
        "assert all(abs(got - want).max() <= 1e-6 for got, want in zip(path, expected))",
    ),
)
TRAINING = Task(
    "training",
    """
import keras

def train(x, y):
    model = keras.Sequential([keras.layers.Dense(64, activation="relu"), keras.layers.Dense(10, activation="softmax")])
    model.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x, y, epochs=8, batch_size=64, verbose=0)
    return model
""",
    """
import numpy as np
digits = np.load("digits.npz")
x_train, y_train, x_test, y_test = (digits[name] for name in ("x_train", "y_train", "x_test", "y_test"))
model = train(x_train, y_train)
""",
    (
        "assert (model.predict(x_test, verbose=0).argmax(axis=1) == y_test).mean() >= 0.8",
        'model.compile(loss="sparse_categorical_crossentropy", metrics=["accuracy"])\n'
        "assert model.evaluate(x_test, y_test, verbose=0)[1] >= 0.8",
    ),
)
TASKS = {task.name: task for task in (FUNCTION, TRAINING)}
