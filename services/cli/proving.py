"""`yifa prove` and `yifa verify --proof`: one entry, shown to stand in its journal, for whoever has nothing else of it."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import grpc
from google.protobuf.json_format import MessageToDict
from rich.console import Console
from yifa.journal.v1 import checkpoint_pb2, journal_service_pb2_grpc

from services.cli.show import credentials
from services.kit.arrival import message_class
from services.kit.checkpoint.proof import BadProof, Proven, by_known_keys, read, written
from services.kit.desk import envelope
from services.kit.dial import channel
from services.kit.directory import Directory, NodeKey
from services.kit.note import parse, parse_verifier_key
from services.kit.signing import key_id_of
from services.law.calendar import SHANGHAI
from services.node.failure import Failure
from services.node.plan import Plan


async def prove(plan: Plan, event: str) -> str:
    """The proof of an event, by its id or as NODE/SERVICE/NUMBER. Raises Failure."""
    node, service, number = ("", "", event) if event.count("/") != 2 else event.split("/")
    directory = Directory(plan.directory)
    why = f"no journal has the event {event}"
    for site in plan.sites:
        for name in site.services:
            if node and (node, service) != (site.id, name):
                continue
            asked = checkpoint_pb2.ProveEntryRequest(
                service=name, **({"seq": int(number)} if node and number.isdigit() else {"event_id": event})
            )
            async with channel(plan.target(site.id)) as there:
                stub = journal_service_pb2_grpc.JournalServiceStub(there)
                try:
                    reply = await stub.ProveEntry(asked, metadata=credentials(plan))
                except grpc.aio.AioRpcError as wrong:
                    if wrong.code() != grpc.StatusCode.NOT_FOUND:
                        raise
                    if "Checkpoint" in (wrong.details() or ""):
                        why = f"{site.id}/{name} has the event, and has not signed its journal up to it yet: try again later"
                    continue
            note = parse(reply.note)
            return written(envelope(reply.entry), reply.index, list(reply.path), note, directory.all)
    raise Failure(why)


def verify_proof(path: Path, keys: list[NodeKey] | None) -> Proven:
    """Check the proof in a file; by the keys of the city's nodes, where they are known. Raises Failure."""
    try:
        proven = read(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, BadProof) as wrong:
        raise Failure(f"{path}: {wrong}") from None
    if keys is not None:
        proven.faults += by_known_keys(proven, keys)
    return proven


def proven_json(proven: Proven, known: bool) -> dict[str, Any]:
    e = proven.entry
    return {
        "proven": not proven.faults,
        "keys_known": known,
        "journal": proven.note.checkpoint.origin,
        "seq": e.seq,
        "event_id": e.event_id,
        "type": e.type,
        "subject": e.subject,
        "occur_time": when(e.at / 1_000_000),
        "actor": e.actor,
        "hash": e.hash.hex(),
        "entries": proven.note.checkpoint.size,
        "witnesses": {name: when(at) for name, at in sorted(proven.witnesses.items())},
        "keys": [f"{name} {key_id_of(public)}" for name, public, _ in map(parse_verifier_key, proven.keys)],
        "content": content(proven),
        "faults": proven.faults,
    }


def content(proven: Proven) -> Any:
    """What the event says, as far as this release can read it."""
    kind = message_class(proven.entry.type)
    try:
        return MessageToDict(kind.FromString(proven.entry.data)) if kind is not None else None
    except Exception:
        return None


def when(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).astimezone(SHANGHAI).isoformat(timespec="seconds")


def print_proven(out: Console, proven: Proven, known: bool) -> None:
    said = proven_json(proven, known)
    lines = [
        f"日志 journal     {said['journal']}，第{said['seq']}条 entry {said['seq']}",
        f"事件 event       {said['type']} {said['subject']}",
        f"时间 time        {said['occur_time']}，{said['actor']}",
        f"校验值 hash       {said['hash']}",
        f"校验点 checkpoint {said['entries']} 条 entries",
        *(f"见证 witness     {name} {at}" for name, at in said["witnesses"].items()),
        *(f"公钥 key         {key}" for key in said["keys"]),
    ]
    for line in lines:
        out.print(line, highlight=False, markup=False, soft_wrap=True)
    for fault in proven.faults:
        out.print(f"✗ {fault}", style="red", markup=False, highlight=False)
    if not proven.faults:
        out.print("✓ 该记录在日志中，未被改动 the entry stands in the journal as it is shown", style="green")
    if not known:
        out.print(
            "公钥取自文件本身：请与市级公布的公钥核对 the keys are those of the file: compare them with those that the city "
            "publishes",
            style="yellow",
        )


def to_json(proven: Proven, known: bool) -> str:
    return json.dumps(proven_json(proven, known), ensure_ascii=False, indent=2)
