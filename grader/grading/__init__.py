"""One paper and one submission: cells run, slots marked."""
