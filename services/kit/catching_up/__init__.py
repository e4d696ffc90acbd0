"""What a service wrote and its journal lost, because its database was set back: asked for at each start, before it serves."""
