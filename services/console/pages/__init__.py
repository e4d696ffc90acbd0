"""One module per kind of page; each lists its routes."""
