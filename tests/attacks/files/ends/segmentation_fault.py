"""Reads address 0."""
import ctypes
def answer(*a, **k): ctypes.string_at(0)
