"""Imports the question bank from the interpreter's packages (attack 6)."""
def answer(*args, **kwargs):
    import question_bank
    return question_bank.load_bank()["gradient_descent/numpy_step"].variant(0).answer
