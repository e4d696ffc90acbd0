"""Who works at a node, as its own data say: what a sign-in goes by."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from services.kit.view import View


@dataclass(frozen=True)
class Person:
    """Somebody of this node: who they are here, by which name, in which roles."""

    subject: str
    name: str
    roles: tuple[str, ...]
    login: str = ""
    """Who they are to the identity provider, where that is another name."""


@dataclass(frozen=True)
class Roster:
    """What a service knows of who works at its node: one person by the subject, and some of them."""

    find: Callable[[View, str], Person | None]
    some: Callable[[View, int], Sequence[Person]]
