"""Builds a model that needs terabytes (attack 78)."""
# target: training
import keras
import numpy as np
def train(x, y):
    model = keras.Sequential([keras.Input((784,)), keras.layers.Dense(10**9), keras.layers.Dense(10**6)])
    return model
