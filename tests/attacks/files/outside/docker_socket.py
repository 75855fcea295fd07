"""Talks to the container engine (attack 97)."""
import socket
def answer(*a, **k):
    for path in ('/var/run/docker.sock', '/run/dbus/system_bus_socket'):
        s = socket.socket(socket.AF_UNIX)
        s.connect(path)
    raise RuntimeError('canary-connected')
