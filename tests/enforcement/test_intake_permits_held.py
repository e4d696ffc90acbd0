"""Permits of which a department's own system tells what came after the grant: checks, changes, revocation, recall, the end (ALIC
7, 8, 49, 61-70).
"""

import random
from typing import Any

import pytest
from yifa.enforcement.v1 import outside_pb2 as pb
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.enforcement.v1 import permit_held_pb2 as held
from yifa.enforcement.v1 import permit_pb2 as permits
from yifa.enforcement.v1 import publication_pb2 as publications
from yifa.law.v1.law_pb2 import Money

from services.given import permit as given
from services.given.case import violation
from services.given.people import HEAD, UNIT
from services.law.moment import moment_of
from tests.enforcement.department import Department
from tests.enforcement.permits_told import applying, granted
from tests.enforcement.permitting import OFFICER, REMEDIES, Window
from tests.enforcement.records_told import Inspecting, Teller, inspecting, named, reasons, report, without
from tests.enforcement.samples import CLERK, DAY, HOUR, START, fine, stamp
from tests.enforcement.test_intake_permits import permit_of
from tests.enforcement.test_permit_held import INTEREST, RECALL, REVERSED, REVOKE

LAWFUL = {
    "manner": held.PERMIT_CHECK_MANNER_PAPERS, "situation": "核查台账", "finding": held.PERMIT_FINDING_LAWFUL,
    "result": "符合许可要求",
}  # fmt: skip
TELL = {"basis": "《排污许可管理条例》修订", "reasons": "不再符合公布的条件", "document": "许告5号"}


class Holding:
    """A permit there that was granted, issued and published in time, and what comes after."""

    def __init__(self, d: Department, about: dict[str, Any], *checkers: str) -> None:
        self.d, self.about, self.checkers = d, about, list(checkers)
        self.granted = granted(about)
        first = self.granted[0]
        self.t = Teller(first.source_case, at=self.granted[-1].act_time.ToDatetime(START.tzinfo))

    @property
    def stages(self) -> list[pb.OutsideStage]:
        return [*self.granted, *self.t.stages]

    def valid(self, days: int) -> None:
        issue = named(self.granted, "issue_permit").issue_permit
        issue.until_time.CopyFrom(stamp(moment_of(issue.from_time) + days * DAY))

    def check(self, **more: Any) -> pb.OutsideStage:
        link = {name: more.pop(name) for name in ("linked_inspection", "linked_case") if name in more}
        said = {**LAWFUL, "checker_ids": self.checkers, "signer_ids": self.checkers, **more}
        return self.t.tell("check_permit_holder", CLERK[0], said, after=DAY, **link)

    def reversal(self, act: str = "recall_permit", told: Any = None, **more: Any) -> None:
        until = {"until_time": stamp(self.t.at + 6 * DAY)}
        self.t.tell("tell_permit_reversal", UNIT[0], {**TELL, **until, **(told or RECALL)}, after=DAY)
        self.t.tell("hear_permit_holder", CLERK[0], {"statement": "希望延至年底"})
        self.t.tell(act, HEAD[0], {**INTEREST, **REMEDIES, **more}, document_number="接入许撤1号", after=DAY)


async def held_by(d: Department) -> Holding:
    about = await applying(d)
    return Holding(d, about, (await d.officer(await body_of(d, about))).officer_id)


async def body_of(d: Department, about: dict[str, Any]) -> str:
    found = await d.do("GetPermitGuide", HEAD, guide_id=about["guide_id"])
    return str(found.permit_guide.body_id)


def whole(h: Holding) -> list[pb.OutsideStage]:
    """All that may come after a grant, each lawful and in time."""
    h.valid(365)
    bad = {"finding": held.PERMIT_FINDING_UNLAWFUL, "order": "补充监测", "result": "责令改正"}
    h.check(**bad, correct_time=stamp(h.t.at + 11 * DAY))
    h.check(situation="已经补充", result="改正完毕")
    h.t.tell("ask_permit_change", CLERK[0], {"content": "名称变更"})
    h.t.tell(
        "decline_permit_change", HEAD[0], {"reasons": "材料不符", **REMEDIES}, document_number="接入许变1号"
    )
    h.t.tell("ask_permit_change", CLERK[0], {"content": "名称变更"})
    h.t.tell("change_permit", HEAD[0], {"opinion": "仍符合条件"}, document_number="接入许变2号")
    h.reversal()
    claim = {"loss": "设备损失", "claimed": Money(fen=5000_00)}
    h.t.tell("claim_permit_indemnity", CLERK[0], claim)
    met = {"kind": held.PERMIT_MEETING_KIND_NEGOTIATION, "minutes": "协商笔录", "signed": True}
    agreed = {"agreement": held.PERMIT_AGREEMENT_AGREED, "amount": Money(fen=4000_00)}
    h.t.tell("meet_on_permit_indemnity", UNIT[0], met | agreed)
    h.t.tell("decide_permit_indemnity", HEAD[0], {"awarded": Money(fen=4000_00)})
    h.t.tell("pay_permit_indemnity", CLERK[0], {"paid": Money(fen=4000_00), "voucher": "付1号"})
    h.t.tell("deregister_permit", UNIT[0], REVERSED)
    return h.stages


@pytest.mark.parametrize("shuffled", (False, True), ids=("in order", "in any order"))
async def test_what_comes_after_a_grant_told_in_whatever_order_breaks_nothing(
    department: Department, shuffled: bool
) -> None:
    h = await held_by(department)
    stages = whole(h)
    department.now = stages[-1].act_time.ToDatetime(START.tzinfo) + HOUR
    if shuffled:
        for stage in stages:
            stage.permit.CopyFrom(type(stage.permit)(**h.about))
        random.Random(11).shuffle(stages)

    standing = await report(department, *stages)

    assert list(standing.breaches) == [] and list(standing.missing) == [] and not standing.not_judged
    permit = await permit_of(department, standing)
    assert permit.state == permits.PERMIT_STATE_DEREGISTERED and permit.HasField("leaving")
    assert [c.situation for c in permit.checks] == ["核查台账", "已经补充"]
    assert [(c.granted, c.document_number) for c in permit.changes] == [
        (False, "接入许变1号"), (True, "接入许变2号"),
    ]  # fmt: skip
    [recall] = permit.reversals
    assert recall.statement and recall.document_number == "接入许撤1号" and recall.decider == HEAD[0]
    assert recall.indemnity.paid.fen == 4000_00 and len(recall.indemnity.meetings) == 1
    public = permit.publication.decision.permit
    assert public.standing == publications.PERMIT_STANDING_DEREGISTERED
    assert public.change_number == "接入许撤1号"


async def test_a_permit_revoked_there_is_public_no_more_here(department: Department) -> None:
    h = await held_by(department)
    h.reversal("revoke_permit", REVOKE, claim_told=True)
    *before, last = h.stages
    shown = await permit_of(department, await report(department, *before))
    assert shown.publication.decision.permit.standing == publications.PERMIT_STANDING_VALID

    permit = await permit_of(department, await report(department, last))

    assert permit.state == permits.PERMIT_STATE_REVOKED
    assert "接入许撤1号撤销" in permit.publication.decision.explanation


NOBODY = {"checker_ids": ["O-nobody"], "signer_ids": ["O-nobody"]}
ON_SITE = {"manner": held.PERMIT_CHECK_MANNER_ON_SITE}
BAD = {"finding": held.PERMIT_FINDING_UNLAWFUL}


async def test_what_a_check_lacks_is_told_of_each(department: Department) -> None:
    h = await held_by(department)
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("PERMIT_CHECK_NOT_RECORDED", {"situation": " "}),
        ("PERMIT_CHECK_NOT_SIGNED", {"signer_ids": []}),
        ("PERMIT_CHECK_NOT_SIGNED", NOBODY),
        ("PERMIT_VISIT_NOT_INSPECTED", {"manner": 0}),
        ("PERMIT_VISIT_NOT_INSPECTED", ON_SITE),
        ("PERMIT_VISIT_NOT_INSPECTED", {**ON_SITE, "inspection_id": "I-invented"}),
        ("PERMIT_VISIT_NOT_INSPECTED", {**ON_SITE, "linked_inspection": "检-无"}),
        ("PERMIT_FINDING_NOT_HANDLED", {"finding": 0}),
        ("PERMIT_FINDING_NOT_HANDLED", BAD),
        ("PERMIT_FINDING_NOT_HANDLED", {**BAD, "order": "改正", "correct_time": stamp(START)}),
        ("PERMIT_FINDING_NOT_HANDLED", {**BAD, "linked_case": "案-无"}),
    ]
    await report(department, *h.granted)
    for reason, more in wrong:
        stage = h.check(**more)
        standing = await report(department, stage)
        found = [b.reason for b in standing.breaches if b.act_time == stage.act_time]
        assert found == [reason], more


async def test_nothing_is_done_to_a_holder_who_was_not_told_and_heard(department: Department) -> None:
    h = await held_by(department)
    unheard = Holding(department, h.about, *h.checkers)
    h.t.tell("revoke_permit", HEAD[0], document_number="接入许撤2号")
    unheard.reversal("revoke_permit", RECALL)
    unheard.t.stages = without(unheard.t.stages, "hear_permit_holder")

    first, second = await report(department, *h.stages), await report(department, *unheard.stages)

    unasked = {"PERMIT_REVERSAL_NOT_AS_TOLD", "PERMIT_HOLDER_NOT_HEARD", "PERMIT_CLAIM_NOT_TOLD"}
    assert unasked <= reasons(first, "RevokePermit") and unasked <= reasons(second, "RevokePermit")
    assert {"PERMIT_INTEREST_NOT_WEIGHED", "PERMIT_REMEDIES_NOT_TOLD"} <= reasons(first, "RevokePermit")
    for standing, number in ((first, "接入许撤2号"), (second, "接入许撤1号")):
        permit = await permit_of(department, standing)
        assert permit.state == permits.PERMIT_STATE_REVOKED
        assert permit.reversals[-1].document_number == number  # it happened
    assert [r.HasField("decide_time") for r in permit.reversals] == [False, True]  # what was told stays open


async def test_a_permit_that_ended_unnoticed_leaves_the_register_as_one_that_ended(
    department: Department,
) -> None:
    h = await held_by(department)
    h.valid(100)
    for content in ("名称变更", "地址变更"):  # the first is not decided
        h.t.tell("ask_permit_change", CLERK[0], {"content": content})
    h.t.at = moment_of(named(h.granted, "issue_permit").issue_permit.until_time)
    gone = {"ground": held.PERMIT_LEAVING_GROUND_EXPIRED, "basis": "届满", "proof": "清单"}
    h.t.tell("deregister_permit", UNIT[0], gone)
    await report(department, *h.stages[:-1])

    standing = await report(department, h.stages[-1])

    assert reasons(standing) == {"PERMIT_CHANGE_NOT_SAID"}
    permit = await permit_of(department, standing)
    assert permit.state == permits.PERMIT_STATE_DEREGISTERED and permit.HasField("lapse_time")
    assert [c.content for c in permit.changes] == ["名称变更", "地址变更"]


async def test_an_invented_end_is_told(department: Department) -> None:
    h = await held_by(department)
    for name, request in (
        ("pay_permit_indemnity", {"paid": Money(fen=1), "voucher": "付"}),
        ("change_permit", {"opinion": "符合"}),
        (
            "deregister_permit",
            {"ground": held.PERMIT_LEAVING_GROUND_LICENCE_REVOKED, "case_id": "C-invented"},
        ),
    ):
        h.t.tell(name, HEAD[0], request)

    standing = await report(department, *h.stages)

    assert {"PERMIT_INDEMNITY_NOT_DECIDED", "PERMIT_INDEMNITY_NOT_IN_FULL"} <= reasons(standing)
    assert "PERMIT_CHANGE_NOT_ASKED" in reasons(standing)
    assert {"PERMIT_DEREGISTRATION_UNGROUNDED", "PERMIT_DEREGISTRATION_NOT_SHOWN"} <= reasons(standing)


async def test_a_visit_rests_on_the_inspection_that_is_told_even_if_later(department: Department) -> None:
    visit = await inspecting(department)
    about = await of_holder(department, visit)
    h = Holding(department, about, *visit.visit.ids)
    there = {**ON_SITE, "linked_inspection": visit.teller.source_case}
    visit.teller.at = h.t.at + 2 * DAY
    inspected = [*visit.opened(), *await visit.rest("CheckIn", "RecordInspection", "FindNothing")]
    for more in ({}, {}, NOBODY):  # the first before the visit
        h.check(**there, **more)
        h.t.at = max(h.t.at, visit.teller.at)
    standing = await report(department, *h.stages)
    assert [b.reason for b in standing.breaches].count("PERMIT_VISIT_NOT_INSPECTED") == 3
    told = department.names(standing.record_id)
    await report(department, *inspected)

    permit = await permit_of(department, standing)
    assert [b.reason for b in permit.breaches] == [
        "PERMIT_VISIT_NOT_INSPECTED", "PERMIT_CHECK_NOT_SIGNED", "PERMIT_VISIT_NOT_INSPECTED",
    ]  # fmt: skip
    assert permit.checks[0].inspection_id.startswith("I-")
    assert len(department.names(standing.record_id)) > len(told)  # the city hears of it
    twice = h.check(**there, inspection_id="I-1")
    async with department.refused("MALFORMED") as no:
        await department.do("ReportStage", CLERK, stage=twice)
    assert no.metadata["field"] == "check_permit_holder.inspection_id"


async def test_a_permit_ends_with_the_licence_once_the_case_that_revoked_it_was_served(
    department: Department,
) -> None:
    about = await applying(department)
    early, late = Holding(department, about), Holding(department, about)
    matter = pb.OutsideMatter(body_id=await body_of(department, about), party=about["applicant"])
    matter.violation.CopyFrom(violation(START - DAY))
    case = Teller("案吊1", at=early.t.at, matter=matter)
    case.tell("register_clue", CLERK[0])
    revoked = fine(30_000, kinds=[penalties.PENALTY_KIND_FINE, penalties.PENALTY_KIND_REVOCATION_OF_LICENCE])
    case.tell("make_decision", HEAD[0], {"penalty": revoked}, document_number="接入罚1号", after=DAY)
    gone = {"ground": held.PERMIT_LEAVING_GROUND_LICENCE_REVOKED, "basis": "证件被吊销", "proof": "决定书"}
    standings = []
    for h in (early, late):
        h.t.at = case.at
        h.t.tell("deregister_permit", UNIT[0], gone, linked_case="案吊1")
        standings.append(await report(department, *h.stages))
        case.at = h.t.at + HOUR
        if h is early:
            case.tell("serve_decision", CLERK[0], {"method": 1, "receipt": "回证1号"})
    assert [reasons(s) for s in standings] == [{"PERMIT_DEREGISTRATION_UNGROUNDED"}] * 2

    await report(department, *case.stages)

    found = [await permit_of(department, standing) for standing in standings]
    assert [[b.reason for b in p.breaches] for p in found] == [["PERMIT_DEREGISTRATION_UNGROUNDED"], []]
    assert all(p.leaving.case_id for p in found)


async def of_holder(d: Department, visit: Inspecting) -> dict[str, Any]:
    """An application of the enterprise that is inspected, to the body that inspects it."""
    about = await applying(d, body_id=visit.visit.body_id)
    seen = visit.visit.enterprise
    return about | {"applicant": given.applicant(seen.credit_code, seen.name)}


async def test_what_was_not_put_right_is_noted_and_a_check_told_late_takes_it_back(
    department: Department,
) -> None:
    h = await held_by(department)
    end = h.t.at + 11 * DAY
    h.check(**BAD, order="补充监测", correct_time=stamp(end))
    standing = await report(department, *h.stages)
    department.now = end + DAY
    missed = await Window(department).until(standing.record_id, lambda p: p.checks[0].HasField("miss_time"))
    assert moment_of(missed.checks[0].miss_time) == end
    beside = h.t.tell("withhold_permit", HEAD[0], {"ground": 2, "reason": "公开后可能影响稳定"})
    kept = await permit_of(department, await report(department, beside))
    assert kept.checks[0].miss_time == missed.checks[0].miss_time and kept.HasField("withholding")
    entries = department.running.entries(0, 10**9)
    assert [e.type.rpartition(".")[2] for e in entries if e.subject == standing.record_id].count(
        "PermitCorrectionMissed"
    ) == 1

    again = h.check(situation="已经补充")
    permit = await permit_of(department, await report(department, again))

    assert [c.HasField("miss_time") for c in permit.checks] == [False, False]
    assert list(permit.breaches) == []


async def test_what_is_told_late_takes_back_that_a_permit_ended(department: Department) -> None:
    renewed, revoked, left = [await held_by(department) for _ in range(3)]
    standings = []
    for h in (renewed, revoked, left):
        h.valid(100)
        standings.append(await report(department, *h.granted))
    end = moment_of(named(left.granted, "issue_permit").issue_permit.until_time)
    department.now = max(moment_of(named(h.granted, "issue_permit").issue_permit.until_time)
                         for h in (renewed, revoked, left)) + DAY  # fmt: skip
    for standing in standings:
        await Window(department).until(standing.record_id, lambda p: p.state == permits.PERMIT_STATE_LAPSED)
    renewed.t.at += 20 * DAY
    renewed.t.tell("ask_permit_renewal", CLERK[0])
    renewed.t.tell("renew_permit", HEAD[0], {"until_time": stamp(end + 400 * DAY)})
    revoked.reversal("revoke_permit", REVOKE, claim_told=True)
    gone = {"ground": held.PERMIT_LEAVING_GROUND_EXPIRED, "basis": "届满", "proof": "清单"}
    left.check()
    left.t.at = end + HOUR
    left.t.tell("deregister_permit", UNIT[0], gone)

    found = [
        await permit_of(department, await report(department, *h.t.stages)) for h in (renewed, revoked, left)
    ]

    assert [p.state for p in found] == [
        permits.PERMIT_STATE_ISSUED, permits.PERMIT_STATE_REVOKED, permits.PERMIT_STATE_DEREGISTERED,
    ]  # fmt: skip
    assert [list(p.breaches) for p in found] == [[], [], []]
    assert [p.HasField("lapse_time") for p in found] == [False, False, True]


async def test_what_was_done_here_stays_when_stages_are_told_late(department: Department) -> None:
    h = await held_by(department)
    h.reversal("recall_permit")
    told = h.stages[:-1]
    standing = await report(department, *told)
    window = Window(department)
    await window.act(
        "CheckPermitHolder",
        standing.record_id,
        OFFICER,
        **LAWFUL,
        checker_ids=h.checkers,
        signer_ids=h.checkers,
    )
    await window.act("RecallPermit", standing.record_id, HEAD, **INTEREST, **REMEDIES)
    before = await permit_of(department, standing)
    h.t.at = moment_of(h.granted[-1].act_time)
    late = h.check(situation="早前核查")

    permit = await permit_of(department, await report(department, late))

    assert permit.state == permits.PERMIT_STATE_RECALLED
    assert permit.reversals == before.reversals
    assert [c.situation for c in permit.checks] == ["早前核查", "核查台账"]
