"""Makes a namespace in which it is root (attack 99)."""
import subprocess
def answer(*a, **k):
    done = subprocess.run(['unshare', '-Ur', 'id', '-u'], capture_output=True, text=True)
    if done.stdout.strip() == '0': raise RuntimeError('canary-root')
    return 0.0
