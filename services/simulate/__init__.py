"""A year in a city, judged: lawful work and known breaches, and whether every breach is found and nothing else."""
