"""Patches the class of its layers (attack 71)."""
# target: training
import keras
import numpy as np
keras.layers.Dense.call = lambda self, x, **k: keras.ops.one_hot(keras.ops.zeros(keras.ops.shape(x)[0], 'int32'), 10)
def train(x, y):
    model = keras.Sequential([keras.layers.Dense(10)])
    model(x[:1])
    return model
