"""Writes to the kernel's own files (attack 102)."""
def answer(*a, **k):
    for path in ('/proc/sys/kernel/core_pattern', '/sys/fs/cgroup/release_agent', '/proc/sysrq-trigger', '/proc/1/oom_score_adj'):
        try: open(path, 'w').write('x'); raise RuntimeError('canary-written')
        except OSError: pass
    return 0.0
