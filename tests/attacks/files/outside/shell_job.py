"""Leaves a job of a shell (attack 87)."""
import subprocess
def answer(*a, **k):
    subprocess.Popen('nohup sleep 98765 &', shell=True, start_new_session=True)
    return 0.0
