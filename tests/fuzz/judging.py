"""What must hold of every answer, and of the records when all is over."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import grpc
from google.protobuf import descriptor_pool, message_factory
from google.protobuf.message import DecodeError, Message
from sqlalchemy import Connection, select
from yifa.enforcement.v1.outside_pb2 import STAGE_OUTCOME_TAKEN, ReportStageResponse
from yifa.enforcement.v1.work_pb2 import ReassignWorkResponse
from yifa.supervision.v1.work_pb2 import ReassignOfficeWorkResponse

from services.kit import journal
from services.kit.sealing import has_room, without
from services.kit.settings import Settings
from services.kit.store import kit_tables, open_store
from services.node.plan import Plan
from services.node.records import note, records, unlike
from services.node.serve import RECORDS, service
from tests.city import Refused, read_refusal

C = grpc.StatusCode
NEVER = {C.INTERNAL, C.UNKNOWN, C.DATA_LOSS, C.DEADLINE_EXCEEDED}
NEVER_REASONS = {"INTERNAL", "DATABASE_UNAVAILABLE", "OVERLOADED"}
# What is asked for a second time may find everything said already: then nothing happened, and nothing is announced. And where
# somebody is reached outside the inbox stands in no journal.
SAYS_NOTHING_NEW = {"PublishBenchmark", "IssuePaper", "AcknowledgeNotification", "RemoveReconsiderer"}


@dataclass
class Writes:
    """What was asked of one service of one node: the replies by request_id, and the ids of calls of which nobody heard more."""

    replies: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    unheard: set[str] = field(default_factory=set)


def wrong_answer(error: grpc.aio.AioRpcError) -> str:
    """What is wrong with a refusal; empty where it is a proper one: with its reason, in both languages."""
    try:
        said = read_refusal(error)
    except ValueError as wrong:
        return f"{error.code().name}: its status says otherwise: {wrong}"
    if said.code in NEVER or said.reason in NEVER_REASONS:
        return f"{error.code().name} {said.reason}: {error.details()}"
    return improper(said)


def improper(said: Refused) -> str:
    if not said.reason or not said.domain:
        return f"{said.code}: no reason: {said.en}"
    if not any("\u4e00" <= c <= "\u9fff" for c in said.zh):
        return f"{said.reason}: not said in Chinese: {said.zh!r}"
    if not said.en or all("\u4e00" <= c <= "\u9fff" for c in said.en):
        return f"{said.reason}: not said in English: {said.en!r}"
    return ""


def wrong_reply(kind: type[Message], body: bytes) -> str:
    """What is wrong with a reply."""
    try:
        made = kind.FromString(body)
    except DecodeError as wrong:
        return f"the reply is no {kind.DESCRIPTOR.full_name}: {wrong}"
    return f"the reply holds what the contract does not know: {made}" if unknown_in(made) else ""


def unknown_in(message: Message) -> bool:
    """Whether a message holds fields that its kind does not know."""
    return len(message.SerializeToString()) != len(without_unknown(message).SerializeToString())


def without_unknown(message: Message) -> Message:
    copy = type(message)()
    copy.CopyFrom(message)
    copy.DiscardUnknownFields()
    return copy


# The records ------------------------------------------------------------------------------------------


@dataclass
class Seen:
    """How much was looked at, so that nothing passes because nothing was there."""

    entries: int = 0
    replies: int = 0
    snapshots: int = 0


def wrong_records(plan: Plan, written: Mapping[tuple[str, str], Writes], seen: Seen) -> Iterator[str]:
    """What is wrong with the databases of a city that has stopped."""
    for site in plan.sites:
        settings = Settings.load(plan.settings(site.id))
        for name in site.services:
            if name in RECORDS:
                engine = open_store(settings.database(name))
                with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
                    about = written.get((site.id, name), Writes())
                    for each in wrong_service(db, site.id, name, about, seen):
                        yield f"{name}@{site.id}: {each}"
                engine.dispose()


def wrong_service(db: Connection, node: str, name: str, written: Writes, seen: Seen) -> Iterator[str]:
    """The chain holds, each acknowledged write has its reply and its entry, each record is that of its last event."""
    kit = kit_tables(service(name).metadata)
    causes: Counter[str] = Counter()
    last: dict[tuple[str, str], tuple[int, Message]] = {}
    rows = records(name)
    entries = []

    def page(after: int) -> list[journal.Envelope]:
        found = journal.read(db, kit.journal, node, name, after)
        for e in found:
            causes[e.request_id] += bool(e.request_id)
            note(e, rows, last)
        entries.extend(found[-1:])
        return found

    read, faults = journal.verify(journal.walk(page))
    yield from (f"entry {f.seq}: {f.what}" for f in faults[:5])
    head = db.execute(select(kit.head)).one()
    if (head.seq, bytes(head.hash)) != (read, entries[-1].hash if entries else journal.GENESIS):
        yield f"the head is {head.seq}, the last entry {read}"
    seen.entries += read
    yield from wrong_replies(db, kit, written, causes, seen)
    yield from wrong_snapshots(db, rows, last, seen)


def wrong_replies(
    db: Connection, kit: Any, written: Writes, causes: Counter[str], seen: Seen
) -> Iterator[str]:
    kept = {r.request_id: bytes(r.data) for r in db.execute(select(kit.reply))}
    for request_id, (path, body) in written.replies.items():
        seen.replies += 1
        if request_id not in kept:
            yield f"{path} {request_id!r} was acknowledged and has no reply"
        elif kept[request_id] != as_kept(path, body):
            yield f"{path} {request_id!r} was answered otherwise than what is kept"
        if not causes[request_id] and not says_nothing_new(path, body):
            yield f"{path} {request_id!r} was acknowledged and has no entry in the journal"
    asked = {*written.replies, *written.unheard}
    for request_id in kept:
        if request_id.startswith("fuzz-") and request_id not in asked:
            yield f"{request_id!r} was refused and has a reply"
    for request_id in causes:
        if request_id.startswith("fuzz-") and request_id not in kept:
            yield f"{request_id!r} is in the journal and has no reply"


def as_kept(path: str, body: bytes) -> bytes:
    """An answer as it is kept: what it unsealed was for the caller alone."""
    name, _, method = path.removeprefix("/").rpartition("/")
    gives = descriptor_pool.Default().FindServiceByName(name).methods_by_name[method].output_type
    if not has_room(gives):
        return body
    return without(message_factory.GetMessageClass(gives).FromString(body)).SerializeToString()


def says_nothing_new(path: str, body: bytes) -> bool:
    """Whether an answer tells of nothing that was done: a stage that was known or cannot be a fact, an officer without work."""
    method = path.rpartition("/")[2]
    if method == "ReportStage":
        return ReportStageResponse.FromString(body).result.outcome != STAGE_OUTCOME_TAKEN
    if method == "ReassignWork":
        return not any(case.reassigned for case in ReassignWorkResponse.FromString(body).cases)
    if method == "ReassignOfficeWork":
        return not any(each.reassigned for each in ReassignOfficeWorkResponse.FromString(body).records)
    return method in SAYS_NOTHING_NEW


def wrong_snapshots(
    db: Connection, rows: Mapping[str, Any], last: Mapping[tuple[str, str], tuple[int, Message]], seen: Seen
) -> Iterator[str]:
    """Every record is as its last event says, but for what is told apart."""
    seen.snapshots += len(last)
    yield from (f"{u.kind} {u.key} {u.what}" for u in unlike(db, rows, dict(last)))
