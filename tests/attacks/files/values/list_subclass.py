"""Returns a list whose items depend on who asks (attack 45)."""
class Liar(list):
    def __iter__(self): return iter([1.0])
    def __len__(self): return 5
    def __getitem__(self, i): return 1.0
def answer(*a, **k): return Liar()
