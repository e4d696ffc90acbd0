"""Compulsory measures: sealing, seizure and freezing, from the request to what becomes of the things (ACL 16–33)."""

import asyncio
from datetime import UTC
from typing import Any

import pytest
from yifa.enforcement.v1 import measure_pb2 as pb
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.enforcement.v1 import referral_pb2 as referrals
from yifa.law.v1 import law_pb2
from yifa.registry.v1 import basis_pb2, body_pb2, power_pb2
from yifa.registry.v1 import events_pb2 as registry

from services.given import measure as given
from services.given.measure import execution, freezing, thing
from services.law.calendar import SHANGHAI
from services.law.procedures.measure import MEASURE
from tests.enforcement.department import Department
from tests.enforcement.samples import (
    CLERK,
    DAY,
    HEAD,
    HOUR,
    INSTANT,
    NODE,
    SECOND,
    START,
    WINDOW_END,
    Dossier,
    fine,
    serial,
    stamp,
)
from tests.held import FROZEN_WRONGLY, TAKEN_WRONGLY

LAW, RULE = basis_pb2.BASIS_LEVEL_LAW, basis_pb2.BASIS_LEVEL_DEPARTMENT_RULE
REGULATION = basis_pb2.BASIS_LEVEL_LOCAL_REGULATION
SEAL, SEIZE, FREEZE = pb.MEASURE_KIND_SEAL, pb.MEASURE_KIND_SEIZE, pb.MEASURE_KIND_FREEZE


async def power(
    d: Department,
    body_id: str,
    level: int = LAW,
    kind: int = power_pb2.POWER_KIND_COERCION,
    **more: Any,
) -> str:
    """An item of coercion on a body's published list, on an article of some rank."""
    n = next(serial)
    basis = basis_pb2.LegalBasis(basis_id=f"L-{n}", law="示例法", article="第五条", level=level, version=1)
    await d.hear(registry.LegalBasisAdded(basis=basis))
    item = power_pb2.PowerItem(
        item_id=f"P-{n}", body_id=body_id, node=NODE, kind=kind, basis_ids=[basis.basis_id],
        from_time=stamp(START - 100 * DAY), version=1, **more,
    )  # fmt: skip
    await d.hear(registry.PowerItemChanged(item=item))
    return item.item_id


class Held:
    """A case with a measure and who takes it."""

    def __init__(self, d: Department, dossier: Dossier, item_id: str) -> None:
        self.d, self.dossier, self.item_id = d, dossier, item_id
        self.measure = pb.Measure()

    @property
    def by(self) -> Any:
        return self.dossier.officers[0].who

    def taken(self, **more: Any) -> pb.Execution:
        """Now, by the officers of the case, something that no other test holds."""
        more.setdefault("things", [thing(mark=f"SN-{next(serial)}")])
        return execution(self.d.now, self.dossier.ids, **more)

    async def act(self, rpc: str, by: Any = HEAD, **more: Any) -> pb.Measure:
        self.measure = (await self.d.do(rpc, by, measure_id=self.measure.measure_id, **more)).measure
        return self.measure

    async def state(self) -> str:
        found = (await self.d.do("ListMeasures", HEAD, case_id=self.dossier.case_id)).measures
        self.measure = next(m for m in found if m.measure_id == self.measure.measure_id)
        return pb.MeasureState.Name(self.measure.state).removeprefix("MEASURE_STATE_")

    async def until(self, state: str) -> pb.Measure:
        """Wait until the clocks have brought it to a state."""
        async with asyncio.timeout(10):
            while await self.state() != state:
                await asyncio.sleep(0.05)
        return self.measure

    def due(self, clock_id: str) -> str:
        """The day on which a term of the measure ends."""
        [found] = [x for x in self.measure.deadlines if x.clock_id == clock_id]
        return found.due_time.ToDatetime(UTC).astimezone(SHANGHAI).date().isoformat()


def term_of(measure: pb.Measure) -> law_pb2.Deadline:
    """How long it may hold what it holds."""
    return next(x for x in measure.deadlines if x.clock_id in ("ENF-02", "ENF-03"))


async def inquired(d: Department, level: int = LAW, **more: Any) -> Held:
    dossier = await d.investigating(**more)
    return Held(d, dossier, await power(d, dossier.body_id, level))


async def asked(d: Department, kind: int = SEIZE, level: int = LAW) -> Held:
    held = await inquired(d, level)
    held.measure = await given.ask(d.do, held.dossier.case_id, held.item_id, held.by, kind)
    return held


async def approved(d: Department, kind: int = SEIZE) -> Held:
    held = await asked(d, kind)
    held.measure = await given.approve(d.do, held.measure.measure_id)
    return held


async def seized(d: Department, kind: int = SEIZE, held: Held | None = None) -> Held:
    held = held or await inquired(d)
    taken = (
        freezing(d.now, held.dossier.ids, account=f"6222{next(serial)}") if kind == FREEZE else held.taken()
    )
    held.measure = await given.seized(d.do, held.dossier.case_id, held.item_id, taken, kind)
    return held


async def urgent(d: Department, held: Held | None = None, **more: Any) -> Held:
    held = held or await inquired(d)
    fields = {"kind": SEAL, "item_id": held.item_id, "reasons": "防止转移", "urgency": "正在装车"}
    reply = await d.do(
        "ExecuteUrgently",
        held.by,
        case_id=held.dossier.case_id,
        **({"execution": held.taken()} | fields | more),
    )
    held.measure = reply.measure
    return held


# The routes of the law -------------------------------------------------------------------------------


async def test_a_seizure_asked_for_approved_taken_and_lifted(department: Department) -> None:
    held = await seized(department)

    assert await held.state() == "EXECUTED"
    assert held.due("ENF-02") == "2026-04-01"  # thirty days after 2 March, rest day or not
    assert held.measure.document_number.startswith("示罚扣〔2026〕")
    assert [o.officer_id for o in held.measure.officers] == held.dossier.ids
    lifted = await given.release(department.do, held.measure.measure_id, pb.RELEASE_GROUND_NOT_NEEDED)
    assert lifted.release.document_number.startswith("示罚解〔2026〕") and lifted.release.signer == "head-1"
    assert term_of(lifted).state == law_pb2.CLOCK_STATE_MET
    assert department.names(held.measure.measure_id) == [
        "MeasureRequested", "MeasureApproved", "ThingsSeized", "MeasureReleased",
    ]  # fmt: skip


async def test_the_head_refuses_a_measure(department: Department) -> None:
    held = await asked(department)

    refused = await held.act("RefuseMeasure", reason="没有必要")

    assert (refused.state, refused.refuse_reason) == (pb.MEASURE_STATE_REFUSED, "没有必要")
    async with department.refused("ACT_NOT_OPEN"):
        await held.act("ExecuteMeasure", held.by, execution=held.taken())


async def test_taken_urgently_and_approved_within_a_day(department: Department) -> None:
    held = await urgent(department)
    assert await held.state() == "URGENT"

    department.now = START + 24 * HOUR
    await held.act("ApproveAfterwards")

    assert await held.state() == "EXECUTED"
    assert {x.clock_id: x.state for x in held.measure.deadlines} == {
        "ENF-01": law_pb2.CLOCK_STATE_MET, "ENF-02": law_pb2.CLOCK_STATE_RUNNING,
        "AVR-04": law_pb2.CLOCK_STATE_RUNNING, "PUB-01": law_pb2.CLOCK_STATE_RUNNING,
    }  # fmt: skip


async def test_taken_urgently_and_not_approved_it_has_to_be_lifted(department: Department) -> None:
    held = await urgent(department)

    department.now = START + 24 * HOUR + SECOND
    due = await held.until("RELEASE_DUE")

    assert due.release.ground == pb.RELEASE_GROUND_TERM_OVER and due.release.document_number
    async with department.refused("ACT_NOT_OPEN"):
        await held.act("ApproveAfterwards")
    await given.release(department.do, held.measure.measure_id, pb.RELEASE_GROUND_TERM_OVER)
    assert await held.state() == "RELEASED"


async def test_the_head_lifts_at_once_what_was_not_needed(department: Department) -> None:
    held = await urgent(department)

    await given.release(department.do, held.measure.measure_id, pb.RELEASE_GROUND_NO_VIOLATION)

    assert await held.state() == "RELEASED"


async def test_the_term_ends_and_nothing_but_lifting_is_left(department: Department) -> None:
    held = await seized(department)

    department.now = START + 30 * DAY + 15 * HOUR  # the first moment of 2 April
    due = await held.until("RELEASE_DUE")

    number = due.release.document_number
    assert number and due.release.draft_time == stamp(department.now) and not due.release.signer
    for rpc, more in (
        ("ExtendMeasure", {"days": 30}),
        ("ConfiscateThings", {}),
        ("DestroyThings", {"law": "示例法"}),
        ("HandOverThings", {"receiver": "公安局"}),
    ):
        async with department.refused("ACT_NOT_OPEN"):
            await held.act(rpc, **more)
    lifted = await given.release(department.do, held.measure.measure_id, pb.RELEASE_GROUND_TERM_OVER)
    assert lifted.release.document_number == number


async def test_a_term_is_extended_once_by_thirty_days(department: Department) -> None:
    held = await seized(department)
    longer = {"days": 30, "complexity": "跨省取证", "tell_time": stamp(START), "told_reasons": "情况复杂"}
    department.now = START + 20 * DAY

    await held.act("ExtendMeasure", **longer)

    assert held.due("ENF-02") == "2026-05-01"
    async with department.refused("ACT_NOT_OPEN"):
        await held.act("ExtendMeasure", **longer)


async def test_the_time_of_an_appraisal_is_not_counted(department: Department) -> None:
    held = await seized(department)
    department.now = START + 10 * DAY
    told = {"planned_end_time": stamp(START + 15 * DAY), "tell_time": stamp(department.now)}
    sent = {"ground": law_pb2.GROUND_APPRAISAL, "appraiser": "示例鉴定所", **told}

    await held.act("SendToAppraisal", held.by, **sent)
    department.now = START + 16 * DAY
    await held.act("ReceiveAppraisal", held.by, result="不合格")

    assert held.due("ENF-02") == "2026-04-07"  # six days later
    assert held.measure.appraisals[0].until_time == stamp(department.now)


async def test_what_stands_still_does_not_come_due(department: Department) -> None:
    held = await seized(department)
    told = {"planned_end_time": stamp(START + 40 * DAY), "tell_time": stamp(START)}
    await held.act("SendToAppraisal", held.by, ground=law_pb2.GROUND_TESTING, appraiser="检测所", **told)
    other = await seized(department)

    department.now = START + 31 * DAY
    await other.until("RELEASE_DUE")

    assert await held.state() == "EXECUTED"


async def decided(d: Department, held: Held, penalty: penalties.Penalty) -> None:
    """The case goes its whole way to the decision."""
    dossier = held.dossier
    dossier.proposal = penalty
    for rpc in ("RecordEvidence", "SubmitReport", "SubmitForReview", "ConcludeReview", "ServePriorNotice"):
        await d.act(rpc, dossier)
    d.now = WINDOW_END + INSTANT
    await d.act("MakeDecision", dossier)


CONFISCATING = [penalties.PENALTY_KIND_FINE, penalties.PENALTY_KIND_CONFISCATION_OF_PROPERTY]


async def test_what_the_decision_confiscates_is_confiscated(department: Department) -> None:
    held = await seized(department)
    await decided(department, held, fine(30_000, kinds=CONFISCATING, confiscation={"fen": 100}))

    await held.act("ConfiscateThings")

    assert await held.state() == "CONFISCATED"


async def test_a_decision_that_confiscates_nothing_ends_no_seizure_so(department: Department) -> None:
    held = await seized(department)
    await decided(department, held, fine(30_000))

    async with department.refused("CONFISCATION_NOT_DECIDED", law="ACL-2011:27;APL-2021:9[3]"):
        await held.act("ConfiscateThings")
    async with department.refused("DESTRUCTION_WITHOUT_LAW", law="ACL-2011:27"):
        await held.act("DestroyThings", law=" ")
    async with department.refused("DESTRUCTION_WITHOUT_LAW"):
        await held.act("DestroyThings", law="按规定")
    await held.act("DestroyThings", law="《食品安全法》第一百二十四条")
    assert await held.state() == "DESTROYED"


async def test_a_case_is_not_closed_while_a_measure_is_open(department: Department) -> None:
    held = await seized(department)
    await decided(department, held, fine(30_000))
    await department.act("ServeDecision", held.dossier)
    await department.act(
        "RecordPayment", held.dossier, amount={"fen": 3_000_000}, bank_reference=f"BK-{next(serial)}"
    )

    async with department.refused("MEASURE_OPEN", law="APL-2021:56;ACL-2011:27;ACL-2011:28(1);SAMR-2022:77"):
        await department.act("CloseCase", held.dossier)

    await given.release(department.do, held.measure.measure_id, pb.RELEASE_GROUND_DECIDED)
    await department.act("CloseCase", held.dossier)


async def test_a_measure_that_was_never_taken_holds_nothing_up(department: Department) -> None:
    held = await approved(department)

    await department.act("TerminateCase", held.dossier)
    await department.act("CloseCase", held.dossier)

    async with department.refused("CASE_NOT_OPEN"):
        await held.act("ExecuteMeasure", held.by, execution=held.taken())


async def test_a_clue_with_an_open_measure_is_not_declined(department: Department) -> None:
    dossier = await department.clue()
    dossier.officers = [await department.officer(dossier.body_id) for _ in range(2)]
    held = Held(department, dossier, await power(department, dossier.body_id))
    await seized(department, SEAL, held)

    async with department.refused("MEASURE_OPEN"):
        await department.act("DeclineClue", dossier)

    await given.release(department.do, held.measure.measure_id, pb.RELEASE_GROUND_NO_VIOLATION)
    await department.act("DeclineClue", dossier)


async def test_money_is_frozen_told_extended_and_settled(department: Department) -> None:
    held = await seized(department, FREEZE)
    assert await held.state() == "FROZEN"
    assert (held.due("ENF-03"), held.due("ENF-04")) == ("2026-04-01", "2026-03-05")

    told = given.decision(department.now)
    await held.act("DeliverFreezingDecision", CLERK, decision=told, things=[thing("账户622200001")])
    longer = {"days": 30, "complexity": "资金往来复杂", "tell_time": stamp(START), "told_reasons": "复杂"}
    await held.act("ExtendMeasure", **longer)
    assert (await held.state(), held.due("ENF-03")) == ("FREEZE_EXTENDED", "2026-05-01")
    async with department.refused("NOT_DECIDED", law="ACL-2011:27"):
        await held.act("SettleFreeze", note="划缴罚款")
    await decided(department, held, fine(30_000))
    await held.act("SettleFreeze", note="划缴罚款")
    assert await held.state() == "SETTLED"


async def test_a_freeze_comes_due_by_itself(department: Department) -> None:
    held = await seized(department, FREEZE)

    department.now = START + 31 * DAY

    assert (await held.until("RELEASE_DUE")).release.ground == pb.RELEASE_GROUND_TERM_OVER


async def test_things_go_along_with_a_criminal_case(department: Department) -> None:
    held = await seized(department)
    handed = {"receiver": "示例市公安局", "tell_time": stamp(START)}
    async with department.refused("POLICE_NOT_OPENED", law="ACL-2011:21;CRT-2020:12"):
        await held.act("HandOverThings", **handed)

    sent = await given.refer(department.do, held.dossier.case_id, held.dossier.ids, department.now)
    for said in (referrals.POLICE_SAID_RECEIVED, referrals.POLICE_SAID_OPENED):
        await given.police(department.do, sent.referral_id, said)
    async with department.refused("TRANSFER_NOT_TOLD", law="ACL-2011:21"):
        await held.act("HandOverThings", receiver="示例市公安局")
    await held.act("HandOverThings", **handed)

    assert await held.state() == "HANDED_OVER"
    assert term_of(held.measure).state == law_pb2.CLOCK_STATE_MET


# What the law does not allow -------------------------------------------------------------------------


@pytest.mark.parametrize("name", TAKEN_WRONGLY)
async def test_things_are_not_taken_otherwise_than_the_law_wants(department: Department, name: str) -> None:
    [rule] = {
        id(r): r
        for m in MEASURE.tables[0].moves
        if m.act == "SEIZE"
        for r in m.rules
        if r.holds.__name__ == name
    }.values()
    held, wrong = await approved(department), None
    wrong = held.taken()
    TAKEN_WRONGLY[name](wrong)

    async with department.refused(rule.reason, law=rule.law):
        await held.act("ExecuteMeasure", held.by, execution=wrong)

    assert await held.state() == "APPROVED"


@pytest.mark.parametrize("name", FROZEN_WRONGLY)
async def test_money_is_not_frozen_otherwise_than_the_law_wants(department: Department, name: str) -> None:
    [rule] = [
        r for m in MEASURE.tables[0].moves if m.act == "FREEZE" for r in m.rules if r.holds.__name__ == name
    ]
    held = await approved(department, FREEZE)
    wrong = freezing(department.now, held.dossier.ids, account=f"6222{next(serial)}")
    FROZEN_WRONGLY[name](wrong)

    async with department.refused(rule.reason, law=rule.law):
        await held.act("ExecuteMeasure", held.by, execution=wrong)


async def test_only_who_the_law_itself_empowers_takes_a_measure(department: Department) -> None:
    """Not by an item of penalty, of another body, on a mere rule, or on no list at all."""
    dossier = await department.investigating()
    other = await department.body()
    for item_id in (
        await power(department, dossier.body_id, kind=power_pb2.POWER_KIND_PENALTY),
        await power(department, other),
        await power(department, dossier.body_id, until_time=stamp(START - DAY)),
        await power(department, dossier.body_id, RULE),
        "P-unheard-of",
        "",
    ):
        async with department.refused("COERCION_NOT_ENTRUSTABLE", law="ACL-2011:17(1);ACL-2011:22"):
            await given.ask(department.do, dossier.case_id, item_id, dossier.officers[0].who)


async def test_an_entrusted_body_takes_no_measure(department: Department) -> None:
    principal = await department.body()
    mandate = body_pb2.Entrustment(
        entrusting_body_id=principal, from_time=stamp(START - DAY), until_time=stamp(START + 300 * DAY)
    )
    own = await department.body(kind=body_pb2.BODY_KIND_ENTRUSTED, entrustment=mandate)
    dossier = await department.clue(body_id=own)
    dossier.officers = [await department.officer(own) for _ in range(2)]

    for body_id in (own, principal):
        async with department.refused("COERCION_NOT_ENTRUSTABLE"):
            await given.ask(
                department.do, dossier.case_id, await power(department, body_id), dossier.officers[0].who
            )


async def test_a_regulation_lets_seize_but_not_freeze(department: Department) -> None:
    held = await inquired(department, REGULATION)
    await seized(department, SEIZE, held)

    asked = await given.ask(department.do, held.dossier.case_id, held.item_id, held.by, FREEZE)
    await given.approve(department.do, asked.measure_id)
    async with department.refused("COERCION_NOT_ENTRUSTABLE", law="ACL-2011:29(1)"):
        await given.take(department.do, asked.measure_id, freezing(department.now, held.dossier.ids))


async def test_an_article_that_was_repealed_gives_no_power(department: Department) -> None:
    held = await inquired(department)
    basis_id = f"L-{held.item_id.removeprefix('P-')}"
    ended = basis_pb2.LegalBasis(
        basis_id=basis_id,
        law="示例法",
        article="第五条",
        level=LAW,
        repeal_time=stamp(START - DAY),
        version=2,
    )
    await department.hear(registry.LegalBasisRepealed(basis=ended))

    async with department.refused("COERCION_NOT_ENTRUSTABLE"):
        await given.ask(department.do, held.dossier.case_id, held.item_id, held.by)


async def test_officers_without_a_certificate_take_nothing(department: Department) -> None:
    held = await approved(department)
    outsider = await department.officer(held.dossier.body_id, certified=False)

    async with department.refused("TWO_CERTIFIED_OFFICERS", law="ACL-2011:17(3)"):
        await held.act(
            "ExecuteMeasure",
            held.by,
            execution=held.taken(officer_ids=[*held.dossier.ids, outsider.officer_id]),
        )
    await department.suspend(held.dossier.officers[0], START - DAY)
    async with department.refused("CERTIFICATE_SUSPENDED", law="ACL-2011:17(3)"):
        await held.act("ExecuteMeasure", held.by, execution=held.taken())


async def test_a_certificate_for_another_place_does_not_do(department: Department) -> None:
    body_id = await department.body(area="440700")
    dossier = await department.clue(body_id=body_id, area="440703")
    dossier.officers = [await department.officer(body_id, area="440705") for _ in range(2)]
    held = Held(department, dossier, await power(department, body_id))
    held.measure = await given.ask(department.do, dossier.case_id, held.item_id, held.by)
    await given.approve(department.do, held.measure.measure_id)

    async with department.refused("CERTIFICATE_OUT_OF_AREA", law="ACL-2011:17(3);ASR-2025:11(2)[4]"):
        await held.act("ExecuteMeasure", held.by, execution=held.taken())


async def test_a_certificate_for_other_acts_does_not_do(department: Department) -> None:
    held = await approved(department)
    for officer in held.dossier.officers:
        officer.certificate.acts.append(1)  # penalties only
        officer.certificate.version += 1
        await department.hear(registry.CertificateReissued(certificate=officer.certificate))

    async with department.refused("CERTIFICATE_OUT_OF_SCOPE", law="ACL-2011:17(3)"):
        await held.act("ExecuteMeasure", held.by, execution=held.taken())


async def test_who_stands_aside_takes_no_part(department: Department) -> None:
    held = await approved(department)
    person = held.dossier.ids[0]
    recusal = await department.do(
        "RequestRecusal", CLERK, case_id=held.dossier.case_id, officer_id=person, asker=1, cause="近亲属"
    )
    await department.do(
        "DecideRecusal", HEAD, case_id=held.dossier.case_id, recusal_id=recusal.recusal.recusal_id, granted=True,
        reason="属实", earlier_acts=1,
    )  # fmt: skip

    async with department.refused("OFFICER_RECUSED", law="APL-2021:43(1)"):
        await held.act("ExecuteMeasure", held.dossier.officers[1].who, execution=held.taken())


async def test_a_measure_is_approved_before_it_is_taken(department: Department) -> None:
    held = await approved(department)

    async with department.refused("MEASURE_NOT_APPROVED", law="ACL-2011:18[1]"):
        await held.act("ExecuteMeasure", held.by, execution=execution(START - HOUR, held.dossier.ids))
    async with department.refused("ACT_IN_FUTURE", law="ACL-2011:18"):
        await held.act("ExecuteMeasure", held.by, execution=execution(START + HOUR, held.dossier.ids))


async def test_urgency_is_stated(department: Department) -> None:
    held = await inquired(department)

    async with department.refused("NOT_URGENT", law="ACL-2011:19"):
        await urgent(department, held, urgency=" ")


async def test_an_urgent_measure_is_approved_by_the_hour(department: Department) -> None:
    """What is told of more than a day after it was done has come due before anybody could approve it."""
    held = await inquired(department)

    await urgent(department, held, execution=execution(START - 25 * HOUR, held.dossier.ids))

    await held.until("RELEASE_DUE")
    assert not held.measure.HasField("approve_time")


async def test_a_thing_is_held_once(department: Department) -> None:
    first = await inquired(department)
    mine = [thing("叉车", mark=f"粤J{next(serial)}")]
    await given.seized(department.do, first.dossier.case_id, first.item_id, first.taken(things=mine))
    second = await approved(department, SEAL)

    async with department.refused("SEALED_TWICE", law="ACL-2011:23(2)"):
        await second.act("ExecuteMeasure", second.by, execution=second.taken(things=mine))


async def test_an_account_is_frozen_once(department: Department) -> None:
    account = f"6222{next(serial)}"
    first = await inquired(department)
    taken = freezing(department.now, first.dossier.ids, account=account)
    await given.seized(department.do, first.dossier.case_id, first.item_id, taken, FREEZE)
    second = await approved(department, FREEZE)

    async with department.refused("FROZEN_TWICE", law="ACL-2011:29(2)"):
        again = freezing(department.now, second.dossier.ids, account=account)
        await second.act("ExecuteMeasure", second.by, execution=again)


async def test_an_extension_is_reasoned_told_and_in_time(department: Department) -> None:
    held = await seized(department)
    longer = {"days": 30, "complexity": "跨省取证", "tell_time": stamp(START), "told_reasons": "情况复杂"}

    for wrong, reason in (
        ({"days": 31}, "EXTENSION_INVALID"),
        ({"complexity": " "}, "NOT_COMPLEX"),
        ({"told_reasons": ""}, "EXTENSION_NOT_TOLD"),
    ):
        async with department.refused(reason):
            await held.act("ExtendMeasure", **(longer | wrong))


async def test_an_appraisal_is_planned_and_told(department: Department) -> None:
    held = await seized(department)

    async with department.refused("APPRAISAL_NOT_TOLD", law="ACL-2011:25(3)"):
        await held.act("SendToAppraisal", held.by, ground=law_pb2.GROUND_TESTING, appraiser="检测所")
    async with department.refused("ACT_NOT_OPEN"):
        await held.act("ReceiveAppraisal", held.by, result="合格")


async def test_lifting_names_a_case_of_the_law(department: Department) -> None:
    held = await seized(department)

    for ground in (pb.RELEASE_GROUND_UNSPECIFIED, pb.RELEASE_GROUND_DECIDED):
        async with department.refused("GROUNDS_MISSING", law="ACL-2011:28(1);ACL-2011:33(1)"):
            await given.release(department.do, held.measure.measure_id, ground)


async def test_a_decided_case_is_served_by_no_new_measure(department: Department) -> None:
    dossier = await department.decided()
    item_id = await power(department, dossier.body_id)

    async with department.refused("CASE_NOT_OPEN", law="ACL-2011:2(2)"):
        await given.ask(department.do, dossier.case_id, item_id, dossier.officers[0].who)


async def test_no_time_beyond_the_calendar(department: Department) -> None:
    held = await approved(department)
    wrong = held.taken()
    wrong.rights_tell_time.seconds = 10**17

    async with department.refused("MALFORMED"):
        await held.act("ExecuteMeasure", held.by, execution=wrong)


async def test_a_measure_of_no_case_is_not_found(department: Department) -> None:
    async with department.refused("NOT_FOUND"):
        await given.ask(department.do, "C-nowhere", "P-1", ("O-1", "HANDLING_OFFICER"))
