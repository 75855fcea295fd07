"""Always says the same class."""
# target: training
import keras
import numpy as np
def train(x, y):
    model = keras.Sequential([keras.Input((784,)), keras.layers.Dense(10, activation='softmax')])
    kernel, bias = model.layers[0].get_weights()
    bias[0] = 50.0
    model.layers[0].set_weights([kernel * 0, bias])
    return model
