"""For every early warning the histories that must and must not raise it, one file each; found by their folder."""
