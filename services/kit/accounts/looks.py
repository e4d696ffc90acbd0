"""Who looked at what is sensitive: the events that say so, of all journals of a node, the newest first."""

import base64
import json
from collections.abc import Sequence
from functools import cache
from heapq import nlargest
from typing import Any

from sqlalchemy import Select, and_, or_, select
from yifa.access.v1 import look_pb2 as pb

from services.kit.desk import stamp
from services.kit.refusal import Malformed
from services.kit.view import token_of
from services.law.event import events

PAGE = 50


@cache
def kinds() -> tuple[str, ...]:
    """The events by which somebody was shown what is sensitive."""
    return tuple(name for name, said in events().items() if said.look)


def listed(services: Sequence[Any], request: pb.ListLooksRequest) -> pb.ListLooksResponse:
    """One page over the journals of the node's services."""
    size, after = request.page_size or PAGE, read_token(request.page_token)
    found: list[tuple[tuple[int, str, int], Any]] = []
    for running in services:
        with running.engine.connect() as connection:
            rows = connection.execute(wanted(running, request, after).limit(size + 1)).all()
        found += [((row.at, running.name, row.seq), row) for row in rows]
    newest = nlargest(size + 1, found, key=lambda each: each[0])
    shown = newest[:size]
    reply = pb.ListLooksResponse(looks=[look(key, row) for key, row in shown])
    if len(newest) > size:
        reply.next_page_token = token_of(list(shown[-1][0]))
    return reply


def wanted(running: Any, request: pb.ListLooksRequest, after: tuple[int, str, int] | None) -> Select[Any]:
    """The looks of one service, the newest first."""
    j = running.kit.journal.c
    columns = (j.seq, j.event_id, j.type, j.subject, j.at, j.actor)
    query = select(*columns).where(j.type.in_(kinds())).order_by(j.at.desc(), j.seq.desc())
    if request.person:
        query = query.where(j.actor == request.person)
    if request.record_id:
        query = query.where(j.subject == request.record_id)
    if after is not None:
        at, service, seq = after
        same = j.seq < seq if running.name == service else running.name < service
        query = query.where(or_(j.at < at, and_(j.at == at, same)))
    return query


def look(key: tuple[int, str, int], row: Any) -> pb.Look:
    at, service, seq = key
    title = events()[row.type].title
    return pb.Look(
        look_id=row.event_id,
        service=service,
        seq=seq,
        type=row.type.rpartition(".")[2],
        person=row.actor,
        record_id=row.subject,
        look_time=stamp(at),
        title_zh=title.zh,
        title_en=title.en,
    )


def read_token(token: str) -> tuple[int, str, int] | None:
    """Where a page ended. Raises Malformed for a token that this list did not make."""

    if not token:
        return None
    try:
        at, service, seq = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        if type(at) is int and type(service) is str and type(seq) is int and abs(at) < 2**63 > abs(seq):
            return at, service, seq
    except (ValueError, TypeError, RecursionError):
        pass
    raise Malformed(
        {"page_token": ("is not a token of this list", "不是本列表的翻页标记")}, reason="BAD_PAGE_TOKEN"
    )
