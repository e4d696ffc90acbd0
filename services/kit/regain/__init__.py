"""Entries put into a journal again, and what they tell into the rows."""
