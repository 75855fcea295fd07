"""The bank's own exam: every question, many variants, every listed response."""
