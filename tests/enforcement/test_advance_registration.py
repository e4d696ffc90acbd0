"""Evidence that may vanish is listed and kept, and decided on in seven working days (APL 56; SAMR 33–35)."""

import asyncio
from dataclasses import dataclass
from typing import Any

import pytest
from yifa.enforcement.v1 import advance_registration_pb2 as pb
from yifa.law.v1 import law_pb2

from services.given import advance_registration as given
from services.given import measure as measures
from services.given.advance_registration import on_site
from tests.enforcement.department import Department
from tests.enforcement.samples import DAY, HEAD, HOUR, SECOND, START, Dossier, fine, stamp
from tests.enforcement.test_measure import CONFISCATING, SEIZE, decided, power
from tests.enforcement.test_measure import Held as HeldByMeasure


@dataclass
class Registered:
    """A case with evidence that is registered, or about to be."""

    d: Department
    dossier: Dossier
    record: pb.AdvanceRegistration

    @property
    def by(self) -> Any:
        return self.dossier.officers[0].who

    async def act(self, rpc: str, by: Any = HEAD, **more: Any) -> pb.AdvanceRegistration:
        named = {"registration_id": self.record.registration_id}
        self.record = (await self.d.do(rpc, by, **named, **more)).advance_registration
        return self.record

    async def state(self) -> str:
        listed = await self.d.do("ListAdvanceRegistrations", HEAD, case_id=self.dossier.case_id)
        [self.record] = listed.advance_registrations
        return pb.RegistrationState.Name(self.record.state).removeprefix("REGISTRATION_STATE_")

    async def until(self, state: str) -> pb.AdvanceRegistration:
        async with asyncio.timeout(10):
            while await self.state() != state:
                await asyncio.sleep(0.05)
        return self.record


async def registered(d: Department, **more: Any) -> Registered:
    dossier = await d.investigating(**more)
    done = on_site(d.now, dossier.ids)
    return Registered(d, dossier, await given.registered(d.do, dossier.case_id, done))


async def approved(d: Department) -> Registered:
    dossier = await d.investigating()
    asked = await given.ask(d.do, dossier.case_id, dossier.officers[0].who)
    waiting = Registered(d, dossier, asked)
    await waiting.act("ApproveRegistration")
    return waiting


async def urgent(d: Department, dossier: Dossier | None = None, **more: Any) -> Registered:
    dossier = dossier or await d.investigating()
    fields = {"danger": given.DANGER, "urgency": "正在装车", "on_site": on_site(d.now, dossier.ids)} | more
    reply = await d.do("RegisterUrgently", dossier.officers[0].who, case_id=dossier.case_id, **fields)
    return Registered(d, dossier, reply.advance_registration)


# The routes of the law -------------------------------------------------------------------------------


async def test_evidence_is_asked_for_approved_registered_and_preserved(department: Department) -> None:
    done = await registered(department)
    [term] = done.record.deadlines
    assert (term.clock_id, term.state) == ("PEN-07", law_pb2.CLOCK_STATE_RUNNING)
    assert [o.officer_id for o in done.record.officers] == done.dossier.ids

    department.now = START + DAY
    copied = (await department.evidence(done.dossier)).evidence
    ended = await done.act("PreserveRegistered", done.by, evidence_ids=[copied.evidence_id])

    assert ended.end.outcome == pb.REGISTRATION_OUTCOME_PRESERVED and ended.end.decider == done.by[0]
    assert ended.deadlines[0].state == law_pb2.CLOCK_STATE_MET
    assert department.names(done.record.registration_id) == [
        "RegistrationRequested", "RegistrationApproved", "EvidenceRegistered", "RegisteredPreserved",
    ]  # fmt: skip


async def test_the_head_refuses(department: Department) -> None:
    dossier = await department.investigating()
    asked = Registered(
        department, dossier, await given.ask(department.do, dossier.case_id, dossier.officers[0].who)
    )

    refused = await asked.act("RefuseRegistration", reason="没有必要")

    assert (refused.state, refused.refuse_reason) == (pb.REGISTRATION_STATE_REFUSED, "没有必要")
    async with department.refused("ACT_NOT_OPEN"):
        await asked.act("RegisterEvidence", asked.by, on_site=on_site(department.now, dossier.ids))


async def test_what_nobody_decides_on_is_free_after_seven_working_days(department: Department) -> None:
    done = await registered(department)
    [term] = done.record.deadlines

    department.now = term.due_time.ToDatetime(START.tzinfo)
    assert await done.state() == "REGISTERED", "it runs to the end of the day"
    department.now += SECOND
    ended = await done.until("RELEASED")

    assert ended.end.outcome == pb.REGISTRATION_OUTCOME_LAPSED and not ended.end.decider
    async with department.refused("ACT_NOT_OPEN"):
        await done.act("ReleaseRegistered", cause="已核实")


async def test_the_head_releases_what_proves_nothing(department: Department) -> None:
    done = await registered(department)

    ended = await done.act("ReleaseRegistered", cause="违法事实不成立")

    assert (ended.state, ended.end.cause) == (pb.REGISTRATION_STATE_RELEASED, "违法事实不成立")


async def test_things_go_to_be_appraised(department: Department) -> None:
    done = await registered(department)

    ended = await done.act("AppraiseRegistered", done.by, appraiser="示例检测所")

    assert ended.end.appraiser == "示例检测所"


async def test_registered_urgently_and_approved_within_a_day(department: Department) -> None:
    done = await urgent(department)
    assert {x.clock_id for x in done.record.deadlines} == {"PEN-07", "PEN-08"}

    department.now = START + 24 * HOUR + SECOND
    async with department.refused("REPORTED_LATE", law="SAMR-2022:33(2)"):
        await done.act("ApproveRegistrationAfterwards")
    department.now = START + 24 * HOUR
    await done.act("ApproveRegistrationAfterwards")

    assert await done.state() == "REGISTERED"


async def test_what_was_registered_urgently_and_never_approved_is_free_too(department: Department) -> None:
    done = await urgent(department)

    department.now = START + 30 * DAY

    assert (await done.until("RELEASED")).end.outcome == pb.REGISTRATION_OUTCOME_LAPSED


async def test_no_way_without_approval_where_the_sector_has_none(department: Department) -> None:
    dossier = await department.investigating(body_id=await department.body(field="住房城乡建设"))

    async with department.refused("PREREG_NOT_APPROVED", law="MOHURD-2022:19(1);APL-2021:56"):
        await urgent(department, dossier)


async def test_seized_instead_when_a_measure_holds_every_thing(department: Department) -> None:
    done = await registered(department)
    held = HeldByMeasure(department, done.dossier, await power(department, done.dossier.body_id))

    async with department.refused("PREREG_NOT_SEIZED") as told:
        await done.act("SeizeRegistered")
    assert told.metadata["things"] == "账册"
    taken = held.taken(things=[measures.thing("账册", done.record.registration_id, quantity=2)])
    await measures.seized(department.do, done.dossier.case_id, held.item_id, taken, SEIZE)
    await done.act("SeizeRegistered")

    assert await done.state() == "DISPOSED"


async def test_a_measure_from_before_holds_nothing_of_it(department: Department) -> None:
    dossier = await department.investigating()
    held = HeldByMeasure(department, dossier, await power(department, dossier.body_id))
    taken = held.taken(things=[measures.thing("账册", dossier.case_id)])
    await measures.seized(department.do, dossier.case_id, held.item_id, taken, SEIZE)
    department.now += HOUR
    record = await given.registered(department.do, dossier.case_id, on_site(department.now, dossier.ids))
    done = Registered(department, dossier, record)

    async with department.refused("PREREG_NOT_SEIZED"):
        await done.act("SeizeRegistered")


async def test_confiscated_by_the_decision_that_says_so(department: Department) -> None:
    done = await registered(department)
    held = HeldByMeasure(department, done.dossier, "")

    async with department.refused("CONFISCATION_NOT_DECIDED"):
        await done.act("ConfiscateRegistered")
    await decided(department, held, fine(30_000, kinds=CONFISCATING, confiscation={"fen": 100}))

    ended = await done.act("ConfiscateRegistered")

    assert (ended.state, ended.end.decider) == (pb.REGISTRATION_STATE_DISPOSED, HEAD[0])


# What is refused -------------------------------------------------------------------------------------

ON_SITE = {
    "no_certificate_shown": ({"certificate_shown": False}, "CERTIFICATE_NOT_SHOWN"),
    "nothing_listed": ({"things": []}, "PREREG_LIST_INCOMPLETE"),
    "no_number": ({"things": [pb.RegisteredThing(name="账册")]}, "PREREG_LIST_INCOMPLETE"),
    "not_signed": ({"list_sign_time": None}, "PREREG_LIST_MISSING"),
    "not_delivered": ({"list_deliver_time": None}, "PREREG_LIST_MISSING"),
    "no_notice": ({"notice_deliver_time": None}, "PREREG_LIST_MISSING"),
    "notice_next_day": ({"notice_deliver_time": stamp(START + DAY)}, "PREREG_LIST_MISSING"),
}


@pytest.mark.parametrize("way", ["approved", "urgent"])
@pytest.mark.parametrize("wrong", ON_SITE)
async def test_on_site_the_list_is_made_signed_and_delivered(
    department: Department, wrong: str, way: str
) -> None:
    more, reason = ON_SITE[wrong]

    if way == "urgent":
        dossier = await department.investigating()
        async with department.refused(reason):
            await urgent(department, dossier, on_site=on_site(department.now, dossier.ids, **more))
        return
    waiting = await approved(department)
    async with department.refused(reason):
        done = on_site(department.now, waiting.dossier.ids, **more)
        await waiting.act("RegisterEvidence", waiting.by, on_site=done)


async def test_only_officers_of_the_case_and_two_of_them(department: Department) -> None:
    waiting = await approved(department)
    ids, stranger = waiting.dossier.ids, await department.officer(waiting.dossier.body_id)

    async with department.refused("TOO_FEW_OFFICERS"):
        await waiting.act("RegisterEvidence", waiting.by, on_site=on_site(department.now, ids[:1]))
    async with department.refused("NOT_ON_CASE") as told:
        done = on_site(department.now, [ids[0], stranger.officer_id])
        await waiting.act("RegisterEvidence", waiting.by, on_site=done)
    assert told.metadata["officers"] == stranger.officer_id
    async with department.refused("NOT_ON_CASE"):
        await given.ask(department.do, waiting.dossier.case_id, stranger.who)


async def test_why_it_may_vanish_and_why_it_was_urgent_are_said(department: Department) -> None:
    dossier = await department.investigating()

    async with department.refused("PREREG_NOT_NEEDED", law="APL-2021:56"):
        await given.ask(department.do, dossier.case_id, dossier.officers[0].who, danger="")
    async with department.refused("PREREG_NOT_APPROVED"):
        await urgent(department, dossier, urgency="")


async def test_not_before_the_approval_and_not_tomorrow(department: Department) -> None:
    waiting = await approved(department)

    async with department.refused("PREREG_NOT_APPROVED"):
        done = on_site(department.now - HOUR, waiting.dossier.ids)
        await waiting.act("RegisterEvidence", waiting.by, on_site=done)
    async with department.refused("ACT_IN_FUTURE"):
        done = on_site(department.now + HOUR, waiting.dossier.ids)
        await waiting.act("RegisterEvidence", waiting.by, on_site=done)


async def test_preserved_is_what_became_evidence_since(department: Department) -> None:
    dossier = await department.investigating()
    before = (await department.evidence(dossier)).evidence
    department.now += HOUR
    record = await given.registered(department.do, dossier.case_id, on_site(department.now, dossier.ids))
    done = Registered(department, dossier, record)
    other = await department.investigating()
    foreign = (await department.evidence(other)).evidence

    for ids in ([], [before.evidence_id], [foreign.evidence_id], ["E-nowhere"]):
        async with department.refused("PREREG_NOT_PRESERVED"):
            await done.act("PreserveRegistered", done.by, evidence_ids=ids)


async def test_before_filing_and_after_the_decision_nothing_is_registered(department: Department) -> None:
    clue = await department.clue()
    clue.officers = [await department.officer(clue.body_id) for _ in range(2)]

    async with department.refused("CASE_NOT_OPEN", "NOT_ON_CASE"):
        await given.ask(department.do, clue.case_id, clue.officers[0].who)
    dossier = await department.investigating()
    await department.act("TerminateCase", dossier)
    async with department.refused("CASE_NOT_OPEN"):
        await given.ask(department.do, dossier.case_id, dossier.officers[0].who)


async def test_a_case_does_not_end_while_something_lies_registered(department: Department) -> None:
    done = await registered(department)
    await department.act("TerminateCase", done.dossier)

    async with department.refused("MEASURE_OPEN") as told:
        await department.act("CloseCase", done.dossier)
    assert told.metadata["measures"] == done.record.registration_id
    await done.act("ReleaseRegistered", cause="终止调查")
    await department.act("CloseCase", done.dossier)
