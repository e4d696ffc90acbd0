"""EditionService: by which law data this node counts, and what a row of it touched that was wrong."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, cast, or_, select
from yifa.law.v1 import edition_pb2 as pb
from yifa.law.v1.law_pb2 import ClockState

from services.kit.clocks.count import clock_of, ends
from services.kit.clocks.recount import days_of
from services.kit.clocks.row import ClockRow
from services.kit.clocks.show import receipt, stamp
from services.kit.editions import Known
from services.kit.refusal import Missing
from services.kit.rpc import read
from services.kit.store import moment
from services.kit.view import View
from services.law.clock import catalogue
from services.law.counted import counts_by, shown_of
from services.law.edition import differing, hash_of, plain

if TYPE_CHECKING:
    from services.kit.member import Member

Page = tuple[list[pb.Touched], str]
TouchedBy = Callable[[View, "Asked", int, str], Page]
"""Finds one page of what a row touched: given the view, what is asked, the size and the token of the page."""


@dataclass(frozen=True)
class Asked:
    """A row of the law data, and in which of the editions that counted here it stands as is asked for."""

    row: str
    known: Known
    mark: str
    edition: str = ""

    def met(self, mark: str, sector: str, day: date | None) -> bool:
        """Whether an edition has the row, as it holds on a day, as is asked for: as the one that is named, or else otherwise than
        the one in force.
        """
        if (rows := self.known.get(mark)) is None:
            return False
        mine = hash_of(rows, self.row, sector, day)
        if self.edition:
            return mine == hash_of(self.known[self.edition], self.row, sector, day) != ""
        return mine != hash_of(self.known[self.mark], self.row, sector, day)

    @property
    def marks(self) -> list[str]:
        """The editions that may have it so for anybody."""
        if self.edition:
            return list(self.known)
        now = self.known[self.mark]
        return [mark for mark, rows in self.known.items() if self.row in map(plain, differing(rows, now))]

    def counted(self, row: Any, sector: str, day: date | None) -> list[tuple[str, Any]]:
        """By which of such editions a record was counted, the last one first, each with what is kept of then."""
        then = [(row.edition, None), *((e["edition"], e) for e in reversed(row.earlier))]
        return [(mark, kept) for mark, kept in then if self.met(mark, sector, day)]

    def counted_rows(self, table: Any) -> Any:
        """The condition that a record may have been counted by such an edition."""
        return or_(table.c.edition.in_(self.marks), cast(table.c.earlier, String) != "[]")


class Editions:
    """One method per RPC. It answers for every service of its process."""

    domain = "law.yifa"

    def __init__(self, members: "Sequence[Member]"):
        self.members = {member.name: member for member in members}

    def member(self, name: str) -> "Member":
        if (member := self.members.get(name)) is None:
            raise Missing("Journal", name)
        return member

    @read
    def ListEditions(self, request: pb.ListEditionsRequest, _view: View) -> pb.ListEditionsResponse:
        """The editions that counted, the one in force first. Refuses with NOT_FOUND."""
        member = self.member(request.service)
        rows = member.keeper.edition_rows()
        now = rows[-1]
        known = member.keeper.editions
        reply = pb.ListEditionsResponse()
        for row in reversed(rows):
            told = reply.editions.add(
                receipt=receipt(row.mark, ()),
                since_time=moment(row.since),
                in_force=row is now,
                differing=differing(known[row.mark], known[now.mark]),
            )
            told.recount.service, told.recount.done = member.name, row.done
            told.recount.seen, told.recount.moved = row.seen, row.moved
            told.recount.update_time.FromDatetime(moment(row.updated))
        return reply

    @read
    def ListTouched(self, request: pb.ListTouchedRequest, _view: View) -> pb.ListTouchedResponse:
        """What a row counted or judged. Refuses with NOT_FOUND, BAD_PAGE_TOKEN."""
        member = self.member(request.service)
        asked = self.asked(member, request)
        ways = {**member.service.touched}
        if member.service.clocks is not None:
            ways[pb.TOUCHED_KIND_DEADLINE] = deadlines_of(member.service.clocks.kind)
        if (find := ways.get(request.kind)) is None:
            return pb.ListTouchedResponse()
        with member.reading() as connection:
            view = View(connection, member.around, member.system)
            touched, token = find(view, asked, request.page_size, request.page_token)
        return pb.ListTouchedResponse(touched=touched, next_page_token=token)

    def asked(self, member: "Member", request: pb.ListTouchedRequest) -> Asked:
        """What is asked for. Raises Missing for a row or an edition that never counted here."""
        known = member.keeper.editions
        if not any(request.row in map(plain, rows) for rows in known.values()):
            raise Missing("LawRow", request.row)
        wanted = request.edition
        named = next((m for m in known if wanted and wanted in (m, m.partition(".")[0])), "")
        if wanted and not named:
            raise Missing("Edition", wanted)
        return Asked(request.row, known, member.around.edition.mark, named)


@cache
def deadlines_of(kind: type[ClockRow]) -> TouchedBy:
    """Finds the clocks of a table that a row counted."""
    table = kind.__table__  # type: ignore[attr-defined]

    def find(view: View, asked: Asked, size: int, token: str) -> Page:
        wanted = select(table).where(asked.counted_rows(table))
        if not asked.row.startswith("calendar."):
            wanted = wanted.where(table.c.clock_id.in_([c for c in catalogue() if asked.row in counts_by(c)]))
        rows, further = view.page(wanted, (table.c.key,), size, token)
        return [told for row in rows for told in _touched(view, asked, row)], further

    return find


def _touched(view: View, asked: Asked, row: Any) -> Iterator[pb.Touched]:
    """A clock, if the row counted it: how it was counted by it last."""
    held = days_of(row)
    if asked.row not in held or not (counted := asked.counted(row, row.sector, held[asked.row])):
        return
    mark, kept = counted[0]
    then = row.due_time if kept is None else moment(kept["due"])
    clock = catalogue()[row.clock_id]
    told = pb.Touched(
        kind=pb.TOUCHED_KIND_DEADLINE,
        subject_id=row.subject,
        about=row.clock_id,
        title_zh=clock.title_zh,
        title_en=clock.title_en,
        receipt=receipt(mark, shown_of(row.clock_id)),
        counted_time=then,
        due_time=row.due_time,
        told=clock.who == "party",
        state=ClockState.Value(f"CLOCK_STATE_{row.state}"),
    )
    try:
        lawful = ends(clock_of(view.parameters, row), row, view.calendar, view.now).at
        told.lawful_time.CopyFrom(stamp(lawful))
    except ValueError:  # by the law data in force it never ran
        pass
    yield told
