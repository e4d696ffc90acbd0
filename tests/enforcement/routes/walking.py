"""Walking a route: each word is an act, and each act has to go as its table of moves says."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import court_enforcement_pb2 as courts
from yifa.enforcement.v1 import enforcement_pb2 as enforcements
from yifa.enforcement.v1 import inspection_pb2 as inspections
from yifa.enforcement.v1 import measure_pb2 as measures
from yifa.enforcement.v1 import referral_pb2 as referrals

from services.given.inspection import Visit
from services.given.people import HEAD
from services.law.moment import moment_of
from services.law.procedure import Procedure
from services.law.procedures.court_enforcement import COURT_ENFORCEMENT
from services.law.procedures.enforcement import ENFORCEMENT
from services.law.procedures.inspection import INSPECTION
from services.law.procedures.measure import MEASURE
from services.law.procedures.penalty import PENALTY, YIELDING
from services.law.procedures.referral import REFERRAL
from tests.enforcement.court import Court
from tests.enforcement.department import Department
from tests.enforcement.own import Own
from tests.enforcement.samples import INSTANT, Dossier

Move = tuple[str, str, str]
"""The table, the act, the state it starts from."""
PATIENCE = 10.0


@dataclass
class Walk:
    """What a route has made so far: its case, one beside it where it was transferred, and what runs beside them."""

    d: Department
    walked: set[Move] = field(default_factory=set)
    here: Dossier = field(default_factory=lambda: Dossier("", ""))
    there: Dossier = field(default_factory=lambda: Dossier("", ""))
    measure: measures.Measure = field(default_factory=measures.Measure)
    referral: referrals.Referral = field(default_factory=referrals.Referral)
    item_id: str = ""
    visit: Visit | None = None
    evidence_ids: list[str] = field(default_factory=list)
    recusal_id: str = ""
    correction_id: str = ""
    court: Court | None = None
    own: Own | None = None

    @property
    def ids(self) -> list[str]:
        return self.here.ids

    async def case(self) -> cases.Case:
        return await self.d.case(self.here.case_id)

    # What stands where ------------------------------------------------------------------------------

    async def of_case(self) -> tuple[Any, str]:
        if not self.here.case_id:
            return cases.Case(), ""
        case = await self.case()
        return case, cases.CaseState.Name(case.state).removeprefix("CASE_STATE_")

    async def of_measure(self) -> tuple[Any, str]:
        if not self.measure.measure_id:
            return self.measure, ""
        found = (await self.d.do("ListMeasures", HEAD, case_id=self.here.case_id)).measures
        self.measure = next(m for m in found if m.measure_id == self.measure.measure_id)
        return self.measure, measures.MeasureState.Name(self.measure.state).removeprefix("MEASURE_STATE_")

    async def of_referral(self) -> tuple[Any, str]:
        if not self.referral.referral_id:
            return self.referral, ""
        found = (await self.d.do("ListReferrals", HEAD, case_id=self.here.case_id)).referrals
        self.referral = next(r for r in found if r.referral_id == self.referral.referral_id)
        return self.referral, referrals.ReferralState.Name(self.referral.state).removeprefix(
            "REFERRAL_STATE_"
        )

    async def of_inspection(self) -> tuple[Any, str]:
        if self.visit is None or not self.visit.inspection_id:
            return inspections.Inspection(), ""
        found = await self.d.do("GetInspection", HEAD, inspection_id=self.visit.inspection_id)
        state = inspections.InspectionState.Name(found.inspection.state)
        return found.inspection, state.removeprefix("INSPECTION_STATE_")

    async def of_court(self) -> tuple[Any, str]:
        if self.court is None:
            return courts.CourtEnforcement(), ""
        await self.court.found()
        return self.court.record, self.court.state

    async def of_own(self) -> tuple[Any, str]:
        if self.own is None:
            return enforcements.Enforcement(), ""
        await self.own.found()
        return self.own.record, self.own.state


Do = Callable[[Walk, str], Awaitable[Any]]
"""Does an act; the text is what stands behind the colon of the word."""


@dataclass(frozen=True)
class Kind:
    """What acts are done to: the procedure, and how to see where its record stands."""

    procedure: Procedure
    stands: Callable[[Walk], Awaitable[tuple[Any, str]]]


CASE = Kind(PENALTY, Walk.of_case)
MEASURES = Kind(MEASURE, Walk.of_measure)
REFERRALS = Kind(REFERRAL, Walk.of_referral)
COURTS = Kind(COURT_ENFORCEMENT, Walk.of_court)
OWN = Kind(ENFORCEMENT, Walk.of_own)
INSPECTIONS = Kind(INSPECTION, Walk.of_inspection)


@dataclass(frozen=True)
class Word:
    """One act of a table."""

    kind: Kind
    act: str
    do: Do


async def step(walk: Walk, words: Mapping[str, Word], text: str) -> None:
    """Do a word of a route: an act, `+3` for days that pass, `window` until the party's time to be heard is over, `other` for the
    case on the other side of a transfer.
    """
    name, _, said = text.partition(":")
    if text.startswith("+"):
        walk.d.now += timedelta(days=float(text[1:]))
    elif text == "window":
        walk.d.now = max(walk.d.now, moment_of((await walk.case()).notice.window_end) + INSTANT)
    elif text == "other":
        walk.here, walk.there = walk.there, walk.here
    else:
        await act(walk, words[name], said, text)


async def act(walk: Walk, word: Word, said: str, text: str) -> None:
    """Do an act; it moves the record as the table says."""
    name = word.act
    was, before = await word.kind.stands(walk)
    sides = await both(walk)
    await word.do(walk, said)
    record, after = await word.kind.stands(walk)
    table = word.kind.procedure.goes_by(was if before else record)
    move = table.move(name, before)
    assert move is not None, f"{text}: {table.name} has no {name} from {before or 'the beginning'}"
    async with asyncio.timeout(PATIENCE):
        while after != move.target and "SYSTEM" in move.roles:
            await asyncio.sleep(0.02)
            _, after = await word.kind.stands(walk)
    assert after == move.target, f"{text}: {name} from {before} leads to {after}, not to {move.target}"
    walk.walked.add((table.name, name, before))
    await yielded(walk, sides, name == "TRANSFER_CASE")


async def both(walk: Walk) -> dict[str, str]:
    """Where the cases on both sides of a matter stand."""
    found = {}
    for side in filter(None, (walk.here.case_id, walk.there.case_id)):
        case = await walk.d.case(side)
        found[side] = cases.CaseState.Name(case.state).removeprefix("CASE_STATE_")
    return found


async def yielded(walk: Walk, before: dict[str, str], asked: bool = False) -> None:
    """Note the cases that left the matter to the other side without being asked to."""
    for side, state in (await both(walk)).items():
        if not asked and state == YIELDING.moves[0].target and before.get(side, state) != state:
            walk.walked.add((YIELDING.name, YIELDING.moves[0].act, before[side]))
