"""Ignores and handles every signal, and arms timers (attack 86)."""
import signal
for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
    try: signal.signal(number, lambda *a: None)
    except OSError: pass
signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)

def answer(*args, **kwargs):
    return 0.0
