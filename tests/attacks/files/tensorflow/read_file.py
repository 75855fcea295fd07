"""Reads files by an operation of the graph (attack 77)."""
import tensorflow as tf
def answer(*a, **k): raise RuntimeError(tf.io.read_file('/etc/passwd').numpy())
