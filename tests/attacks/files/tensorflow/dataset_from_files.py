"""Reads files by a pipeline of data (attack 77)."""
import tensorflow as tf
def answer(*a, **k): raise RuntimeError(repr(list(tf.data.TextLineDataset('/etc/passwd').as_numpy_iterator())))
