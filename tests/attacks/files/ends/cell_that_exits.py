"""Ends its process in the cell itself (attack 22)."""
import os
os._exit(0)
