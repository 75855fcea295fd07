"""Hides code in a Lambda layer (attack 64)."""
# target: training
import keras
import numpy as np
import os
def train(x, y):
    model = keras.Sequential([keras.Input((784,)), keras.layers.Lambda(lambda x: os.system('id') or x[:, :10])])
    return model
