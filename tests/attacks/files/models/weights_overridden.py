"""Shows weights of its own making (attack 79)."""
# target: training
import keras
import numpy as np
class Liar(keras.layers.Dense):
    def get_weights(self): return [np.full((784, 10), np.nan), np.zeros(10)]
def train(x, y):
    model = keras.Sequential([Liar(10, activation='softmax')])
    model(x[:1])
    return model
