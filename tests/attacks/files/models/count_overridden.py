"""Lies about its number of weights (attack 67)."""
# target: training
import keras
import numpy as np
class Liar(keras.Sequential):
    def count_params(self): return 101770
def train(x, y):
    model = Liar([keras.layers.Dense(10, activation='softmax')])
    model(x[:1])
    return model
