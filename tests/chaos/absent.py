"""A fault for which there was no occasion."""


class Absent(Exception):
    """What the fault is about is not there now, or not in a state in which it may be done: nothing was done."""
