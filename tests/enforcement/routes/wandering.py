"""Wandering: any act of any procedure, at any time, held against what the lists of open acts said; with the city listening."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import grpc
from google.protobuf.message import Message
from sqlalchemy import func, select

from services.enforcement.case.facts import NAMED_IN
from services.given.say import Who
from services.kit.journal import headers
from services.kit.reader import Delivery
from tests.city import read_refusal
from tests.enforcement.department import Department
from tests.enforcement.routes.beside import BESIDE
from tests.enforcement.routes.money import MONEY
from tests.enforcement.routes.table import ROUTES
from tests.enforcement.routes.walking import (
    CASE,
    COURTS,
    INSPECTIONS,
    MEASURES,
    REFERRALS,
    Kind,
    Walk,
    Word,
    step,
)
from tests.enforcement.routes.words import WORDS
from tests.enforcement.samples import CITY, NODE
from tests.supervision.office import TRACE, Office

ALL = WORDS | BESIDE | MONEY
# Two cases make these; a wanderer has one.
OF_TWO = {"transfer", "other", "rival", "designate", "take-back", "take-back-clue"}
TOKENS = sorted({token for route in ROUTES for token in route.acts.split() if token.partition(":")[0] in ALL})
# The routes of which a wanderer goes some way first.
FIRST = [r.acts.split() for r in ROUTES if not OF_TWO & {t.partition(":")[0] for t in r.acts.split()}]
# What begins a route, and what only time does.
NOT_SAID = {
    "archive",
    "clue",
    "spot",
    "open-visit",
    "come-due",
    "remedies-over",
    "deferral-over",
    "lapses",
    "stands",
}
# All else that is said with a word anywhere.
SAID = [t for t in TOKENS if t.partition(":")[0] not in OF_TWO | NOT_SAID]
# What the city answers is heard, whatever becomes of it.
HEARD = ("code", "no-code")
Status = grpc.StatusCode
REFUSALS = {Status.FAILED_PRECONDITION, Status.INVALID_ARGUMENT, Status.NOT_FOUND, Status.ALREADY_EXISTS}


class Watched(Department):
    """A department that asks before every act what is open to who does it, and tells the city what it hears of the registry."""

    office: Office | None = None
    listed: Any = None
    asked = ""

    async def do(self, method: str, by: Who, /, **fields: Any) -> Any:
        self.asked = method
        if not method.startswith(("List", "Get")):
            self.listed = None
            if "case_id" in fields:
                self.listed = await super().do("ListOpenActs", by, case_id=fields["case_id"])
            elif "inspection_id" in fields:
                asked = {"inspection_id": fields["inspection_id"]}
                self.listed = await super().do("ListInspectionActs", by, **asked)
        return await super().do(method, by, **fields)

    async def hear(self, event: Message, node: str = CITY) -> None:
        await super().hear(event, node)
        if self.office is not None and node in (CITY, NODE) and "registry" in event.DESCRIPTOR.full_name:
            journal = self.office.journal(node, "registry")
            await self.office.take(journal.entry(event, self.now, to="all" if node == CITY else "city"))


@dataclass
class Wandered:
    """What many steps came to."""

    steps: int = 0
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)


class Wanderer:
    """Goes its way from a beginning; every step is held against what was listed and what is kept."""

    def __init__(self, d: Watched, seen: Wandered) -> None:
        self.d, self.walk, self.seen = d, Walk(d), seen

    async def begin(self, acts: list[str]) -> None:
        """Go some way along a route."""
        for token in acts:
            await step(self.walk, ALL, token)

    async def step(self, choice: int, days: float) -> None:
        """An act, mostly one that the state of its record allows."""
        self.seen.steps += 1
        self.d.now += timedelta(days=days)
        token = await self.chosen(choice)
        name, _, said = token.partition(":")
        word = ALL[name]
        record, before = await word.kind.stands(self.walk)
        told, self.d.listed = self.told(word.kind), None
        try:
            await word.do(self.walk, said)
        except grpc.aio.AioRpcError as no:
            await self.refused(token, word, record, before, told, no)
            return
        await self.accepted(token, word, record, before, told)

    async def chosen(self, choice: int) -> str:
        kinds = [
            (kind, *(await kind.stands(self.walk)))
            for kind in (CASE, MEASURES, REFERRALS, INSPECTIONS, COURTS)
        ]
        here = {id(kind): (record, state) for kind, record, state in kinds}
        possible = [t for t in SAID if self.begun(ALL[t.partition(":")[0]], here)]
        fitting = [t for t in possible if fits(t, here)]
        pool = fitting if fitting and choice % 4 else possible
        return pool[choice // 4 % len(pool)]

    def begun(self, word: Word, here: dict[int, tuple[Any, str]]) -> bool:
        """Whether there is a record to act on: that of the procedure, or a case beside which it may begin."""
        begins = word.kind in (MEASURES, REFERRALS) and any(
            m.source == "" and m.act == word.act for m in word.kind.procedure.tables[0].moves
        )
        return bool(self.walk.here.case_id) if begins else bool(here[id(word.kind)][1])

    def subject(self, kind: Kind) -> str:
        visit = self.walk.visit
        return {
            id(CASE): self.walk.here.case_id,
            id(MEASURES): self.walk.measure.measure_id,
            id(REFERRALS): self.walk.referral.referral_id,
            id(COURTS): self.walk.court.record.enforcement_id if self.walk.court is not None else "",
            id(INSPECTIONS): visit.inspection_id if visit is not None else "",
        }[id(kind)]

    def told(self, kind: Kind) -> int:
        """How many events there are of the record that people caused; the clocks write at any moment."""
        journal = self.d.running.kit.journal
        its = select(func.count()).select_from(journal).where(journal.c.subject == self.subject(kind))
        its = its.where(journal.c.actor.not_like("system:%"))
        [[count]] = self.d.running.rows(its)
        return int(count)

    async def refused(
        self, token: str, word: Word, record: Any, before: str, told: int, no: grpc.aio.AioRpcError
    ) -> None:
        """A proper refusal for all that was listed against the act, and nothing else came of it."""
        said = read_refusal(no)
        assert no.code() in REFUSALS and said.reason and said.zh and said.en, (token, no)
        self.seen.refused[said.reason] += 1
        _, after = await word.kind.stands(self.walk)
        assert after in (before, "RELEASE_DUE"), f"{token} was refused, and {before} became {after}"
        if self.d.asked != word.kind.procedure.named(word.act).method:
            return  # what the act needs to be there was refused already
        acts = listed_acts(self.d.listed, word)
        if acts and no.code() is Status.FAILED_PRECONDITION and said.violations:
            assert any(against(act, set(said.violations)) for act in acts), (
                token,
                before,
                said.violations,
                acts,
            )
        assert before != after or self.told(word.kind) == told, f"{token} was refused and announced"

    async def accepted(self, token: str, word: Word, record: Any, before: str, told: int) -> None:
        """What was done was listed as open, leads where the table says, and was announced once."""
        now, after = await word.kind.stands(self.walk)
        name = word.act
        if token.startswith(HEARD) and after == before:
            return
        table = word.kind.procedure.goes_by(record if before else now)
        method, fresh = word.kind.procedure.named(name).method, table.move(name, "") is not None
        moves = [
            m for m in table.moves if m.method == method and m.source in (before, "" if fresh else before)
        ]
        # a clock that ends a measure may fall between the act and this look
        assert moves and (after == "RELEASE_DUE" or any(after == m.target for m in moves)), (
            f"{token}: {before} became {after}: {moves}"
        )
        acts = listed_acts(self.d.listed, word)
        # a decision is listed as it was proposed, and may name another outcome
        assert not acts or token.startswith("let-go:") or any(act.open for act in acts), (
            f"{token} was accepted, and not listed as open: {acts}"
        )
        heard = token.startswith(HEARD)
        assert heard or self.told(word.kind) > (0 if fresh else told), f"{token} was not announced"
        self.seen.done[name] += 1

    async def stand(self) -> None:
        """It is at an end, or something is open, or what stands against every act is said."""
        if not self.walk.here.case_id:
            return
        _, state = await CASE.stands(self.walk)
        self.seen.ends[state] += 1
        listed = await self.d.do("ListOpenActs", ("head-1", "AGENCY_HEAD"), case_id=self.walk.here.case_id)
        assert all(
            act.open or (act.obstacles and all(o.text_zh and o.text_en for o in act.obstacles))
            for act in listed.acts
        )


def fits(token: str, here: dict[int, tuple[Any, str]]) -> bool:
    """Whether the table has the act from where its record stands."""
    word = ALL[token.partition(":")[0]]
    record, state = here[id(word.kind)]
    return word.kind.procedure.goes_by(record).move(word.act, state) is not None


def listed_acts(listed: Any, word: Word) -> list[Any]:
    """What was listed of the acts that the method of a word does: which of them it is, may hang on what is handed in."""
    methods = {m.method for t in word.kind.procedure.tables for m in t.moves if m.act == word.act}
    return [act for act in listed.acts if act.rpc in methods] if listed is not None else []


def against(act: Any, told: set[str]) -> bool:
    """Whether an act was refused for all that was listed against it, and besides only for what depends on what is handed in.
    Where people are named, those who are need not be those of the list; but what was not listed as open is refused.
    """
    listed = {o.reason for o in act.obstacles}
    others_named = bool(listed) and act.act in NAMED_IN
    return others_named or listed <= told <= listed | {o.reason for o in act.depends_on}


async def at_the_city(d: Watched, office: Office, after: int) -> int:
    """The city takes what the department wrote; up to where. What it knows is asked of it afterwards."""
    entries = d.running.entries(after, 10**9)
    deliveries = [
        Delivery(
            e.seq, f"evt.{e.to}.enforcement.{e.type}", e.to, NODE, "enforcement", e.type.rpartition(".")[2],
            headers(e, TRACE), e.data,
        )
        for e in entries
        if e.to in ("city", "all")
    ]  # fmt: skip
    office.clock(d.now)
    for n in range(0, len(deliveries), 100):
        await office.take(*deliveries[n : n + 100])
    return entries[-1].seq if entries else after
