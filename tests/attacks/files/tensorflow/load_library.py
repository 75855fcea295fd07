"""Loads a library of its own into TensorFlow (attack 77)."""
import tensorflow as tf
open('evil.so', 'wb').write(b'\x7fELF' + b'\0' * 100)
def answer(*a, **k): return tf.load_op_library('./evil.so')
