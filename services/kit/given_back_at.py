"""Where what the city kept of a journal is asked for and given (given_back.py): all that the hub's keeper has to know of it."""


def question(node: str) -> str:
    """Where a node asks: the keeper knows by it who does."""
    return f"ctl.{node}.kept"


def handed_on(city: str) -> str:
    """Where the keeper asks the city: the only subjects on which the hub may put anything to it."""
    return f"D.dn.{city}.kept"


def answer(city: str, token: str) -> str:
    """Where the city answers the keeper."""
    return f"ctl.{city}.gave.{token}"
