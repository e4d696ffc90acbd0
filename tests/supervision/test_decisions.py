"""EW-05 and EW-07: how a penalty was decided."""

import pytest
from yifa.enforcement.v1 import case_pb2
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.registry.v1 import events_pb2 as registry
from yifa.registry.v1 import power_pb2
from yifa.registry.v1.certificate_pb2 import CERTIFICATE_KIND_LEGAL_REVIEW
from yifa.supervision.v1 import warning_pb2

from tests.supervision.office import ENVIRONMENT, MARKET, OPEN, WITHDRAWN, Office, at, lawful, new_case

RED = warning_pb2.WARNING_LEVEL_RED
MAJOR_FINE = 5_000_000


async def judged(office: Office, case: case_pb2.Case) -> dict[str, int]:
    """The state of each warning about how it was decided; the clocks of the case tick on beside it."""
    office.clock("2026-03-25 09:00")
    await office.tell(
        case, "DecisionMade", case.decision.decide_time.ToDatetime(at("2026-03-01 00:00").tzinfo)
    )
    return {w.rule_id: w.state for w in await office.warnings() if not w.clock_id}


async def test_lawful_decision(office: Office) -> None:
    assert await judged(office, lawful(new_case(), MAJOR_FINE)) == {}


async def test_no_notice(office: Office) -> None:
    case = lawful(new_case())
    case.ClearField("notice")

    assert await judged(office, case) == {"EW-05": OPEN}

    [warning] = await office.warnings()
    assert warning.level == RED and warning.citation.code == "APL-2021:62"


async def test_notice_after_the_decision(office: Office) -> None:
    case = lawful(new_case())
    case.notice.serve_time.FromDatetime(at("2026-03-20 10:01"))

    assert await judged(office, case) == {"EW-05": OPEN}


@pytest.mark.parametrize(
    ("when", "warned"), [("2026-03-16 23:59", {"EW-05": OPEN}), ("2026-03-17 00:00", {})]
)
async def test_window_of_five_working_days(office: Office, when: str, warned: dict) -> None:
    """Notice on Monday, 9 March: the party may answer until the end of Monday, 16 March."""
    case = lawful(new_case(), when=when)
    case.ClearField("defence")

    assert await judged(office, case) == warned


@pytest.mark.parametrize(
    ("waived", "warned"), [("2026-03-11 10:00", {}), ("2026-03-11 10:01", {"EW-05": OPEN})]
)
async def test_waiver_opens_the_way_at_once(office: Office, waived: str, warned: dict) -> None:
    case = lawful(new_case(), when="2026-03-11 10:00")
    case.defence.waive_time.FromDatetime(at(waived))

    assert await judged(office, case) == warned


async def test_spot_penalty_needs_no_written_notice(office: Office) -> None:
    case = lawful(new_case(), fine=10_000)
    case.procedure, case.decision.decider = case_pb2.PROCEDURE_SUMMARY, "O-1"
    case.ClearField("notice")
    case.ClearField("defence")
    for officer in ("O-1", "O-2"):
        await office.certify(officer)

    await office.tell(case, "SpotDecisionMade", "2026-03-20 10:00")

    assert await office.warnings() == []


async def test_notice_that_comes_to_light_withdraws(office: Office) -> None:
    case = lawful(new_case())
    notice = case_pb2.PriorNotice.FromString(case.notice.SerializeToString())
    case.ClearField("notice")
    await judged(office, case)

    case.notice.CopyFrom(notice)
    await office.tell(case, "DecisionServed", "2026-03-23 10:00")

    found = await office.warnings(rule_id="EW-05")
    assert [w.state for w in found] == [WITHDRAWN]


@pytest.mark.parametrize(
    ("fine", "warned"), [(MAJOR_FINE, {"EW-07": OPEN}), (MAJOR_FINE - 1, {})], ids=["major", "small"]
)
async def test_unreviewed_decision(office: Office, fine: int, warned: dict) -> None:
    case = lawful(new_case(), fine)
    case.ClearField("review")

    assert await judged(office, case) == warned


@pytest.mark.parametrize(
    "kind", [penalties.PENALTY_KIND_CLOSURE, penalties.PENALTY_KIND_REVOCATION_OF_LICENCE]
)
async def test_heavy_kind_needs_a_review_whatever_the_department_says(office: Office, kind: int) -> None:
    case = lawful(new_case(), fine=0)
    case.decision.penalty.kinds.append(kind)
    case.notice.penalty.kinds.append(kind)
    case.ClearField("review")

    # and that no item of the power list is named which gives such a kind
    assert await judged(office, case) == {"EW-07": OPEN, "EW-33": OPEN}


async def test_heard_case_needs_a_review(office: Office) -> None:
    case = lawful(new_case())
    case.defence.hearing_time.FromDatetime(at("2026-03-18 10:00"))
    case.defence.recheck_time.FromDatetime(at("2026-03-19 10:00"))
    case.defence.hearing_record = "听证笔录"
    minutes = case_pb2.HearingMinutes(officers_spoke=True, party_spoke=True, signed=True, points=["处罚过重"])
    case.hearing.minutes.CopyFrom(minutes)
    case.decision.hearing_answers.add(point=1, taken=False, reason="在裁量幅度之内")
    case.hearing.report = "听证报告"
    case.hearing.report_time.FromDatetime(at("2026-03-18 12:00"))
    case.ClearField("review")

    assert await judged(office, case) == {"EW-07": OPEN}


async def test_review_that_did_not_pass(office: Office) -> None:
    case = lawful(new_case(), MAJOR_FINE)
    case.review.passed = False

    assert await judged(office, case) == {"EW-07": OPEN}


async def test_a_complex_case_was_passed_after_an_adviser_on_the_register_was_heard(office: Office) -> None:
    """R-127 at the city: by its own register, of the agency or the government; what came late is looked at again."""
    unheard, invented, late, heard = (lawful(new_case(f"C-adviser-{n}")) for n in range(4))
    for case in (unheard, invented, late, heard):
        case.review.complexity, case.decision.discussion = "涉及多个法律关系", "集体讨论记录"
    for case, adviser in ((invented, "AV-invented"), (late, "AV-late"), (heard, "AV-1")):
        case.review.advisers.append(adviser)
        case.review.advice = "同意"
    await office.certify("O-9", kind=CERTIFICATE_KIND_LEGAL_REVIEW)
    await office.adviser("AV-1", heard.body_id)
    office.clock("2026-03-25 09:00")
    for case in (unheard, invented, late, heard):
        when = case.review.conclude_time.ToDatetime(at("2026-03-01 00:00").tzinfo)
        await office.tell(case, "ReviewConcluded", when)

    async def states() -> dict[str, int]:
        return {w.case_id: w.state for w in await office.warnings(rule_id="EW-07")}

    wrong = {unheard.case_id: OPEN, invented.case_id: OPEN}
    assert await states() == {**wrong, late.case_id: OPEN}
    await office.adviser("AV-late")
    assert await states() == {**wrong, late.case_id: WITHDRAWN}


async def test_review_after_the_decision(office: Office) -> None:
    case = lawful(new_case(), MAJOR_FINE)
    case.review.conclude_time.FromDatetime(at("2026-03-20 10:01"))

    assert await judged(office, case) == {"EW-07": OPEN}


@pytest.mark.parametrize(("node", "law"), [(ENVIRONMENT, "ENV-2023:38(2)"), (MARKET, "SAMR-2022:49(3)")])
async def test_reviewer_among_the_officers(office: Office, node: str, law: str) -> None:
    """Told under the article of the sector's own rules."""
    case = lawful(new_case(node=node))
    case.review.reviewer = "O-2"

    assert await judged(office, case) == {"EW-07": OPEN}

    [warning] = await office.warnings(rule_id="EW-07")
    assert warning.citation.code == law


async def test_raised_once_however_often_the_case_is_told(office: Office) -> None:
    case = lawful(new_case(), MAJOR_FINE)
    case.ClearField("review")
    await judged(office, case)

    await office.tell(case, "DecisionServed", "2026-03-23 10:00")
    await office.tell(case, "DecisionPublished", "2026-03-24 10:00")

    [warning] = await office.warnings()
    assert warning.version == 1


@pytest.mark.parametrize(("body_id", "given"), [("B-1", True), ("B-another", False)])
async def test_a_graver_kind_is_given_by_an_item_of_the_own_body_only(
    office: Office, body_id: str, given: bool
) -> None:
    """G-44: what the list of another body names gives this one nothing (APL 17, 18(3))."""
    kind = penalties.PENALTY_KIND_CLOSURE
    item = power_pb2.PowerItem(
        item_id="I-closure",
        body_id=body_id,
        version=1,
        kind=power_pb2.POWER_KIND_PENALTY,
        penalty_kinds=[kind],
    )
    await office.registry(registry.PowerItemChanged(item=item))
    case = lawful(new_case(), fine=0)
    case.body_id, case.item_id = "B-1", "I-closure"
    case.decision.penalty.kinds.append(kind)
    case.notice.penalty.kinds.append(kind)
    await judged(office, case)

    found = [w for w in await office.warnings(rule_id="EW-33") if "power list" in w.detail_en]
    assert (found == []) is given
