"""Officers as they are kept and as they go on the wire."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Field
from yifa.registry.v1 import officer_pb2

from services.kit.store import Instant, JsonList, micros, moment
from services.registry.certificate.standing import Interval
from services.registry.officer.identity import masked
from services.registry.row import Row
from services.registry.standing.objections import Holder, Posted


class Officer(Row, table=True):
    """A person on a roster. The id number is known at the department only."""

    officer_id: str = Field(primary_key=True)
    name: str
    id_number: str | None = Field(default=None, unique=True)
    body_id: str = Field(index=True)
    node: str
    unit: str
    post: str
    staff_kind: int
    training_hours: int = 0
    register_time: datetime = Field(sa_type=Instant)
    # Where the officer was before: {body_id, node, from, until} with moments in microseconds, oldest first.
    former: tuple[Mapping[str, Any], ...] = Field(default=(), sa_type=JsonList)
    leave_time: datetime | None = Field(default=None, sa_type=Instant)
    leave_cause: int = 0
    nominated: bool = False
    version: int = 1


def officer_proto(row: Any) -> officer_pb2.Officer:
    """The officer as a reply shows it: the id number masked."""
    return officer_pb2.Officer(
        officer_id=row.officer_id,
        name=row.name,
        id_number=masked(row.id_number or ""),
        body_id=row.body_id,
        node=row.node,
        unit=row.unit,
        post=row.post,
        staff_kind=row.staff_kind,
        training_hours=row.training_hours,
        register_time=row.register_time,
        former=map(posting_proto, row.former),
        leave_time=row.leave_time,
        leave_cause=row.leave_cause,
        nominated=row.nominated,
        version=row.version,
    )


def posting_proto(posting: Mapping[str, Any]) -> officer_pb2.Posting:
    return officer_pb2.Posting(
        body_id=posting["body_id"],
        node=posting["node"],
        from_time=moment(posting["from"]),
        until_time=moment(posting["until"]),
    )


def former_of(officer: officer_pb2.Officer) -> tuple[dict[str, Any], ...]:
    """The former posts of an announced officer as they are kept."""
    return tuple(
        {
            "body_id": p.body_id,
            "node": p.node,
            "from": micros(p.from_time.ToDatetime(tzinfo=UTC)),
            "until": micros(p.until_time.ToDatetime(tzinfo=UTC)),
        }
        for p in officer.former
    )


def since(row: Any) -> datetime:
    """Since when an officer is where they are now."""
    return moment(row.former[-1]["until"]) if row.former else row.register_time


def holder(row: Any) -> Holder:
    """The officer as the rule on standing looks at them."""
    posts = [Posted(p["body_id"], Interval(moment(p["from"]), moment(p["until"]))) for p in row.former]
    posts.append(Posted(row.body_id, Interval(since(row))))
    return Holder(row.staff_kind == officer_pb2.STAFF_KIND_PERMANENT, tuple(posts), row.leave_time)


def officer_announced(row: Any) -> officer_pb2.Officer:
    """The officer as an event carries it: without the id number."""
    officer = officer_proto(row)
    officer.ClearField("id_number")
    return officer


OFFICERS = select(*Officer.__table__.columns)
