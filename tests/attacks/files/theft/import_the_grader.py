"""Imports the grader and takes its marking apart (attack 6)."""
import importlib
def answer(*args, **kwargs):
    return importlib.import_module("grader.marking").mark_code
