"""Returns a symbolic tensor (attack 42)."""
import keras
def answer(*a, **k): return keras.Input((3,))
