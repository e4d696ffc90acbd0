"""Cases handled elsewhere and reported afterwards: recorded with their breaches, then carried on here."""

from datetime import datetime, timedelta

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties

from services.given.case import verified
from services.kit.arrival import message_class
from services.law.calendar import SHANGHAI
from services.law.identity import masked
from tests.enforcement.department import Department, number_of
from tests.enforcement.samples import CLERK, DAY, HEAD, INSTANT, fine, stamp, yuan

FIRST = datetime(2026, 1, 5, 9, 0, tzinfo=SHANGHAI)


def told(body_id: str) -> cases.Case:
    """A case from clue to closing, an act every two days. The fine is major; nobody reviewed or discussed it."""
    times = (stamp(FIRST + timedelta(days=2 * n)) for n in range(20))
    case = cases.Case(
        body_id=body_id,
        party=parties.Party(kind=2, name="示例企业", identity_number=number_of(parties.PARTY_KIND_ORGANISATION)),
        violation=penalties.Violation(title="示例违法行为"),
        clue=cases.Clue(summary="举报", receive_time=next(times)),
        file_time=next(times),
        officers=[cases.AssignedOfficer(officer_id="O-paper", name="纸质案件承办人")],
        assign_time=next(times),
        evidence_count=3, evidence_marks=verified(3),
        proposal=fine(90000),
        inquiry_end_time=next(times),
        notice=cases.PriorNotice(penalty=fine(90000), serve_time=next(times)),
        decision=cases.Decision(penalty=fine(90000), decider="head-9", decide_time=next(times)),
        service=cases.Service(receipt="回证", serve_time=next(times)),
        paid=yuan(90000),
        perform_time=next(times),
        close_time=next(times),
    )  # fmt: skip
    return case


ORDER = (
    "close_time",
    "perform_time",
    "paid",
    "service",
    "decision",
    "notice",
    "inquiry_end_time",
    "proposal",
)


def told_until(last: str, body_id: str) -> cases.Case:
    """The same case, reported up to one part."""
    case = told(body_id)
    for part in ORDER:
        if part == last:
            break
        case.ClearField(part)
    return case


async def reported(d: Department, case: cases.Case) -> cases.Case:
    return (await d.do("ReportOutsideCase", CLERK, case=case)).case


async def test_a_party_is_told_by_a_right_number_in_whatever_spelling(department: Department) -> None:
    case = told(await department.body())
    case.party.identity_number = "９１ 4407 0000 0000 0016"

    assert (await reported(department, case)).party.identity_number == "914***********0016"

    other = told(await department.body())
    other.party.identity_number = "91440700000000001X"
    async with department.refused("MALFORMED") as no:
        await reported(department, other)
    assert no.fields == ["case.party.identity_number"]


async def test_a_whole_case_is_announced_stage_by_stage(department: Department) -> None:
    whole = told(await department.body())

    case = await reported(department, whole)

    assert case.state == cases.CASE_STATE_CLOSED and case.source == cases.CASE_SOURCE_OUTSIDE
    assert case.case_number == "示罚立〔2026〕1号" and case.decision.major
    assert case.party.identity_number == masked(whole.party.identity_number)
    assert case.notice.HasField("window_end")
    entries = department.events(case.case_id)
    assert department.names(case.case_id) == [
        "OutsideCaseReported",
        "ClueRegistered",
        "CaseFiled",
        "OfficersAssigned",
        "ReportSubmitted",
        "PriorNoticeServed",
        "DecisionMade",
        "DecisionServed",
        "PaymentCompleted",
        "CaseClosed",
    ]
    micros = [round((FIRST + timedelta(days=2 * n)).timestamp() * 1_000_000) for n in range(9)]
    assert [e.at for e in entries[1:]] == micros


async def test_by_which_law_data_it_was_weighed_is_not_for_the_report_to_say(department: Department) -> None:
    case = told(await department.body())
    case.decision.receipt.edition, case.decision.receipt.kernel = "invented", "9"

    receipt = (await reported(department, case)).decision.receipt

    assert f"{receipt.edition}.{receipt.kernel}" == department.running.around.edition.mark
    undecided = told_until("notice", await department.body())
    assert not (await reported(department, undecided)).HasField("decision")


async def test_each_event_carries_the_case_as_it_stood(department: Department) -> None:
    case = await reported(department, told(await department.body()))

    grown = []
    for entry in department.events(case.case_id):
        kind = message_class(entry.type)
        assert kind is not None
        grown.append(kind.FromString(entry.data).case)

    filed, decided = grown[2], grown[6]
    assert filed.state == cases.CASE_STATE_FILED and not filed.officers and not filed.HasField("decision")
    assert decided.state == cases.CASE_STATE_DECIDED and not decided.HasField("service")
    assert [c.version for c in grown] == list(range(1, 11))
    assert grown[-1] == case


async def test_its_clocks_run_from_the_times_reported(department: Department) -> None:
    case = await reported(department, told_until("decision", await department.body()))

    clocks = {d.clock_id: d for d in case.deadlines}
    assert clocks["PEN-15"].start_time == stamp(FIRST + 2 * DAY)
    assert clocks["PEN-15"].stop_time == stamp(FIRST + 10 * DAY)
    assert clocks["PEN-27"].state == 1, "a major penalty that is not filed yet"


async def test_the_case_goes_on_with_ordinary_acts(department: Department) -> None:
    case = await reported(department, told_until("decision", await department.body()))

    served = await department.do(
        "ServeDecision", CLERK, case_id=case.case_id, method=cases.SERVICE_METHOD_POST, receipt="回执"
    )
    filed = await department.do("FileMajorPenalty", HEAD, case_id=case.case_id)

    assert served.case.state == cases.CASE_STATE_SERVED
    assert filed.case.HasField("report_time")


async def test_a_case_that_skipped_the_review_is_not_decided_here(department: Department) -> None:
    case = await reported(department, told_until("notice", await department.body()))

    async with department.refused("LEGAL_REVIEW_NOT_PASSED", law="APL-2021:58(1)"):
        await department.do(
            "MakeDecision",
            HEAD,
            case_id=case.case_id,
            discussion="记录",
            discussion_members=["head-1", "head-2"],
        )


async def test_investigators_of_the_paper_file_do_not_decide_here(department: Department) -> None:
    paper = told_until("notice", await department.body())
    paper.review.CopyFrom(
        cases.Review(reviewer="reviewer-1", passed=True, conclude_time=paper.inquiry_end_time)
    )
    case = await reported(department, paper)

    await department.appointed(paper.body_id, "O-paper")
    async with department.refused("SOD_VIOLATION"):
        await department.do(
            "MakeDecision",
            ("O-paper", "AGENCY_HEAD"),
            case_id=case.case_id,
            discussion="记录",
            discussion_members=["head-1", "head-2"],
        )


async def test_a_returned_review_leads_back_to_the_inquiry(department: Department) -> None:
    paper = told_until("inquiry_end_time", await department.body())
    paper.proposal.CopyFrom(fine(90000))
    paper.review.CopyFrom(cases.Review(reviewer="reviewer-9", conclude_time=paper.inquiry_end_time))

    case = await reported(department, paper)

    assert case.state == cases.CASE_STATE_INVESTIGATING


async def test_untimed_officers_count_from_the_act_before(department: Department) -> None:
    paper = told(await department.body())
    paper.ClearField("assign_time")

    case = await reported(department, paper)

    [assigned] = [e for e in department.events(case.case_id) if e.type.endswith(".OfficersAssigned")]
    assert assigned.at == round((FIRST + 2 * DAY).timestamp() * 1_000_000)


async def test_the_party_s_acts_are_announced_in_their_order(department: Department) -> None:
    paper = told(await department.body())
    noticed, decided = FIRST + 8 * DAY, FIRST + 10 * DAY
    paper.defence.CopyFrom(
        cases.Defence(
            hearing_request_time=stamp(noticed + INSTANT),
            statement="申辩",
            statement_time=stamp(noticed + 2 * INSTANT),
            hearing_time=stamp(noticed + 3 * INSTANT),
            recheck_time=stamp(decided - INSTANT),
        )
    )

    case = await reported(department, paper)

    assert department.names(case.case_id)[6:11] == [
        "HearingRequested",
        "StatementReceived",
        "HearingHeld",
        "DefenceRechecked",
        "DecisionMade",
    ]


async def test_a_spot_decision_from_outside(department: Department) -> None:
    paper = cases.Case(
        body_id=await department.body(),
        procedure=cases.PROCEDURE_SUMMARY,
        party=parties.Party(
            kind=parties.PARTY_KIND_CITIZEN, name="示例当事人", identity_number="440700198001010013"
        ),
        officers=[cases.AssignedOfficer(officer_id="O-paper")],
        decision=cases.Decision(
            penalty=penalties.Penalty(kinds=[3], fine=yuan(500)), decide_time=stamp(FIRST)
        ),
        service=cases.Service(serve_time=stamp(FIRST)),
    )

    case = await reported(department, paper)

    assert case.state == cases.CASE_STATE_SERVED
    assert department.names(case.case_id) == ["OutsideCaseReported", "SpotDecisionMade", "DecisionServed"]
    assert {d.clock_id for d in case.deadlines} == {"PEN-16", "PEN-18", "PEN-19", "PEN-23"}


async def test_a_statement_does_not_undo_the_request_for_a_hearing(department: Department) -> None:
    paper = told_until("notice", await department.body())
    paper.defence.hearing_request_time.CopyFrom(stamp(FIRST + 11 * DAY))
    paper.defence.statement_time.CopyFrom(stamp(FIRST + 12 * DAY))

    case = await reported(department, paper)

    assert department.names(case.case_id)[-2:] == ["HearingRequested", "StatementReceived"]
    assert case.state == cases.CASE_STATE_HEARING_SET


@pytest.mark.parametrize(
    ("part", "day"),
    [
        ("file_time", 0),
        ("assign_time", 2),
        ("inquiry_end_time", 4),
        ("notice.serve_time", 6),
        ("defence.statement_time", 8),
        ("defence.waive_time", 8),
        ("decision.decide_time", 8),
        ("publish_time", 10),
        ("report_time", 10),
        ("service.serve_time", 10),
        ("perform_time", 12),
        ("close_time", 14),
    ],
)
async def test_acts_do_not_lie_before_what_they_build_on(department: Department, part: str, day: int) -> None:
    """The act before is that of the day given: at its very moment is right, an instant earlier is not."""
    earliest, body_id = FIRST + day * DAY, await department.body()

    async with department.refused("ACTS_OUT_OF_ORDER", law="APL-2021:47"):
        await reported(department, moved(told(body_id), part, earliest - INSTANT))
    accepted = await reported(department, moved(told(body_id), part, earliest))

    assert accepted.case_id


def moved(case: cases.Case, part: str, at: datetime) -> cases.Case:
    *way, field = part.split(".")
    holder = case
    for name in way:
        holder = getattr(holder, name)
    getattr(holder, field).CopyFrom(stamp(at))
    return case


async def test_acts_do_not_lie_in_the_future(department: Department) -> None:
    paper = told(await department.body())
    department.now = now = FIRST + 16 * DAY

    await reported(department, paper)
    department.now = now - INSTANT
    async with department.refused("ACT_IN_FUTURE") as refusal:
        await reported(department, paper)

    assert refusal.metadata["at"] == "2026-01-21T09:00:00+08:00"


async def test_an_unknown_body_reports_nothing(department: Department) -> None:
    async with department.refused("SUBJECT_NOT_QUALIFIED") as refusal:
        await reported(department, told("B-none"))

    assert refusal.metadata["body_id"] == "B-none"


async def test_a_case_number_is_reported_once(department: Department) -> None:
    body_id = await department.body()
    first, second = told(body_id), told(body_id)
    first.case_number = second.case_number = "纸罚〔2025〕77号"

    case = await reported(department, first)
    async with department.refused("ALREADY_REPORTED") as refusal:
        await reported(department, second)

    assert case.case_number == "纸罚〔2025〕77号"
    assert refusal.metadata["case_id"] == case.case_id


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda c: c.ClearField("body_id"), "case.body_id"),
        (lambda c: c.ClearField("party"), "case.party"),
        (lambda c: c.clue.ClearField("receive_time"), "case.clue.receive_time"),
        (lambda c: c.decision.ClearField("decide_time"), "case.decision.decide_time"),
        (lambda c: c.set_aside.SetInParent(), "case.set_aside.set_aside_time"),
        (lambda c: c.notice.ClearField("serve_time"), "case.notice.serve_time"),
        (lambda c: c.decision.penalty.fine.__setattr__("fen", -1), "case.decision.penalty.fine.fen"),
        (lambda c: c.file_time.__setattr__("seconds", 0), "case.file_time"),
        (lambda c: c.paid.__setattr__("fen", -1), "case.paid.fen"),
        (lambda c: c.close_time.__setattr__("seconds", 10**15), "case.close_time"),
    ],
)
async def test_reports_are_complete(department: Department, change: object, field: str) -> None:
    paper = told(await department.body())
    change(paper)  # type: ignore[operator]

    async with department.refused("MALFORMED") as refusal:
        await reported(department, paper)

    assert refusal.fields == [field]


async def test_a_report_does_not_outgrow_its_events(department: Department) -> None:
    paper = told(await department.body())
    paper.report = "报" * 300_000

    async with department.refused("MALFORMED") as refusal:
        await reported(department, paper)

    assert refusal.fields == ["case"]


async def test_a_report_names_at_least_one_act(department: Department) -> None:
    empty = cases.Case(
        body_id=await department.body(), party=parties.Party(kind=parties.PARTY_KIND_CITIZEN, name="示例")
    )
    empty.officers.add(officer_id="O-paper")

    async with department.refused("MALFORMED") as refusal:
        await reported(department, empty)

    assert refusal.fields == ["case"]
