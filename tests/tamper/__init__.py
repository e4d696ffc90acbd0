"""Random changes to copies of databases, streams and proofs: each is to be found and named."""
