"""The command line; all that it does is done by `question_bank`, `papers` and `grader`."""
