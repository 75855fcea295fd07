"""Skips the test from inside (attack 21)."""
def answer(*args, **kwargs):
    import pytest
    pytest.skip()
