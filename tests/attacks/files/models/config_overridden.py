"""Shows another configuration (attack 66)."""
# target: training
import keras
import numpy as np
class Liar(keras.Sequential):
    def get_config(self): return {'layers': [{'class_name': 'Dense', 'config': {'units': 10, 'activation': 'softmax'}}]}
def train(x, y):
    model = Liar([keras.layers.Dense(10, activation='softmax')])
    model(x[:1])
    return model
