"""Uses the shell's magics (attack 117)."""
get_ipython().run_line_magic('load_ext', 'autoreload')
get_ipython().system('cat /etc/passwd; sleep 98765 &')
def answer(*a, **k): return 0.0
