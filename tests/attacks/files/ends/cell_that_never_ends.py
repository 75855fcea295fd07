"""Loops for ever in the cell itself (attack 85)."""
import time
while True: time.sleep(1)
