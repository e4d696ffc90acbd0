"""Whole tables of penalties of before: brought in row by row, and given out as they came."""

from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256

from sqlalchemy import select
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import past_penalty_pb2 as pb

from services.enforcement.party_file.model import FILES
from services.enforcement.past_penalty.model import PastPenalty
from services.kit.rpc import exchange
from services.kit.text import BAD, named
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.identity import spelt
from services.law.party_file import of_past_penalty
from services.law.procedures.penalty.penalty_table import Fault, columns, row_faults, titled

HISTORY = select(PastPenalty)
KEY = ("CF_CFJGDM", "CF_WSH", "CF_XDR_MC")


@exchange
def import_past_penalties(
    request: pb.ImportPastPenaltiesRequest, seen: dict[str, int], tx: Tx
) -> pb.ImportPastPenaltiesResponse:
    """Keep the good rows of a part, in one event; each bad one is told with its column."""
    reply, today = pb.ImportPastPenaltiesResponse(), tx.now.astimezone(SHANGHAI).date()
    rows = [(row.line, filled(row.values)) for row in request.rows]
    keys = [key_of(said) for _, said in rows]
    known = {past.key: dict(past.entries) for past in tx.among(PastPenalty, "key", keys)}
    added: dict[str, dict[str, str]] = {}
    for (line, said), key in zip(rows, keys, strict=True):
        first = seen.setdefault(key, line)
        if faults := [*wrong(said, today), *repeated(first, line)]:
            tell(reply, line, faults)
        elif (kept := known.get(key) or added.get(key)) is not None:
            differing = [*differences(kept, said)]
            reply.unchanged += not differing
            tell(reply, line, differing)
        else:
            added[key] = said
    reply.added = len(added)
    if added and not request.dry_run:
        for key, said in added.items():
            number = spelt(said.get("CF_XDR_SHXYM") or said.get("CF_XDR_ZJHM") or "")
            name, told = said["CF_XDR_MC"], tuple(said.items())
            tx.add(PastPenalty.new(key=key, identity_number=number, party_name=name, entries=told))
            FILES.file(tx, of_past_penalty(key, number, name, said.get("CF_JDRQ", "")))
        event = events.PastPenaltiesImported(count=len(added), keys=[k.encode() for k in added])
        tx.emit(event, subject=tx.new_id("L-"))
    return reply


def filled(values: Mapping[str, str]) -> dict[str, str]:
    """The values that are not blank, in the order of the standard, then those that it does not know."""
    order = {column.code: n for n, column in enumerate(columns())}
    said = {code: value.strip() for code, value in values.items() if value.strip()}
    return dict(sorted(said.items(), key=lambda entry: order.get(entry[0], len(order))))


def key_of(said: Mapping[str, str]) -> str:
    """By what a penalty on a party is known: the agency, the number of its decision, the party."""
    return sha256("\0".join(said.get(code, "") for code in KEY).encode()).hexdigest()


def wrong(said: Mapping[str, str], today: date) -> Iterator[Fault]:
    """What stands against a row, by the standard; an unknown column, and a sign that is no text."""
    standard = {column.code for column in columns()}
    for code, value in said.items():
        if code not in standard:
            yield Fault(code, "标准没有该栏目", "is no column of the standard")
        elif (found := BAD.search(value)) is not None:
            en, zh = named(value, found.end() - 1)
            yield Fault(code, f"{titled(code)}{zh}", en)
    yield from row_faults(tuple(said.get(column.code, "") for column in columns()), today)


def repeated(first: int, line: int) -> Iterator[Fault]:
    """A row about the same penalty as an earlier line. A part that is done twice is none."""
    if first != line:
        yield Fault("CF_WSH", f"与第{first}行重复", f"is in line {first} already")


def differences(kept: Mapping[str, str], said: Mapping[str, str]) -> Iterator[Fault]:
    """What a row says otherwise than the record of the same penalty."""
    for column in columns():
        if kept.get(column.code, "") != said.get(column.code, ""):
            yield Fault(
                column.code, f"{column.zh}与已有记录不一致", "differs from what is on record of this penalty"
            )


def tell(reply: pb.ImportPastPenaltiesResponse, line: int, faults: list[Fault]) -> None:
    for fault in faults:
        reply.problems.add(line=line, column=fault.column, text_zh=fault.zh, text_en=fault.en)
