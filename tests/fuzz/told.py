"""What a lawful city told, and the journals of nodes that go on from there: whoever has a node's key writes what he likes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from google.protobuf.message import Message
from yifa.law.v1 import options_pb2

from services.kit import journal
from services.kit.journal import GENESIS, Envelope, seal
from services.kit.reader import Delivery
from services.kit.settings import Settings
from services.kit.signature import signed
from services.kit.signing import Signer, key_id_of
from services.kit.store import kit_tables, open_store
from services.node.plan import Plan
from services.node.serve import RECORDS, service
from tests.fuzz.values import Values, inside

ALL = "all"


def told(plan: Plan) -> list[Envelope]:
    """All that the nodes of a city announced, in the order in which it happened."""
    return sorted(
        (e for each in journals(plan) for e in each), key=lambda e: (e.at, e.node, e.service, e.seq)
    )


def journals(plan: Plan) -> Iterator[list[Envelope]]:
    for site in plan.sites:
        settings = Settings.load(plan.settings(site.id))
        for name in set(site.services) & set(RECORDS):
            url = settings.database(name)
            if not Path(url.removeprefix("sqlite:///")).exists():
                continue  # it has never run
            engine = open_store(url)
            with engine.connect() as db:
                yield journal.read(
                    db, kit_tables(service(name).metadata).journal, site.id, name, 0, 1_000_000
                )
            engine.dispose()


def heard_by(e: Envelope, node: str, city: str) -> bool:
    """Whether an event reaches a node at all."""
    return node in (e.node, city) or e.to in (node, ALL)


def source_of(e: Envelope, node: str, city: str) -> str:
    """By which reader a node gets an event."""
    return "local" if e.node == node else "law.>" if node == city else f"law.{e.to}.>"


def signer_of(plan: Plan, node: str) -> Signer:
    """The key of a node."""
    key = load_pem_private_key((plan.keys / node / "sign.key").read_bytes(), None)
    assert isinstance(key, Ed25519PrivateKey)
    public = key.public_key().public_bytes_raw()
    return Signer(key, key_id_of(public), public)


@dataclass
class Hand:
    """Who writes the journal of a service at a node, and has its key."""

    node: str
    service: str
    signer: Signer
    seq: int = 0
    last: bytes = GENESIS
    counts: dict[str, int] = field(default_factory=dict)

    def write(self, e: Envelope, *, skip: int = 0) -> Envelope:
        """The next entry, with what an event says; `skip` leaves numbers out."""
        self.seq += 1 + skip
        count = self.counts[e.to] = self.counts.get(e.to, 0) + 1 + skip
        made = replace(
            e, node=self.node, service=self.service, seq=self.seq, count=count, prev_hash=self.last
        )
        self.last = seal(
            self.last, made.seq, made.event_id, made.type, made.to, made.count, made.subject, made.at, made.actor,
            made.request_id, made.trace, made.data,
        )  # fmt: skip
        return replace(made, hash=self.last)


def hands_of(plan: Plan, node: str, lawful: Sequence[Envelope]) -> dict[str, Hand]:
    """Who goes on with the journals of a node that has stopped, by their services."""
    hands: dict[str, Hand] = {}
    for e in sorted((e for e in lawful if e.node == node), key=lambda e: e.seq):
        hand = hands.setdefault(e.service, Hand(node, e.service, signer_of(plan, node)))
        hand.seq, hand.last = e.seq, e.hash
        hand.counts[e.to] = e.count
    return hands


def deliveries(entries: Sequence[Envelope], signer: Signer) -> list[Delivery]:
    """Entries of one journal as the bus brings them."""
    return [
        Delivery(
            e.seq, f"law.{e.to}.{e.node}.{e.service}.{name}", e.to, e.node, e.service, name,
            journal.headers(e, e.trace, signature), e.data,
        )
        for e, signature in zip(entries, signed(entries, signer), strict=True)
        for name in [e.type.rpartition(".")[2]]
    ]  # fmt: skip


AT = 1_772_000_000_000_000
"""When what is made up was told, in microseconds since 1970."""


def made_up(
    values: Values, node_of: Mapping[int, str], kinds: Sequence[type[Message]], department: str
) -> list[Envelope]:
    """An event of every kind, as its contract has it, of the node that may send it: the same each time."""
    found = []
    for n, kind in enumerate(kinds):
        said = kind.DESCRIPTOR.GetOptions().Extensions[options_pb2.event]
        node = node_of.get(said.home, department)
        body = values.message(kind.DESCRIPTOR, 0.0)
        for holder in (body, *inside(body)):
            if "node" in holder.DESCRIPTOR.fields_by_name:
                holder.node = node  # type: ignore[attr-defined]
        values.known.learn(body)
        name, to = kind.DESCRIPTOR.full_name, ALL if node != department else "city"
        trace = f"00-{n + 1:032x}-{n + 1:016x}-00"
        found.append(
            Envelope(node, name.split(".")[1], n + 1, f"E-{n}", name, to, n + 1, "", AT + n, "somebody", "", trace,
                     body.SerializeToString(deterministic=True), b"", b"", "", 0, trace)
        )  # fmt: skip
    return found
