"""Web pages over the city's supervision: a gRPC client and event subscriber that owns no record."""
