"""A class: many submissions, several at a time, here or on a cluster."""
