"""The commands: each parses, calls one library function and renders what came back."""

from __future__ import annotations

import os
import sys

import typer

from dlexam import cli_bank, cli_exam, cli_nbgrader

__all__ = ["app", "main"]

# everything else is imported by the command that needs it: `dlexam --help` must be quick
app = typer.Typer(
    name="dlexam",
    help="A different, equally hard deep-learning exam for every student, and marks that stand up to an appeal.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

for commands in (cli_exam, cli_bank, cli_nbgrader):
    commands.add_to(app)


def main() -> None:
    """Run the command line; expected trouble is one line on stderr and exit code 1."""
    try:
        app()
    except BrokenPipeError:
        # `dlexam questions | head`: the reader has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        # imported here: `--help` ends before this line and must not wait for the bank
        from dlexam.progress import Stopped
        from question_bank.errors import DlexamError

        if isinstance(error, Stopped):
            print(f"dlexam: {error}", file=sys.stderr)
            sys.exit(130)
        if not isinstance(error, DlexamError):
            raise
        from dlexam.terminal import printable

        # an error of several lines is one line a fault
        print(f"dlexam: {printable(error, keep=chr(10))}", file=sys.stderr)
        sys.exit(1)
