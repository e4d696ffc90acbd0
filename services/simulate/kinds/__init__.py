"""The plots, in a file for each group of warnings."""
