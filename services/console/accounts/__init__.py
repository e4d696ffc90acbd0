"""Accounts of the console: who is signed in, how they sign in, and what keeps others from acting in their name."""
