"""`python -m dlexam`."""

from dlexam.cli import main

main()
