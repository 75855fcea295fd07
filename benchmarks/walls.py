"""
Measure what the walls cost: a session opened, asked one thing and closed, in each tier that works here, in turn.

    python -m benchmarks.walls
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from contextlib import ExitStack

from grader.batch.pool import cores
from grader.sandbox import Isolation, Zygote, canaries, detect, landlock


def main() -> int:
    """Measure, and print Markdown."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.walls", description=__doc__)
    parser.add_argument("--rounds", type=int, default=40, help="sessions of each tier; the median counts")
    rounds = parser.parse_args().rounds
    tiers = [Isolation.PROCESS]
    if landlock.trouble() is None:
        tiers.insert(0, Isolation.LANDLOCK)
    if detect().isolation is Isolation.BUBBLEWRAP:
        tiers.insert(0, Isolation.BUBBLEWRAP)
    opened: dict[Isolation, list[float]] = {tier: [] for tier in tiers}
    closed: dict[Isolation, list[float]] = {tier: [] for tier in tiers}
    with ExitStack() as stack:
        zygotes = {tier: stack.enter_context(Zygote(tier)) for tier in tiers}
        for number in range(rounds + 1):
            for tier, zygote in zygotes.items():
                begun = time.perf_counter()
                session = zygote.session()
                session.run("1", seconds=30, seed=0)
                ready = time.perf_counter()
                session.close()
                if number:  # the first warms up
                    opened[tier].append(ready - begun)
                    closed[tier].append(time.perf_counter() - ready)
    print(f"{cores()} cores, {rounds} sessions of each tier in turn, medians\n")
    print("| tier | open and run `1`, ms | close, ms | canaries before a batch, s |\n|---|--:|--:|--:|")
    for tier in tiers:
        times = [f"{1000 * statistics.median(of[tier]):.0f}" for of in (opened, closed)]
        print(f"| `{tier}` | {' | '.join(times)} | {_canaries(tier)} |")
    return 0


def _canaries(tier: Isolation) -> str:
    if tier is Isolation.PROCESS:
        return "none"
    begun = time.perf_counter()
    canaries.require(tier)
    return f"{time.perf_counter() - begun:.1f}"


if __name__ == "__main__":
    sys.exit(main())
