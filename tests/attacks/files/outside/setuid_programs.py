"""Asks setuid programs for help (attack 100)."""
import subprocess
def answer(*a, **k):
    for command in (['sudo', '-n', 'id'], ['su', '-c', 'id'], ['mount']):
        try: subprocess.run(command, timeout=3, stdin=subprocess.DEVNULL)
        except (OSError, subprocess.TimeoutExpired): pass
    return 0.0
