"""A simulated year, and what judges it."""
