"""Files of parties, listed and found by number or name; the volumes of one, a page at a time."""

from functools import cache
from typing import Any

from sqlalchemy import bindparam, or_, select
from yifa.enforcement.v1 import party_file_pb2 as pb

from services.kit.party_file.filing import Filing
from services.kit.refusal import Malformed, Missing
from services.kit.view import View
from services.law.identity import spelt
from services.law.procedures.penalty.body import plain

PAGE, NAMES = 20, 50
NO_TOKEN = {"page_token": ("is not a token of this list", "不是本列表的翻页标记")}
LAST = "\U0010ffff"


def list_files(filing: Filing, request: Any, view: View) -> tuple[list[pb.PartyFile], str]:
    """One page of the files that are asked for, and the token of the next: that with the newest volume first; where a name is
    asked for, by name. Raises Malformed for a token that is none.
    """
    rows: Any
    if name := plain(request.name):
        rows, token = _named(filing, view, name, spelt(request.number), request.page_size, request.page_token)
    else:
        party: Any = filing.party.__table__  # type: ignore[attr-defined]
        number = spelt(request.number)
        keys = (party.c.last_time.desc(), party.c.party_id.desc())
        params: dict[str, Any] = {"number": number} if number else {}
        wanted = _listed(filing, "", bool(number))
        rows, token = view.page(wanted, keys, request.page_size, request.page_token, **params)
    return [file_of(row) for row in rows], token


def _named(
    filing: Filing, view: View, name: str, number: str, size: int, token: str
) -> tuple[list[Any], str]:
    """Those whose whole name begins so; after them those in which it stands behind the place. Each is a range of an index."""
    size = size or NAMES
    which, _, rest = token.partition(".")
    if token and which not in ("plain", "brief"):
        raise Malformed(NO_TOKEN, reason="BAD_PAGE_TOKEN")
    rows: list[Any] = []
    for column in ("plain", "brief") if which != "brief" else ("brief",):
        if len(rows) == size:
            return rows, f"{column}."
        keys = tuple(filing.party.__table__.c[name] for name in (column, "party_id"))  # type: ignore[attr-defined]
        params: dict[str, Any] = {"name": name, "end": name + LAST} | ({"number": number} if number else {})
        wanted = _listed(filing, column, bool(number))
        found, rest = view.page(wanted, keys, size - len(rows), rest if column == which else "", **params)
        rows += found
        if rest:
            return rows, f"{column}.{rest}"
    return rows, ""


@cache
def _listed(filing: Filing, column: str, by_number: bool) -> Any:
    """The select of a list, by the beginning of a name in one of its columns, by a number."""
    party: Any = filing.party.__table__  # type: ignore[attr-defined]
    found = select(party).where(party.c.last_time.is_not(None))
    if by_number:
        found = found.where(party.c.key == bindparam("number"))
    if column:
        found = found.where(party.c[column] >= bindparam("name"), party.c[column] < bindparam("end"))
    if column == "brief":  # what its whole name begins with was listed before
        found = found.where(or_(party.c.plain < bindparam("name"), party.c.plain >= bindparam("end")))
    return found


def file_of(row: Any) -> pb.PartyFile:
    """A party as it is told: who it is and how much lies in its file."""
    told = pb.PartyFile(
        party_id=row.party_id, name=row.name, kind=row.kind, number=row.number, volumes=row.volumes
    )
    told.former_names.extend(name for name in row.names if name != row.name)
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
    at, _, rest = token.partition(".")
    if token and not (at.isdecimal() and at.isascii() and len(at) < 10 and rest):
        raise Malformed(NO_TOKEN, reason="BAD_PAGE_TOKEN")
    before = int(at or 0)
    keys = (volume.c.begin_time, volume.c.volume_id)
    rows, following = view.page(_volumes(filing, sealed), keys, size or PAGE, rest, party=party_id)
    return rows, f"{before + len(rows)}.{following}" if following else "", before


@cache
def _volumes(filing: Filing, sealed: bool) -> Any:
    volume: Any = filing.volume.__table__  # type: ignore[attr-defined]
    found = select(volume).where(volume.c.party_id == bindparam("party"))
    return found if sealed else found.where(volume.c.sealed.is_(False))
