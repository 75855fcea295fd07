"""The demo: a midterm for a class of 12, from the bank to marks."""

from grader.demo.run import Demo, run_demo

__all__ = ["Demo", "run_demo"]
