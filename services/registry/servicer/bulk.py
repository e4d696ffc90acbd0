"""Whole lists, brought in part by part: the good rows are kept, each bad one is named."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp
from sqlalchemy import or_, select
from yifa.registry.v1 import body_pb2, officer_pb2, post_pb2
from yifa.registry.v1 import bulk_pb2 as bulk
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import registry_service_pb2 as pb

from services.kit.refusal import Refusal
from services.kit.rpc import exchange
from services.kit.tx import Tx
from services.law.process import Unlawful
from services.registry.model import (
    Body,
    Officer,
    Post,
)
from services.registry.rules import Facts, still_serving
from services.registry.rules.body import MAY_ENFORCE, PROPOSAL, BodyFacts
from services.registry.rules.bulk import (
    Fault,
    body_faults,
    differs,
    entry_faults,
    of_law,
    officer_faults,
    repeated,
)
from services.registry.servicer.officers import local, must_be_checked

# What two rows about one person or body must agree in.
OFFICER_FIELDS = ("name", "unit", "post", "staff_kind")
ANNOUNCED = ("officer_id", "name", "body_id", "node", "unit", "post", "staff_kind", "nominated", "version")
BODY_FIELDS = ("name", "kind", "node", "document_prefix", "field")

ECHOED = 60


class Bulk:
    ConfirmBody: Callable[[pb.ConfirmBodyRequest, Tx], Any]

    @exchange
    def ImportOfficers(
        self, request: bulk.ImportOfficersRequest, seen: dict[str, int], tx: Tx
    ) -> bulk.ImportOfficersResponse:
        """Put the good rows of a part on the roster, in one event (ASR 17)."""
        reply, today, added = bulk.ImportOfficersResponse(), local(tx.now).date(), list[Officer]()
        numbers = [row.id_number.upper() for row in request.rows]
        roster = {o.id_number: o for o in tx.query(select(Officer).where(Officer.id_number.in_(numbers)))}
        bodies = bodies_named(tx, {row.body for row in request.rows})
        entry = cache(lambda name, staff: [*entry_of(bodies.get(name), name, staff, tx.node)])
        nominated = must_be_checked(tx)
        posts = posts_of(tx, {body.body_id for body in bodies.values()})
        for row, number in zip(request.rows, numbers, strict=True):
            faults = [
                *again(seen, "id_number", number, row.line),
                *officer_faults(row, number, today),
                *entry(row.body, row.staff_kind),
                *post_unknown(row.post, posts.get(bodies[row.body].body_id) if row.body in bodies else None),
            ]
            if not faults and number in roster:
                faults = [*officer_differs(roster[number], row, bodies[row.body])]
                reply.unchanged += not faults
            elif not faults:
                roster[number] = new_officer(row, number, bodies[row.body], nominated, tx)
                added.append(roster[number])
            tell(reply, row.line, faults)
        reply.added = len(added)
        if added and not request.dry_run:
            for officer in added:
                tx.add(officer)
            tx.emit(events.OfficersImported(officers=announced(added, tx.now)), subject=tx.new_id("L-"))
        return reply

    @exchange
    def ImportBodies(
        self, request: bulk.ImportBodiesRequest, seen: dict[str, int], tx: Tx
    ) -> bulk.ImportBodiesResponse:
        """Confirm the bodies of a part and make them known to all nodes (ASR 17)."""
        reply = bulk.ImportBodiesResponse()
        codes = {row.unified_social_credit_code for row in request.rows}
        known = {b.credit_code: b for b in tx.query(select(Body).where(Body.credit_code.in_(codes)))}
        for row in request.rows:
            code = row.unified_social_credit_code
            mandate = BodyFacts(entrusted=row.kind == body_pb2.BODY_KIND_ENTRUSTED)
            faults = [
                *body_faults(row),
                *(of_law("kind", rule.broken()) for rule in PROPOSAL if not rule.holds(mandate)),
                *again(seen, "unified_social_credit_code", code, row.line),
            ]
            if not faults and code in known:
                kept = known[code]
                faults = [
                    differs(f, getattr(kept, f)) for f in BODY_FIELDS if getattr(kept, f) != getattr(row, f)
                ]
                reply.unchanged += not faults
            elif not faults:
                faults = [] if request.dry_run else refused(self.ConfirmBody, as_request(row), tx)
                reply.added += not faults
            tell(reply, row.line, faults)
        return reply


def tell(reply: Any, line: int, faults: Iterable[Fault]) -> None:
    for fault in faults:
        reply.problems.add(
            line=line, field=fault.field, reason=f"REASON_{fault.reason}", zh=fault.zh, en=fault.en
        )


def again(seen: dict[str, int], field: str, key: str, line: int) -> list[Fault]:
    """A fault if an earlier line of the stream was about the same. A part that is done twice is none."""
    first = seen.setdefault(f"{field}/{key}", line)
    return [] if first == line else [repeated(field, first)]


# Officers -----------------------------------------------------------------------------------------------------


def bodies_named(tx: Tx, names: set[str]) -> dict[str, Body]:
    """Bodies by what a list calls them: id, credit code or name. A name goes to a confirmed body first."""
    wanted = or_(Body.body_id.in_(names), Body.credit_code.in_(names), Body.name.in_(names))
    found: dict[str, Body] = {}
    for body in sorted(tx.query(select(Body).where(wanted)), key=lambda b: b.state in MAY_ENFORCE):
        found |= dict.fromkeys((body.name, body.credit_code, body.body_id), body)
    return found


def entry_of(body: Body | None, name: str, staff_kind: int, node: str) -> Iterable[Fault]:
    """What stands against the body that a row names and its kind of staff."""
    if body is None:
        said = shortened(name)
        yield Fault(
            "body", "UNKNOWN_BODY", f'"{said}" is no body known at this node', f"本节点没有执法主体“{said}”"
        )
    facts = Facts(
        body_confirmed=body is None or body.state in MAY_ENFORCE,
        body_here=body is None or body.node == node,
        permanent=staff_kind == officer_pb2.STAFF_KIND_PERMANENT,
    )
    yield from entry_faults(facts)


def shortened(text: str) -> str:
    """A text of a row as an answer repeats it: an answer must not outgrow what a message holds."""
    return text if len(text) <= ECHOED else f"{text[:ECHOED]}…"


def posts_of(tx: Tx, body_ids: set[str]) -> dict[str, set[str]]:
    """The names of the posts of each body that has set any."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in tx.query(select(Post).where(Post.body_id.in_(body_ids), Post.close_time.is_(None))):
        found[row.body_id].add(post_pb2.Post.FromString(row.record).name)
    return found


def post_unknown(name: str, posts: set[str] | None) -> Iterable[Fault]:
    """A body that has set its posts has no others; one that has set none yet may call them what it will."""
    if posts and name not in posts:
        known, name = "、".join(sorted(posts)[:5]), shortened(name)
        yield Fault(
            "post",
            "UNKNOWN_POST",
            f'"{name}" is no post of this body',
            f"该执法主体未设“{name}”岗位，已设：{known}",
        )


def officer_differs(kept: Officer, row: Any, body: Body) -> Iterable[Fault]:
    if kept.leave_time is not None:
        yield of_law("id_number", still_serving.broken())
    if kept.body_id != body.body_id:
        yield differs("body", kept.body_id)
    for field in OFFICER_FIELDS:
        if getattr(kept, field) != getattr(row, field):
            yield differs(field, getattr(kept, field))


def new_officer(row: Any, number: str, body: Body, nominated: bool, tx: Tx) -> Officer:
    return Officer.new(
        officer_id=tx.new_id("O-"),
        name=row.name,
        id_number=number,
        body_id=body.body_id,
        node=tx.node,
        unit=row.unit,
        post=row.post,
        staff_kind=row.staff_kind,
        register_time=tx.now,
        nominated=nominated,
    )


def announced(officers: Iterable[Officer], now: datetime) -> Iterable[officer_pb2.Officer]:
    """New officers as officer_announced writes them, in a third of the time."""
    stamp = Timestamp()
    stamp.FromDatetime(now)
    for values in map(vars, officers):
        plain = {name: values[name] for name in ANNOUNCED}
        yield officer_pb2.Officer(**plain, register_time=stamp)


# Bodies -------------------------------------------------------------------------------------------------------


def refused(act: Callable[[Any, Tx], Any], request: Any, tx: Tx) -> list[Fault]:
    """Do an act. What it is refused for, if it is."""
    try:
        act(request, tx)
    except Unlawful as no:
        return [of_law("", broken) for broken in no.broken]
    except Refusal as no:
        return [Fault(no.metadata.get("field", ""), no.reason, no.en, no.zh)]
    return []


def as_request(row: Any) -> pb.ConfirmBodyRequest:
    names = ("name", "unified_social_credit_code", "kind", "node", "document_prefix", "field")
    return pb.ConfirmBodyRequest(**{name: getattr(row, name) for name in names})
