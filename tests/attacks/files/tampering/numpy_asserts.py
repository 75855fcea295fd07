"""Replaces numpy's assertions (attack 17)."""
import numpy.testing
numpy.testing.assert_allclose = numpy.testing.assert_array_equal = lambda *a, **k: None

def answer(*args, **kwargs):
    return 0.0
