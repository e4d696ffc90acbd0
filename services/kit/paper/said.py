"""What a paper says, from the record and nothing else: plain values for a template, the same for the same record."""

import json
from datetime import datetime
from hashlib import sha256
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp
from yifa.law.v1.law_pb2 import Money

from services.law.calendar import SHANGHAI
from services.law.moment import moment_of
from services.law.yuan import figures, in_words

Plain = dict[str, Any]


def canonical(whole: Plain) -> bytes:
    """All that a paper says, as JSON that is the same for the same."""
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


def put_part(told: Plain, record: Message, path: str) -> None:
    """Put a field of a record into what is told, where it is set; "terms.title" goes into what is told of the terms."""
    *way, name = path.split(".")
    for each in way:
        if not record.HasField(each):
            return
        record = getattr(record, each)
    if (value := part(record, name)) is not None:
        for each in way:
            told = told.setdefault(each, {})
        told[name] = value


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
