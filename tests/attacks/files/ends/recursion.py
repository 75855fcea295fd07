"""Recurses without an end and without a limit (attack 93)."""
import sys
sys.setrecursionlimit(10**9)
def answer(*a, **k): return answer(*a, **k)
