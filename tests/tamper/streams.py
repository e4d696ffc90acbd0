"""Changes to what the hub has, by somebody who keeps the hub and has no node's key."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from services.kit.algorithm import ED25519
from services.kit.directory import NodeKey
from services.kit.journal import from_headers, headers, seal
from services.kit.signature import Keys, signed
from services.kit.signing import signer_in
from services.node.verifying import verify_stream
from services.node.watching import told_by
from tests.tamper.databases import other
from tests.tamper.material import Material, Message

OF_THE_EVENT = "Nats-Msg-Id"
Stream = list[Message]


def some(stream: Stream, chance: random.Random) -> int:
    return chance.randrange(len(stream))


def data(stream: Stream, chance: random.Random) -> set[str]:
    n = some(stream, chance)
    stream[n] = replace(stream[n], data=other(chance, stream[n].data))
    return {journal(stream[n])}


def own(m: Message) -> list[str]:
    """The headers that are of the event: not those by which servers steer and number, nor the trace by which it is measured."""
    return sorted(h for h in m.headers if h == OF_THE_EVENT or not h.startswith(("Nats-", "traceparent")))


def header(stream: Stream, chance: random.Random) -> set[str]:
    n = some(stream, chance)
    was = stream[n]
    name = chance.choice(own(was))
    value = other(chance, was.headers[name])
    stream[n] = replace(was, headers={**was.headers, name: value})
    return {journal(was), "?"}


def header_gone(stream: Stream, chance: random.Random) -> set[str]:
    n = some(stream, chance)
    was = stream[n]
    name = chance.choice([k for k in own(was) if was.headers[k]])
    stream[n] = replace(was, headers={k: v for k, v in was.headers.items() if k != name})
    return {journal(was), "?"}


def dropped(stream: Stream, chance: random.Random) -> set[str]:
    return {journal(stream.pop(some(stream, chance)))}


def swapped(stream: Stream, chance: random.Random) -> set[str]:
    """Two events of one journal."""
    n = some(stream, chance)
    its = [k for k, m in enumerate(stream) if journal(m) == journal(stream[n]) and k != n]
    if not its:
        return dropped(stream, chance)
    k = chance.choice(its)
    stream[n], stream[k] = stream[k], stream[n]
    return {journal(stream[n])}


def tail_cut(stream: Stream, chance: random.Random) -> set[str]:
    left = some(stream, chance)
    gone = {journal(m) for m in stream[left:]}
    del stream[left:]
    return gone


def forged(stream: Stream, chance: random.Random) -> set[str]:
    """An event that says something else, sealed anew and signed with a key of one's own, in its place or behind it."""
    n = some(stream, chance)
    was = stream[n]
    subject = was.headers["Nats-Subject"].split(".")
    e = from_headers(was.headers, was.data, subject[2], "", 0)
    e = replace(e, at=e.at - 10**9, actor="somebody", data=other(chance, e.data))
    fields = (
        e.seq,
        e.event_id,
        e.type,
        e.to,
        e.count,
        e.subject,
        e.at,
        e.actor,
        e.request_id,
        e.trace,
        e.data,
    )
    e = replace(e, hash=seal(e.prev_hash, *fields))
    made = Message({**was.headers, **headers(e, e.traceparent, signed([e], STRANGER)[0])}, e.data)
    if chance.random() < 0.5:
        stream[n] = made
    else:
        stream.insert(n + 1, made)
    return {journal(was)}


def moved(stream: Stream, chance: random.Random) -> set[str]:
    """As of another node, service, addressee or kind."""
    n = some(stream, chance)
    was = stream[n]
    tokens = was.headers["Nats-Subject"].split(".")
    k = chance.randrange(1, 5)
    tokens[k] = other(chance, tokens[k]).replace(".", "_")
    stream[n] = replace(was, headers={**was.headers, "Nats-Subject": ".".join(tokens)})
    return {journal(was)}


def journal(m: Message) -> str:
    _, _, node, service, _ = m.headers["Nats-Subject"].split(".", 4)
    return f"{node}/{service}"


STRANGER = signer_in(ED25519.make()[0])
KINDS: dict[str, Callable[[Stream, random.Random], set[str]]] = {
    "byte of the body": data,
    "byte of a header": header,
    "header gone": header_gone,
    "dropped": dropped,
    "swapped": swapped,
    "tail cut": tail_cut,
    "forged": forged,
    "moved": moved,
}


@dataclass
class Streams:
    """The stream, and what is made of a change to it."""

    material: Material
    keys: Keys
    known: tuple[NodeKey, ...]

    def faults(self, stream: Stream) -> dict[str, list[str]]:
        told = (told_by(m) for m in stream)
        checked = verify_stream(told, self.keys, self.known, self.material.notes, self.material.sent)
        said = {c.journal: [f"{f.seq}: {f.what}" for f in c.faults] for c in checked}
        for c in checked:
            said[c.journal] += [f"{first} to {last}: stand out of their place" for first, last in c.moved]
        return {journal: faults for journal, faults in said.items() if faults}

    def unseen(self, kind: str, chance: random.Random) -> str:
        """Why a change of this kind was not found and named; empty where it was."""
        stream = list(self.material.stream)
        journals = KINDS[kind](stream, chance)
        found = self.faults(stream)
        if not found:
            return f"{kind} in {journals} was not found"
        if "?" in journals:
            return ""
        return "" if journals <= set(found) else f"{kind} in {journals}: named were {sorted(found)}"
