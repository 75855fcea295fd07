"""Raises an exception that is a script (attack 120)."""
def answer(*a, **k): raise ValueError('<script>fetch("http://1.1.1.1")</script><img src=x onerror=alert(1)>')
