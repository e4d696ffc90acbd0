"""Attacks on a living city: what is tried, what must come of it, and whether the others are served all the same."""
