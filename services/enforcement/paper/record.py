"""What a paper says, from the record and nothing else: plain values for a template, the same for the same record.

What the record does not hold is left out; the template leaves a line for it.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import evidence_pb2
from yifa.law.v1.law_pb2 import Money

from services.enforcement.paper.about import About
from services.enforcement.paper.model import CasePaper
from services.law.calendar import SHANGHAI
from services.law.moment import moment_at, moment_of
from services.law.numbering import check_character
from services.law.paper import PAPERS, Paper
from services.law.yuan import figures, in_words

Plain = dict[str, Any]


def said(
    paper: Paper,
    of: About,
    *,
    number: str,
    serial: int,
    issued: datetime,
    evidence: Iterable[evidence_pb2.Evidence] = (),
    papers: Iterable[CasePaper] = (),
) -> bytes:
    """All that a paper says, as canonical JSON. `serial` in its file tells apart two that say the same."""
    record, case = of.record, of.case or cases.Case()
    told: Plain = {name: value for name in paper.says if (value := part(record, name)) is not None}
    if record is not case and of.case is not None:
        beside = ("party", "violation", *paper.of_case)
        told |= {name: value for name in beside if (value := part(case, name)) is not None}
    if paper.served and of.identity_number:
        told["party"]["identity_number"] = of.identity_number
    bears = moment_at(record, paper.at) if paper.at else None
    whole = {
        "paper": {
            "kind": paper.kind,
            "title": paper.zh,
            "number": number,
            "day": day(bears or issued),
            "serial": serial,
        },
        "case_id": case.case_id,
        "case_number": case.case_number,
        "source": cases.CaseSource.Name(case.source).removeprefix("CASE_SOURCE_"),
        "procedure": cases.Procedure.Name(case.procedure).removeprefix("PROCEDURE_"),
        "body": {"name": record.body_name, "in_name_of": case.in_name_of},
        **told,
    }
    if record is not case:
        whole["record_id"] = of.record_id
    if number:
        whole["paper"]["check"] = check_character(number)
    if paper.evidence:
        whole["evidence"] = [plain(piece) for piece in evidence]
    if paper.papers:
        whole["papers"] = [
            {
                "title": PAPERS[row.kind].zh,
                "number": row.number,
                "day": day(row.issue_time),
                "group": PAPERS[row.kind].group,
            }
            for row in papers
        ]
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def identity(data: bytes, template_hash: str) -> str:
    """The hash by which a paper is known: of what it says and of its template."""
    return sha256(sha256(data).digest() + bytes.fromhex(template_hash)).hexdigest()


def part(record: Message, name: str) -> Any:
    """One field of a record as a plain value; None where it is not set."""
    field = record.DESCRIPTOR.fields_by_name[name]
    if field.is_repeated:
        return [value_of(field, each) for each in getattr(record, name)] or None
    if field.has_presence and not record.HasField(name):
        return None
    value = value_of(field, getattr(record, name))
    return None if value == "" else value


def plain(message: Message) -> Plain:
    """A message as a dictionary of what is set in it."""
    return {f.name: value for f in message.DESCRIPTOR.fields if (value := part(message, f.name)) is not None}


def value_of(field: FieldDescriptor, value: Any) -> Any:
    if field.enum_type is not None:
        lead = field.enum_type.values[0].name.removesuffix("UNSPECIFIED")
        return field.enum_type.values_by_number[value].name.removeprefix(lead) if value else ""
    if isinstance(value, Timestamp):
        return {"day": day(moment_of(value)), "time": time(moment_of(value))}
    if isinstance(value, Money):
        return {"yuan": figures(value.fen), "words": in_words(value.fen)} if value.fen else ""
    if isinstance(value, Message):
        return plain(value)
    return value.hex() if isinstance(value, bytes) else value


def day(at: datetime) -> str:
    """A day as documents write it, 2026年3月2日."""
    local = at.astimezone(SHANGHAI)
    return f"{local.year}年{local.month}月{local.day}日"


def time(at: datetime) -> str:
    local = at.astimezone(SHANGHAI)
    return f"{day(at)}{local.hour}时{local.minute:02d}分"
