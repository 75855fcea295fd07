"""Writes files by an operation of the graph (attack 77)."""
import tensorflow as tf
def answer(*a, **k):
    for path in ('/usr/x', '/opt/inside/worker.py', '/x'):
        tf.io.write_file(path, 'x')
    raise RuntimeError('canary-written')
