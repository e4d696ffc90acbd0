"""What a report from outside breaks is recorded on the case and told: every rule of the procedure, on the act that broke it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties

from services.given.case import verified
from services.law.calendar import SHANGHAI
from tests.city import rid
from tests.enforcement.department import Department, number_of
from tests.enforcement.samples import CLERK, DAY, fine, stamp, yuan
from tests.law.records import PAPER

FIRST = datetime(2026, 1, 5, 9, 0, tzinfo=SHANGHAI)
Change = Callable[[cases.Case], Any]


async def lawful(d: Department) -> cases.Case:
    """A case on paper, an act every two days, in which every rule was kept."""
    await d.benchmark()
    body_id = await d.body()
    officers = [await d.officer(body_id) for _ in range(2)]
    times = (stamp(FIRST + timedelta(days=2 * n)) for n in range(20))
    penalty = fine(100000)
    return cases.Case(
        body_id=body_id,
        party=parties.Party(kind=2, name="示例企业", identity_number=number_of(parties.PARTY_KIND_ORGANISATION),
                            address=PAPER.address),
        violation=penalties.Violation(title="示例违法行为", law="示例法第一条", occur_time=stamp(FIRST - 30 * DAY)),
        clue=cases.Clue(summary="举报", evidence=[{"kind": 1, "title": "照片", "source": "举报人"}], receive_time=next(times)),
        file_time=next(times), filer="head-7",
        officers=[cases.AssignedOfficer(officer_id=o.officer_id, name="承办人") for o in officers],
        assign_time=next(times),
        evidence_count=3, evidence_marks=verified(3),
        proposal=penalty,
        inquiry_end_time=next(times),
        review=cases.Review(reviewer="reviewer-1", passed=True, submit_time=next(times), conclude_time=next(times)),
        notice=cases.PriorNotice(
            penalty=penalty, facts="事实", reasons="理由", basis="依据", hearing_right_told=True, serve_time=next(times)
        ),
        defence=cases.Defence(waive_time=next(times), waive_proof="书面声明"),
        decision=cases.Decision(
            penalty=penalty, decider="head-9", decide_time=next(times), discussion="记录",
            discussion_members=["head-8", "head-9"], document_number="示罚决1号", paper=PAPER,
        ),
        service=cases.Service(method=1, receipt="回证", serve_time=next(times)),
        paid=yuan(100000),
        payments=[{"amount": yuan(100000), "bank_reference": rid(), "recorder": "finance-1"}],
        perform_time=next(times),
        close_time=next(times),
    )  # fmt: skip


async def breaches(d: Department, case: cases.Case) -> set[tuple[str, str]]:
    reply = await d.do("ReportOutsideCase", CLERK, case=case)
    for breach in reply.case.breaches:
        assert breach.law and breach.text_zh and breach.text_en and breach.HasField("act_time")
    told = await d.case(reply.case.case_id)
    assert told.breaches == reply.case.breaches
    return {(b.act, b.reason) for b in reply.case.breaches}


def _penalty(**values: Any) -> Change:
    return lambda c: c.decision.penalty.CopyFrom(fine(100000, **values))


# fmt: off
CHANGES: list[tuple[str, Change, set[tuple[str, str]]]] = [
    ("discovered after five years", lambda c: c.violation.occur_time.CopyFrom(stamp(FIRST - 1900 * DAY)),
     {("FileCase", "LIMITATION_EXPIRED")}),
    ("no evidence at first sight", lambda c: c.clue.ClearField("evidence"),
     {("FileCase", "FILING_CONDITIONS_NOT_MET")}),
    ("nothing says that it is punished", lambda c: c.violation.ClearField("law"),
     {("FileCase", "FILING_CONDITIONS_NOT_MET")}),
    ("one officer", lambda c: c.officers.pop(),
     {(act, "TOO_FEW_OFFICERS") for act in ("AssignOfficers", "SubmitReport", "ServePriorNotice")}),
    ("an unknown officer", lambda c: setattr(c.officers[0], "officer_id", "O-nobody"),
     {(act, "TWO_CERTIFIED_OFFICERS") for act in ("AssignOfficers", "ServePriorNotice")}),
    ("no evidence in the inquiry", lambda c: c.ClearField("evidence_count"), {("SubmitReport", "RECORD_MISSING")}),
    ("no order to correct", lambda c: c.proposal.ClearField("correction_order"),
     {("SubmitReport", "CORRECTION_ORDER_MISSING")}),
    ("no band", lambda c: c.proposal.ClearField("band_code"),
     {("SubmitReport", "DISCRETION_NOT_STATED"), ("SubmitReport", "DISCRETION_OUT_OF_BAND")}),
    ("the investigator reviews", lambda c: setattr(c.review, "reviewer", c.officers[0].officer_id),
     {("ConcludeReview", "SOD_VIOLATION"), ("ConcludeReview", "REVIEWER_NOT_QUALIFIED")}),
    ("somebody unqualified reviews", lambda c: setattr(c.review, "reviewer", "reviewer-9"),
     {("ConcludeReview", "REVIEWER_NOT_QUALIFIED")}),
    ("a complex case without an adviser", lambda c: setattr(c.review, "complexity", "涉及多个法律关系"),
     {("ConcludeReview", "ADVISERS_NOT_HEARD")}),
    ("an adviser whom the register does not know", lambda c: (c.review.advisers.append("AV-invented"),
                                                              setattr(c.review, "advice", "同意")),
     {("ConcludeReview", "ADVISER_NOT_IN_REGISTER"), ("ConcludeReview", "ADVISERS_NOT_HEARD")}),
    ("a major penalty without review", lambda c: c.ClearField("review"),
     {("ServePriorNotice", "LEGAL_REVIEW_NOT_PASSED"), ("MakeDecision", "LEGAL_REVIEW_NOT_PASSED")}),
    ("a notice without reasons", lambda c: c.notice.ClearField("reasons"),
     {("ServePriorNotice", "PRIOR_NOTICE_INCOMPLETE"), ("ServeDecision", "DECISION_DOC_INCOMPLETE")}),
    ("no hearing right told", lambda c: c.notice.ClearField("hearing_right_told"),
     {("ServePriorNotice", "HEARING_RIGHT_NOT_TOLD")}),
    ("a waiver without proof", lambda c: c.defence.ClearField("waive_proof"),
     {("WaiveDefence", "WAIVER_PROOF_MISSING"), ("MakeDecision", "NO_DECISION_WITHOUT_NOTICE")}),
    ("decided while the party may answer", lambda c: c.ClearField("defence"),
     {("MakeDecision", "NO_DECISION_WITHOUT_NOTICE")}),
    ("decided without a notice", lambda c: (c.ClearField("notice"), c.ClearField("defence")),
     {("MakeDecision", "NO_DECISION_WITHOUT_NOTICE"), ("ServeDecision", "DECISION_DOC_INCOMPLETE")}),
    ("the investigator decides", lambda c: setattr(c.decision, "decider", c.officers[0].officer_id),
     {("MakeDecision", "SOD_VIOLATION"), ("MakeDecision", "HEAD_NOT_IN_OFFICE")}),
    ("the investigator discusses", lambda c: c.decision.discussion_members.append(c.officers[0].officer_id),
     {("MakeDecision", "SOD_VIOLATION"), ("MakeDecision", "DISCUSSION_NOT_BY_HEADS")}),
    ("filed by nobody who is known", lambda c: c.ClearField("filer"), {("FileCase", "HEAD_NOT_IN_OFFICE")}),
    ("discussed by invented names", lambda c: c.decision.discussion_members.__setitem__(slice(None), ["张三", "李四"]),
     {("MakeDecision", "DISCUSSION_NOT_BY_HEADS")}),
    ("not discussed", lambda c: c.decision.ClearField("discussion"),
     {("MakeDecision", "COLLECTIVE_DISCUSSION_REQUIRED")}),
    ("discussed by blanks", lambda c: c.decision.discussion_members.__setitem__(slice(None), [" ", "  "]),
     {("MakeDecision", "COLLECTIVE_DISCUSSION_REQUIRED")}),
    ("above the notice", lambda c: c.notice.penalty.CopyFrom(fine(90000)),
     {("MakeDecision", "AGGRAVATED_AFTER_DEFENCE")}),
    ("a thousand times the band", lambda c: (_penalty(fine=yuan(200_000_000))(c), c.paid.CopyFrom(yuan(200_000_000))),
     {("MakeDecision", reason) for reason in ("AGGRAVATED_AFTER_DEFENCE", "DISCRETION_OUT_OF_BAND", "AMOUNT_OUT_OF_RANGE")}),
    ("no kind of article 9", lambda c: c.decision.penalty.ClearField("kinds"),
     {("MakeDecision", "SANCTION_KIND_NOT_ALLOWED"), ("ServeDecision", "DECISION_DOC_INCOMPLETE")}),
    ("served by a paper without a seal", lambda c: c.decision.paper.ClearField("seal"),
     {("ServeDecision", "DECISION_DOC_INCOMPLETE")}),
    ("posted at once", lambda c: setattr(c.service, "method", 4), {("ServeDecision", "DIRECT_SERVICE_FIRST")}),
    ("served without a receipt", lambda c: c.service.ClearField("receipt"),
     {("ServeDecision", "SERVICE_PROOF_MISSING")}),
    ("served electronically without the party's consent", lambda c: setattr(c.service, "method", 3),
     {("ServeDecision", "ESERVICE_CONSENT_MISSING")}),
    ("paid to a person", lambda c: c.payments[0].ClearField("bank_reference"),
     {("RecordPayment", "COLLECT_DECIDE_SEPARATION")}),
    ("more paid than the fine", lambda c: c.paid.CopyFrom(yuan(100001)),
     {("RecordPayment", "OVERPAID"), ("CloseCase", "REFUND_DUE")}),
    ("closed before it was paid", lambda c: (c.ClearField("perform_time"), c.ClearField("paid"), c.ClearField("payments")),
     {("CloseCase", "CLOSE_NOT_ALLOWED")}),
]
# fmt: on


async def test_a_lawful_case_breaks_nothing(department: Department) -> None:
    assert await breaches(department, await lawful(department)) == set()


@pytest.mark.parametrize(("name", "change", "expected"), CHANGES, ids=[name for name, *_ in CHANGES])
async def test_each_breach_is_recorded_on_the_act_that_it_is_of(
    department: Department, name: str, change: Change, expected: set[tuple[str, str]]
) -> None:
    case = await lawful(department)
    change(case)

    assert await breaches(department, case) == expected


async def test_a_suspended_officer_on_paper_is_a_breach(department: Department) -> None:
    case = await lawful(department)
    officer = await department.officer(case.body_id)
    await department.suspend(officer, FIRST - DAY, FIRST + 30 * DAY)
    case.officers[0].officer_id = officer.officer_id

    assert await breaches(department, case) == {
        (act, "CERTIFICATE_SUSPENDED") for act in ("AssignOfficers", "ServePriorNotice")
    }


# Of what was annulled nothing was owed any more, and what was paid was not given back.
PAID_AFTER = {("RecordPayment", "OVERPAID"), ("CloseCase", "REFUND_DUE")}


@pytest.mark.parametrize("published_after", [False, True])
async def test_what_was_set_aside_on_paper_was_not_published_after(
    department: Department, published_after: bool
) -> None:
    case = await lawful(department)
    served = case.service.serve_time.ToDatetime(UTC)
    annulled, published = (served + 2 * DAY, served + (3 * DAY if published_after else DAY))
    case.set_aside.CopyFrom(
        cases.SetAside(
            kind=2, authority="示例市人民政府", document="示府行复〔2026〕8号", set_aside_time=stamp(annulled)
        )
    )
    case.publish_address, case.publish_time.seconds = "门户网站", int(published.timestamp())

    found = await breaches(department, case)

    assert found == PAID_AFTER | ({("PublishDecision", "DECISION_SET_ASIDE")} if published_after else set())


async def test_a_number_that_no_enumeration_knows_is_refused(department: Department) -> None:
    case = await lawful(department)
    case.procedure = 99  # type: ignore[assignment]

    async with department.refused("MALFORMED") as told:
        await department.do("ReportOutsideCase", CLERK, case=case)

    assert told.metadata["field"] == "case.procedure"


async def test_a_payment_reported_from_outside_counts_once(department: Department) -> None:
    case = await lawful(department)
    reference = case.payments[0].bank_reference
    await breaches(department, case)
    again = await lawful(department)
    again.payments[0].bank_reference = f" {reference} "

    async with department.refused("PAYMENT_ALREADY_RECORDED") as told:
        await department.do("ReportOutsideCase", CLERK, case=again)

    assert told.metadata["bank_reference"] == reference


@pytest.mark.parametrize("days", [None, -1, 1])
async def test_on_paper_too_a_case_is_closed_when_all_that_was_ordered_is_carried_out(
    department: Department, days: int | None
) -> None:
    """By the time of the closing; what is told without a time shows nothing."""
    case = await lawful(department)
    for penalty in (case.proposal, case.notice.penalty, case.decision.penalty):
        kinds = [penalties.PENALTY_KIND_FINE, penalties.PENALTY_KIND_CONFISCATION_OF_GAINS]
        penalty.CopyFrom(fine(100000, kinds=kinds, confiscation=yuan(1)))
    shown = case.performances.add(kind=penalties.PENALTY_KIND_CONFISCATION_OF_GAINS, proof="没收物品处理单")
    if days is not None:
        shown.perform_time.FromDatetime(case.close_time.ToDatetime(UTC) + timedelta(days=days))

    expected = set() if days == -1 else {("CloseCase", "CLOSE_NOT_ALLOWED")}

    assert await breaches(department, case) == expected
