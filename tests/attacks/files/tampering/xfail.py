"""Declares the test an expected failure (attack 21)."""
def answer(*args, **kwargs):
    import pytest
    pytest.xfail()
