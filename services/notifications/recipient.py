"""Who can be told something: a person, by the subject of a token, or everyone with a role at a node."""

from yifa.law.v1 import options_pb2 as options

from services.kit.access import Caller

ROLE = "role:"
ROLES = frozenset(name.removeprefix("ROLE_") for name in options.Role.keys()) - {"UNSPECIFIED"}


def names_of(caller: Caller, node: str) -> set[str]:
    """The recipients that a caller is at a node: the person and each role held there. Visitors are nobody."""
    if caller.node != node:
        return set()
    roles = {ROLE + options.Role.Name(role).removeprefix("ROLE_") for role in caller.roles}
    return {caller.subject, *roles}
