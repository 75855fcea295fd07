"""Reads another process's memory by system call (attack 15)."""
import ctypes, os
def answer(*args, **kwargs):
    libc = ctypes.CDLL(None, use_errno=True)
    buffer = ctypes.create_string_buffer(4096)
    class Vector(ctypes.Structure):
        _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]
    here, there = Vector(ctypes.addressof(buffer), 4096), Vector(0x400000, 4096)
    got = libc.process_vm_readv(1, ctypes.byref(here), 1, ctypes.byref(there), 1, 0)
    raise RuntimeError(f"{got} {os.strerror(ctypes.get_errno())}")
