"""Accounts: who signs in at a node, as what, and who looked at what is sensitive there."""
