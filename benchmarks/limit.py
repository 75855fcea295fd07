"""The limit: the CPU time of the students' own code in processes that are warm, shared by all cores."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from grader.batch.pool import cores
from grader.sandbox.launch import ENVIRONMENT

from .classes import SchoolClass
from .tests_of import SETUP, write_digits

__all__ = ["limit"]

# as a session runs it, in this order: every cell, then the one call that the hidden test makes
PROGRAM = f"""
import json, sys, time
{SETUP}
digits = np.load("digits.npz")
x, y = digits["x_train"], digits["y_train"]
notebooks = json.load(sys.stdin)

def run(cells):
    names = {{}}
    for cell in cells:
        exec(cell, names)
    keras.utils.set_random_seed(11)
    names["train"](x, y)

for cells in notebooks[:2]:
    run(cells)
begun = time.process_time()
for cells in notebooks:
    run(cells)
print(json.dumps(time.process_time() - begun))
"""


def limit(school: SchoolClass) -> float:
    """
    Seconds for each notebook; 0 where no code runs.

    As many processes as cores at the same time, as when they grade: cores share their caches.
    """
    if not school.has_code:
        return 0.0
    notebooks = [list(student.sources.values()) for student in school.students]
    with tempfile.TemporaryDirectory(prefix="limit-") as folder:
        write_digits(Path(folder))
        running = []
        for number in range(cores()):
            process = subprocess.Popen(
                [sys.executable, "-c", PROGRAM],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                cwd=folder,
                env={**ENVIRONMENT, "HOME": folder},
            )
            assert process.stdin is not None
            share = notebooks[number :: cores()]
            process.stdin.write(json.dumps(share))
            process.stdin.close()
            running.append(process)
        spent = 0.0
        for process in running:
            assert process.stdout is not None
            spent += float(process.stdout.read())
            process.wait()
    return spent / len(notebooks) / cores()
