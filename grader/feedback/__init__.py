"""Feedback: what a student reads about the paper, one self-contained page each."""

from grader.feedback.page import render_feedback, write_feedback

__all__ = ["render_feedback", "write_feedback"]
