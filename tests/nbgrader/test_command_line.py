"""The commands: what they print, and how they end."""

from __future__ import annotations

from typer.testing import CliRunner

from dlexam.cli import app


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_there_and_back(classroom, enter):
    """Export, import and decide say what changed, in a few lines."""
    done = run("export", classroom.results, "--to", "nbgrader", classroom.course)
    assert done.exit_code == 0
    assert "3 submissions, 1 missing, 2 answers wait for a person" in done.output
    assert "nothing had changed" in done.output
    enter(classroom, "a1", "closed-03", points=3)
    done = run("import-nbgrader", classroom.course)
    assert (done.exit_code, done.output.splitlines()[0]) == (0, "new: a1 closed-03")
    done = run("decide", classroom.results)
    assert (done.exit_code, done.output.splitlines()[0]) == (0, "1 decisions about 1 students")


def test_only_formats_that_exist(classroom):
    """Another format is a usage error."""
    assert run("export", classroom.results, "--to", "lotus", classroom.course).exit_code == 2
