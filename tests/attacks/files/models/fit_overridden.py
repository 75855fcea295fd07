"""Overrides fit and shows a perfect history (attack 68)."""
# target: training
import keras
import numpy as np
class Liar(keras.Sequential):
    def fit(self, *a, **k):
        self.history = keras.callbacks.History()
        self.history.history = {'accuracy': [1.0], 'loss': [0.0], 'val_accuracy': [1.0]}
        return self.history
def train(x, y):
    model = Liar([keras.layers.Dense(10, activation='softmax')])
    model(x[:1])
    model.fit(x, y)
    return model
