"""Overrides evaluate (attack 69)."""
# target: training
import keras
import numpy as np
class Liar(keras.Sequential):
    def evaluate(self, *a, **k): return [0.0, 1.0]
def train(x, y):
    model = Liar([keras.layers.Dense(10, activation='softmax')])
    model(x[:1])
    return model
