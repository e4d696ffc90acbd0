"""Calling every method as everybody, and holding the answers against the page that says who is let in."""

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import grpc
from yifa.law.v1.options_pb2 import Role

from services.kit.words import ROLES
from services.lawdocs.roles import CITY, COMING, DEPARTMENT, From, Method, admits
from tests.city import City, read_refusal

NO_MESSAGE = b"\xff\xff\xff\xff"
"""Who is let in is told that this is no message; nothing is read and nothing written."""
REFUSED = (grpc.StatusCode.UNAUTHENTICATED, grpc.StatusCode.PERMISSION_DENIED)
AT_ONCE = 64
NODES = {CITY: "city", DEPARTMENT: "huanbao"}
OTHER = "chengguan"


@dataclass(frozen=True)
class Asked:
    """A method called at a node in one role, or by nobody."""

    method: Method
    coming: From
    role: str

    @property
    def at(self) -> str:
        return NODES[self.coming.at]

    @property
    def of(self) -> str:
        """The node of the token."""
        return NODES[self.coming.of] if self.coming.own or self.coming.of != self.coming.at else OTHER

    @property
    def expected(self) -> str:
        """What the declarations say."""
        access = self.method.access
        role = Role.Value(f"ROLE_{self.role}") if self.role else None
        if not (access.tokenless if role is None else admits(access, role, self.coming)):
            return "refused"
        return "admitted" if self.method.at_home(self.coming.at) else "elsewhere"


def whole(methods: Iterable[Method]) -> Iterator[Asked]:
    """Every method in every role from everywhere, and by nobody."""
    for method in methods:
        for coming in COMING:
            if coming.at in method.served:
                yield from (Asked(method, coming, role) for role in ("", *ROLES))


def some(methods: Iterable[Method]) -> Iterator[Asked]:
    """The whole of one method of each kind of declaration; of the others that nobody is let in without a token, and one role."""
    known = set()
    for method in methods:
        access = method.access
        if (kind := (repr(access), method.served)) not in known:
            known.add(kind)
            yield from whole([method])
            continue
        coming = next(c for c in COMING if c.own and c.at in method.served and method.at_home(c.at))
        yield Asked(method, coming, "")
        yield Asked(method, coming, next(r for r in ROLES if Role.Value(f"ROLE_{r}") in access.roles))


async def wrong(city: City, asked: Iterable[Asked]) -> tuple[int, list[str]]:
    """How many were called, and where the answer was another than the page says."""
    found, count, waiting = list[str](), 0, iter(asked)

    async def work() -> None:
        nonlocal count
        for each in waiting:
            count += 1
            if (got := await outcome(city, each)) != each.expected:
                found.append(
                    f"{each.method.path} at {each.at} as {each.role} of {each.of}: {got}, not {each.expected}"
                )

    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    return count, found


async def outcome(city: City, asked: Asked) -> str:
    """What came of a call: whether the caller was let in, and whether it was at the home of the record."""
    said: Any = ()
    if asked.role:
        said = city.as_(asked.of, f"matrix-{asked.role.lower()}", asked.role)
    try:
        await city.channel(asked.at).unary_unary(asked.method.path)(NO_MESSAGE, metadata=said, timeout=30)
    except grpc.aio.AioRpcError as no:
        if no.code() in REFUSED:
            return "refused"
        reason = read_refusal(no).reason
        return {"MALFORMED": "admitted", "NOT_HOME": "elsewhere"}.get(reason, reason or no.code().name)
    return "an answer"
