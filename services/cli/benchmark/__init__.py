"""Bringing a discretion benchmark table, as a city publishes it, into a department."""
