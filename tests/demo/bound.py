"""What a city has said, walked: every citation in it, of whom it was said, and whether that law binds whom it was said of."""

import re
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import Any

import grpc
from google.protobuf import any_pb2
from google.protobuf.message import Message
from google.rpc.status_pb2 import Status
from grpc_status import rpc_status
from yifa.law.v1 import law_pb2
from yifa.law.v1 import options_pb2 as options

from services.given.say import CONTRACTS, writes
from services.kit.arrival import message_class
from services.kit.call import Surroundings
from services.law.calendar import SHANGHAI
from services.law.citation import INTERNAL, statutes
from services.law.clock import catalogue

CODE = re.compile(r"(?<![A-Z0-9-])[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*(?![A-Z0-9-])")
# The fields by which a record is somebody's; then those that say it where none of these does.
OWNED = ("body_id", "case_id", "officer_id", "certificate_number", "subject_id")
NAMED = (*OWNED, "holder_id", "subject", "node")
# What holds somebody to something says by which law, in this field.
RESTS = {
    "yifa.law.v1.Citation": "code",
    "yifa.enforcement.v1.OpenAct": "law",
    "yifa.enforcement.v1.Obstacle": "law",
    "yifa.enforcement.v1.Breach": "law",
    "yifa.registry.v1.Objection": "law",
    "google.rpc.PreconditionFailure.Violation": "subject",
}


@dataclass
class Walk:
    """Takes what was said, and keeps what cites law that does not bind whom it was said of.

    around: what binds at the node that said it; of_cases: at the departments, whose cases are told on. place: the names of the
    layers of the place. sectors: the pack of everything that is known by an id. walked: how many citations were compared, by the
    kind of message that has them. strangers: records of others that the city keeps; they are left out.
    """

    around: Surroundings
    of_cases: Surroundings
    place: tuple[str, ...]
    sectors: Mapping[str, str]
    faults: Counter[str] = field(default_factory=Counter)
    walked: Counter[str] = field(default_factory=Counter)
    strangers: Counter[str] = field(default_factory=Counter)
    known: dict[tuple[str, str, str, bytes], Counter[str]] = field(default_factory=dict)
    """What was compared in a part that was said before in the same place: an event says all of a case once more."""

    def take(self, where: str, message: Message, sector: str = "", within: str = "") -> None:
        """Compare every citation in a message. What speaks of nobody in particular is held to what binds in the whole city."""
        if isinstance(message, any_pb2.Any):
            message = message_class(message.TypeName()).FromString(message.value)
        key = (message.DESCRIPTOR.full_name, sector, within, message.SerializeToString())
        if key not in self.known:
            before, self.walked = self.walked, Counter()
            self.look_into(where, message, sector, within)
            self.known[key], self.walked = self.walked, before
        self.walked.update(self.known[key])

    def look_into(self, where: str, message: Message, sector: str, within: str) -> None:
        kind = message.DESCRIPTOR.name
        sector = self.whose(message) or sector
        if not sector and any(getattr(message, name, "") for name in OWNED):
            self.strangers[kind] += 1
            return
        rests = RESTS.get(message.DESCRIPTOR.full_name)
        if rests and not named(getattr(message, rests)):
            self.faults[f"{where}: {kind} rests on no law"] += 1
        if isinstance(message, law_pb2.Deadline):
            self.count_again(where, message, sector, self.of_cases if within == "Case" else self.around)
        for name, value in leaves(message):
            if isinstance(value, Message):
                self.take(f"{where} {kind}.{name}", value, sector, kind)
            else:
                for code in named(value):
                    self.compare(
                        f"{where} {kind}.{name}", within if kind == "Citation" else kind, code, sector
                    )

    def whose(self, message: Message) -> str:
        """The pack of whom a message speaks of, or of the one record in it that it is a view of; empty where that is not said."""
        records = [message, *(v for f, v in message.ListFields() if f.message_type and not f.is_repeated)]
        ids = (getattr(r, name) for r in records for name in NAMED if isinstance(getattr(r, name, None), str))
        return next(filter(None, map(self.sectors.get, ids)), "")

    def compare(self, where: str, kind: str, code: str, sector: str) -> None:
        self.walked[kind] += 1
        if not self.binds(code, sector):
            self.faults[f"{where}: {code} does not bind {sector or 'the whole city'}"] += 1
        if kind == "Warning" and code == INTERNAL:
            self.faults[f"{where}: a warning accuses nobody by what only an agency orders"] += 1

    def binds(self, code: str, sector: str) -> bool:
        """Whether a statute is the nation's, or one of the sector, the province, the city or the agency itself."""
        stack = filter(None, map(self.of_cases.parameters.layer, (sector, *self.place)))
        return not statutes()[code].of or any(layer.binds(code) for layer in stack)

    def count_again(self, where: str, deadline: law_pb2.Deadline, sector: str, around: Surroundings) -> None:
        """A clock rests on just what the layers say of it on the day on which it started."""
        day = deadline.start_time.ToDatetime(SHANGHAI).date()
        clock = around.parameters.clock(catalogue()[deadline.clock_id], day, sector)
        if clock is None or clock.law != deadline.citation.code:
            said = clock.law if clock else "nobody"
            self.faults[
                f"{where}: {deadline.clock_id} by {deadline.citation.code}, in {sector} by {said}"
            ] += 1


def leaves(message: Message) -> Iterator[tuple[str, Any]]:
    """The messages and texts in the fields of a message."""
    for each, value in message.ListFields():
        if each.message_type and each.message_type.GetOptions().map_entry:
            values = value.values()
        else:
            values = value if each.is_repeated else (value,)
        yield from ((each.name, v) for v in values if isinstance(v, Message | str))


def within(message: Message) -> Iterator[Message]:
    """A message and every one in it."""
    yield message
    for _, value in leaves(message):
        if isinstance(value, Message):
            yield from within(value)


@cache
def named(text: str) -> tuple[str, ...]:
    """The statutes that a text names by their codes; those that do not bind everybody by their titles too."""
    codes = [code for code in CODE.findall(text) if code in statutes()]
    own = [s for s in statutes().values() if s.of]
    titled = [s.code for s in own if any(t in text for t in (s.title_zh, s.short_zh, s.title_en))]
    return (*codes, *titled)


@dataclass
class Known:
    """The records of the demonstration: the pack of each by its id, and what each node may be asked of, by the field."""

    sectors: dict[str, str]
    ids: dict[str, dict[str, set[str]]]


def acquainted(around: Surroundings, heard: Iterable[tuple[str, Message]]) -> Known:
    """Everything that the bodies of these events own, from the events by the node that had them."""
    known = Known({}, defaultdict(lambda: defaultdict(set)))
    events = [(node, record) for node, message in heard for record in within(message)]
    for _, record in events:
        if record.DESCRIPTOR.name == "EnforcementBody":
            known.sectors[record.body_id] = known.sectors[record.node] = around.sector_of(record.field)
    for _ in range(2):  # a certificate is known by its officer, who is known by the body
        for node, record in events:
            ids = {
                f.name: v
                for f, v in record.ListFields()
                if isinstance(v, str) and f.name.endswith(("_id", "_number"))
            }
            own = next(filter(None, (known.sectors.get(ids.get(name, "")) for name in OWNED)), "")
            for name, value in ids.items() if own else ():
                if name in OWNED:
                    known.sectors.setdefault(value, own)
                for at in {node, "city"}:
                    known.ids[at][name].add(value)
    return known


async def replies(
    city: Any, node: str, ids: Mapping[str, Iterable[str]], unread: set[str]
) -> AsyncIterator[tuple[str, Message]]:
    """The answers, and the refusals, of every read of a node, for every id and every state that it may be asked of.

    A read that is answered for none of them goes into `unread`.
    """
    for service, method in reads(city, node):
        access = method.GetOptions().Extensions[options.access]
        roles = [options.Role.Name(role).removeprefix("ROLE_") for role in access.roles]
        known = method.input_type.fields_by_name
        # what is of a case or of an inspection is asked for by the case
        either = {"inspection_id"} if "case_id" in known else set()
        asked = {
            name: found
            for name, f in known.items()
            if name not in either and (found := [*ids.get(name, ()), *every(f)])
        }
        people = ids["officer_id"] if method.name == "ListInbox" else ()
        # a list is narrowed by one at a time, which tells all; what needs several at once is asked for every pair of them
        one_by_one = [{name: value} for name, values in asked.items() for value in values] or [{}]
        together = (dict(zip(asked, values, strict=True)) for values in product(*asked.values()))
        answered = False
        for ways in (one_by_one, together) if method.name.startswith("List") else (together,):
            for subject, fields in product(("walker", *people), ways):
                async for reply in pages(city, node, service, method.name, (subject, *roles), fields):
                    refused = isinstance(reply, Status)
                    answered |= not refused
                    yield f"{method.name} refused" if refused else method.name, reply
            if answered:
                break
        if not answered:
            unread.add(method.name)


async def pages(
    city: Any, node: str, service: str, method: str, who: tuple[str, ...], fields: Mapping[str, Any]
) -> AsyncIterator[Message]:
    """What a read answers, page by page, or the refusal of it."""
    token = ""
    while True:
        try:
            reply = await city.say(
                node, service, method, who, **fields, **({"page_token": token} if token else {})
            )
        except grpc.aio.AioRpcError as no:
            yield rpc_status.from_call(no)
            return
        yield reply
        if not (token := getattr(reply, "next_page_token", "")):
            return


def reads(city: Any, node: str) -> Iterator[tuple[str, Any]]:
    """The methods of a node that change nothing and answer once."""
    for service in city.nodes[node].settings.services:
        for method in CONTRACTS[service].methods:
            home = method.GetOptions().Extensions[options.access].home
            here = home == options.HOME_ANY or (home == options.HOME_CITY) is (node == "city")
            if here and not (
                writes(service, method.name) or method.server_streaming or method.client_streaming
            ):
                yield service, method


def every(field: Any) -> Iterable[Any]:
    """Every value of a field that narrows a list."""
    if field.name == "page_size":
        return (500,)
    if field.name not in ("state", "act") or field.enum_type is None:
        return ()
    return tuple(value.number for value in field.enum_type.values)
