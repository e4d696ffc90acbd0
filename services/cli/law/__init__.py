"""The law at the command line: when a period ends, and what a clock rests on."""
