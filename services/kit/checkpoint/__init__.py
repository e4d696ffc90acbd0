"""Signed heads of journals: made by whose journal it is, countersigned by who received it, and what is proved by them."""
