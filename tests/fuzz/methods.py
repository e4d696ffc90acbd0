"""Every method that the nodes serve, and who may call it: read from the nodes' reflection and the contract's own options."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from google.protobuf import descriptor_pool, message_factory
from google.protobuf.descriptor import Descriptor
from yifa.law.v1 import options_pb2 as options

from services.given.people import CLERK, FINANCE, HEAD, REGISTRAR, REVIEWER, UNIT
from services.kit.access import mint
from tests.fuzz.values import ABSURD
from tests.fuzz.world import World
from tests.issuing import signed_by

Metadata = tuple[tuple[str, str | bytes], ...]
PEOPLE = {who[1]: who[0] for who in (CLERK, FINANCE, HEAD, REGISTRAR, REVIEWER, UNIT)}
HOMES = {options.HOME_CITY: "city", options.HOME_DEPARTMENT: "department"}


@dataclass(frozen=True)
class Method:
    """A method of the contract; `nodes` are those that serve it, `home` those of them that keep its records."""

    path: str
    takes: Descriptor
    gives: type
    streams_in: bool
    streams_out: bool
    roles: tuple[str, ...]
    nodes: tuple[str, ...]
    home: tuple[str, ...]

    @property
    def writes(self) -> bool:
        return "request_id" in self.takes.fields_by_name

    @property
    def service(self) -> str:
        return self.path.split(".")[1]


def methods(served: Mapping[str, Sequence[str]], kinds: Mapping[str, str]) -> Iterator[Method]:
    """All methods. `served` are the services of each node, `kinds` is what each node is: "city" or "department"."""
    pool = descriptor_pool.Default()
    for name in sorted({each for services in served.values() for each in services}):
        nodes = tuple(node for node, services in served.items() if name in services)
        for method in pool.FindServiceByName(name).methods:
            access = method.GetOptions().Extensions[options.access]
            home = HOMES.get(access.home, "")
            yield Method(
                f"/{name}/{method.name}",
                method.input_type,
                message_factory.GetMessageClass(method.output_type),
                method.client_streaming,
                method.server_streaming,
                tuple(options.Role.Name(role).removeprefix("ROLE_") for role in access.roles),
                nodes,
                tuple(n for n in nodes if home in ("", kinds[n])) or nodes,
            )


Bearer = tuple[str, str, tuple[str, ...]]
"""Somebody of a node in roles."""


class Bearers:
    """Tokens for callers: as they should be, and as they should not."""

    def __init__(self, world: World, rng: Random) -> None:
        self.world, self.rng = world, rng
        self.pem = {node: world.plan.token_key(node).read_bytes() for node in world.served}
        self.minted: dict[Bearer, Metadata] = {}

    def good(self, node: str, roles: Sequence[str]) -> Metadata:
        """Somebody of the node in one of the roles."""
        role = self.rng.choice(roles)
        officers = self.world.officers.get(node, ["O-none"])
        subject = self.rng.choice(officers) if role == "HANDLING_OFFICER" else PEOPLE.get(role, "somebody-1")
        return self.of(subject, node, (role,))

    def of(self, subject: str, node: str, roles: tuple[str, ...]) -> Metadata:
        key = subject, node, roles
        if key not in self.minted:
            self.minted[key] = bearer(mint(self.pem[node], subject, node, roles))
        return self.minted[key]

    def signed_out(self, metadata: Metadata) -> None:
        """A token was taken back, as by signing out with it: its bearer gets another when he calls again."""
        self.minted = {key: each for key, each in self.minted.items() if each != metadata}

    def wrong(self, node: str, roles: Sequence[str]) -> Metadata:
        """A caller whom something is wrong with."""
        rng, role = self.rng, self.rng.choice(roles)
        other = rng.choice([n for n in self.world.served if n != node])
        anybody = rng.choice([r.removeprefix("ROLE_") for r in options.Role.keys()[1:]])
        late = mint(self.pem[node], "head-1", node, (role,), lifetime=timedelta(seconds=-5))
        return rng.choice(
            [
                (),
                bearer(""),
                bearer("x.y.z"),
                bearer(late),
                (("authorization", "Basic eDp5"),),
                self.of("head-1", other, (role,)),
                self.of("head-1", node, (anybody,)),
                bearer(self.signed(node, sub="head-1", node=3, roles=[role])),
                bearer(self.signed(node, sub=rng.choice(ABSURD), node=node, roles=[role])),
                bearer(self.signed(node, sub="system:registry", node=node, roles=["SYSTEM"])),
                bearer(
                    self.signed(
                        node, sub="head-1", node=node, roles=rng.choice(["X", [1], {"a": 1}, None, 7])
                    )
                ),
            ]
        )

    def signed(self, by: str, /, **claims: Any) -> str:
        """By the key of a node, whatever is said."""
        return signed_by(self.pem[by], by, **claims)


def bearer(token: str) -> Metadata:
    return (("authorization", f"Bearer {token}"),)
