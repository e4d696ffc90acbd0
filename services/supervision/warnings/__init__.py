"""The early warnings, one file each. A file declares one with `@warning` and says what is found; the runner does the rest."""
