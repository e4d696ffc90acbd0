"""What a command says when it cannot do its work."""


class Failure(Exception):
    """The message says why, and what to do. The command line prints it and exits with 2."""
