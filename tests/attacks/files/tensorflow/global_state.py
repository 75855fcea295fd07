"""Changes Keras's global settings for whoever comes after it (attack 76)."""
import keras
keras.config.set_floatx('float16')
keras.backend.clear_session()
def answer(*a, **k): return 0.0
