"""What a service wrote and its journal lost, because its database was set back: had back from the node's stream and the hub."""
