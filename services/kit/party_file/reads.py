"""Files of parties, listed and found by number or name; the volumes of one, a page at a time."""

from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select
from yifa.enforcement.v1 import party_file_pb2 as pb

from services.kit.party_file.filing import Filing, brief
from services.kit.refusal import Missing
from services.kit.view import View, read_token
from services.law.identity import spelt
from services.law.procedures.penalty.body import plain

PAGE = 20
FORMER = 20
"""How many former names are told."""
LAST = "\U0010ffff"


def list_files(filing: Filing, request: Any, view: View) -> tuple[list[pb.PartyFile], str]:
    """One page of the files that are asked for, and the token of the next. Raises Malformed for a token that is none."""
    party: Any = filing.party.__table__  # type: ignore[attr-defined]
    keys = (party.c.last_time.desc(), party.c.party_id.desc())
    number, name = spelt(request.number), plain(request.name)
    said = {
        "number": number,
        "name": name,
        "name_end": name + LAST,
        "brief": brief(name),
        "brief_end": brief(name) + LAST,
    }
    wanted = _listed(filing, bool(number), bool(name))
    params: dict[str, Any] = {n: said[n] for n in _params(number, name)}
    rows, token = view.page(wanted, keys, request.page_size, request.page_token, **params)
    return [file_of(row) for row in rows], token


def _params(number: str, name: str) -> list[str]:
    named = ["name", "name_end", "brief", "brief_end"] if name else []
    return (["number"] if number else []) + named


@cache
def _listed(filing: Filing, by_number: bool, by_name: bool) -> Any:
    party: Any = filing.party.__table__  # type: ignore[attr-defined]
    found = select(party).where(party.c.last_time.is_not(None))
    if by_number:
        found = found.where(party.c.key == bindparam("number"))
    if by_name:
        found = found.where(
            or_(
                and_(party.c.plain >= bindparam("name"), party.c.plain < bindparam("name_end")),
                and_(party.c.brief >= bindparam("brief"), party.c.brief < bindparam("brief_end")),
            )
        )
    return found


def file_of(row: Any) -> pb.PartyFile:
    """A party as it is told: who it is and how much lies in its file."""
    told = pb.PartyFile(
        party_id=row.party_id, name=row.name, kind=row.kind, number=row.number, volumes=row.volumes
    )
    if row.last_time is not None:
        told.last_time.FromDatetime(row.last_time)
    return told


def party_of(filing: Filing, view: View, party_id: str) -> Any:
    """The row of a party. Raises Missing; also where all that is on record of it lies sealed."""
    row = view.find(filing.party, party_id)
    if row is None or row.last_time is None:
        raise Missing(filing.party.__name__, party_id)
    return row


def volumes_of(
    filing: Filing, view: View, party_id: str, size: int, token: str, *, sealed: bool = False
) -> tuple[Any, str, int]:
    """One page of the volumes of a party, the first first, the token of the next, and how many come before it."""
    volume: Any = filing.volume.__table__  # type: ignore[attr-defined]
    keys = (volume.c.begin_time, volume.c.volume_id)
    rows, following = view.page(_volumes(filing, sealed), keys, size or PAGE, token, party=party_id)
    before = 0
    if token:
        at, last = read_token(token, keys)
        [[before]] = view.rows(_before(filing, sealed), party=party_id, at=at, last=last)
    return rows, following, before


@cache
def _volumes(filing: Filing, sealed: bool) -> Any:
    volume: Any = filing.volume.__table__  # type: ignore[attr-defined]
    found = select(volume).where(volume.c.party_id == bindparam("party"))
    return found if sealed else found.where(volume.c.sealed.is_(False))


@cache
def _before(filing: Filing, sealed: bool) -> Any:
    """How many lie before a page, up to the last of the page before."""
    volume: Any = filing.volume.__table__  # type: ignore[attr-defined]
    at = bindparam("at", type_=volume.c.begin_time.type)
    found = select(func.count()).where(
        volume.c.party_id == bindparam("party"),
        or_(
            volume.c.begin_time < at, and_(volume.c.begin_time == at, volume.c.volume_id <= bindparam("last"))
        ),
    )
    return found if sealed else found.where(volume.c.sealed.is_(False))


def former_names(filing: Filing, view: View, row: Any) -> list[str]:
    """The names under which a party stood before, the newest first."""
    volume: Any = filing.volume.__table__  # type: ignore[attr-defined]
    newest: Any = func.max(volume.c.begin_time)
    found = (
        select(volume.c.party_name)
        .where(volume.c.party_id == row.party_id, volume.c.sealed.is_(False), volume.c.party_name != row.name)
        .group_by(volume.c.party_name)
        .order_by(newest.desc())
        .limit(FORMER)
    )
    return [each.party_name for each in view.rows(found)]
