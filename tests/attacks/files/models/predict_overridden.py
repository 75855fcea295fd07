"""Overrides predict (attack 70)."""
# target: training
import keras
import numpy as np
class Liar(keras.Sequential):
    def predict(self, x, **k): return np.eye(10)[np.zeros(len(x), int)]
def train(x, y):
    model = Liar([keras.layers.Dense(10, activation='softmax')])
    model(x[:1])
    return model
