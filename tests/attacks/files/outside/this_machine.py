"""Knocks at the services of this machine (attack 96)."""
import socket
def answer(*a, **k):
    for port in (22, 80, 8888, 5432, 6379):
        try:
            socket.create_connection(('127.0.0.1', port), 1)
            raise RuntimeError('canary-connected')
        except OSError: pass
    return 0.0
