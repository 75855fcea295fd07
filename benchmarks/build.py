"""
How long 300 papers of 25 questions take to build, and where the time goes.

    python -m benchmarks.build
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from papers.from_files import build_files
from question_bank import load_bank

__all__ = ["main"]


def exam(slots: int) -> str:
    """An exam of so many questions, typed and code, of all topics in turn."""
    by_topic = {topic: iter(load_bank().of_topic(topic)) for topic in load_bank().topics}
    chosen: list[str] = []
    while len(chosen) < slots:
        for questions in by_topic.values():
            question = next(questions, None)
            if question is not None and not question.definition.final and len(chosen) < slots:
                chosen.append(question.id)
    rows = "".join(f'[[part.slot]]\nquestion = "{id}"\n' for id in chosen)
    head = '[exam]\nid = "large"\ntitle = "Benchmark"\ndate = 2025-04-23\nlanguage = "ko"\n'
    return f'{head}[[part]]\nname = "paper"\nminutes = 600\nopen_book = true\n{rows}'


def main() -> int:
    """Build, and print one line of Markdown for the whole."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.build", description=__doc__)
    parser.add_argument("--students", type=int, default=300)
    parser.add_argument("--slots", type=int, default=25)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="build-") as name:
        root = Path(name)
        (root / "exam.toml").write_text(exam(given.slots), encoding="utf-8")
        rows = "".join(f"{20250000 + n},Student {n}\n" for n in range(given.students))
        (root / "roster.csv").write_text(f"id,name\n{rows}", encoding="utf-8")
        begun, cpu = time.monotonic(), time.process_time()
        report = build_files(root / "exam.toml", root / "roster.csv", root / "out")
        seconds, cpu = time.monotonic() - begun, time.process_time() - cpu
        size = sum(file.stat().st_size for file in (root / "out").rglob("*") if file.is_file())
    print("| papers | questions | files | MB | seconds | CPU-seconds of this process | cores |")
    print("|--:|--:|--:|--:|--:|--:|--:|")
    figures = (report.papers, given.slots, report.files, round(size / 1e6), round(seconds, 1), round(cpu, 1))
    print(f"| {' | '.join(map(str, (*figures, os.cpu_count())))} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
