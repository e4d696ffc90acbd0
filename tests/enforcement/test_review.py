"""Legal review: done by a person apart from the investigators; without it no notice."""

from yifa.enforcement.v1 import case_pb2 as cases

from tests.enforcement.department import Department
from tests.enforcement.samples import INSTANT, REVIEWER, UNIT, WINDOW_END, fine, stamp
from tests.enforcement.test_defence import hold, recheck, request, statement, waive


async def conclude(d: Department, case_id: str, passed: bool, by: tuple[str, ...] = REVIEWER) -> cases.Case:
    return (await d.do("ConcludeReview", by, case_id=case_id, passed=passed, opinion="意见")).case


async def test_review_passes(department: Department) -> None:
    dossier = await department.reviewing()

    case = await conclude(department, dossier.case_id, True)

    assert case.state == cases.CASE_STATE_REVIEWED
    assert case.review.passed and case.review.reviewer == "reviewer-1" and case.review.opinion == "意见"
    assert {d.clock_id: d.state for d in case.deadlines} == {"PEN-03": 2, "PEN-15": 1, "PEN-09": 2}


async def test_a_returned_case_goes_on_with_the_inquiry(department: Department) -> None:
    dossier = await department.reviewing()

    case = await conclude(department, dossier.case_id, False)
    await department.evidence(dossier, title="补充证据")
    await department.report(dossier, fine(25000))
    again = await department.do("SubmitForReview", dossier.who, case_id=dossier.case_id)

    assert case.state == cases.CASE_STATE_INVESTIGATING and not case.review.passed
    assert again.case.state == cases.CASE_STATE_REVIEWING
    assert not again.case.review.HasField("conclude_time")
    assert [d.state for d in again.case.deadlines if d.clock_id == "PEN-09"] == [1]


async def test_an_investigator_does_not_review(department: Department) -> None:
    dossier = await department.reviewing()
    both = (dossier.ids[0], "HANDLING_OFFICER", "LEGAL_REVIEWER")

    async with department.refused("SOD_VIOLATION", law="SAMR-2022:49(3)") as told:
        await conclude(department, dossier.case_id, True, by=both)
    async with department.refused("SOD_VIOLATION"):
        await conclude(department, dossier.case_id, False, by=both)

    assert told.metadata["person"] == dossier.ids[0]


async def test_a_case_that_the_law_has_reviewed_is_passed_by_a_qualified_reviewer(
    department: Department,
) -> None:
    small, major = await department.reviewing(), await department.reviewing(fine(150_000))
    anybody = ("reviewer-8", "LEGAL_REVIEWER")

    async with department.refused("REVIEWER_NOT_QUALIFIED", law="APL-2021:58(2)") as told:
        await conclude(department, major.case_id, True, by=anybody)
    async with department.refused("REVIEWER_NOT_QUALIFIED", "ADVISERS_NOT_HEARD"):
        said = {"case_id": small.case_id, "passed": True, "opinion": "意见", "complexity": "涉及多个法律关系"}
        await department.do("ConcludeReview", anybody, **said)
    passed = await conclude(department, small.case_id, True, by=anybody)
    ended = stamp(department.now - INSTANT)
    await department.reviews(major.body_id, anybody[0], number="FS-ended", expire=ended)
    async with department.refused("REVIEWER_NOT_QUALIFIED"):
        await conclude(department, major.case_id, True, by=anybody)
    await department.reviews(major.body_id, anybody[0])
    qualified = await conclude(department, major.case_id, True, by=anybody)

    assert told.metadata["person"] == "reviewer-8"
    assert passed.review.passed and qualified.review.reviewer == "reviewer-8"


async def test_a_complex_case_is_passed_after_an_adviser_on_the_register_was_heard(
    department: Department,
) -> None:
    """R-127: of the agency or the government, on the day, and with what was advised; nobody's word makes an adviser."""
    dossier = await department.reviewing()
    complex_ = {
        "case_id": dossier.case_id,
        "passed": True,
        "opinion": "意见",
        "complexity": "涉及多个法律关系",
    }
    heard = {**complex_, "advice": "证据充分，同意"}
    before, after = stamp(department.now - INSTANT), stamp(department.now + INSTANT)
    await department.adviser("AV-1", dossier.body_id)
    await department.adviser("AV-other", await department.body())
    await department.adviser("AV-ended", dossier.body_id, until_time=before)
    await department.adviser("AV-to-come", dossier.body_id, from_time=after)
    await department.adviser("AV-late", dossier.body_id, enter_time=after)
    await department.adviser("AV-gone", leave_time=before)

    for unheard in (complex_, heard, {**complex_, "advisers": ["AV-1"], "advice": " "}):
        async with department.refused("ADVISERS_NOT_HEARD", law="EX-ERS"):
            await department.do("ConcludeReview", REVIEWER, **unheard)
    for wrong in ("AV-invented", "AV-other", "AV-ended", "AV-to-come", "AV-late", "AV-gone"):
        async with department.refused("ADVISER_NOT_IN_REGISTER", "ADVISERS_NOT_HEARD") as told:
            await department.do("ConcludeReview", REVIEWER, **heard, advisers=["AV-1", wrong])
        assert told.metadata["advisers"] == wrong
    async with department.refused("ADVISER_NOT_IN_REGISTER"):
        await department.do("ConcludeReview", REVIEWER, **{**heard, "passed": False}, advisers=["AV-other"])
    case = (await department.do("ConcludeReview", REVIEWER, **heard, advisers=["AV-1"])).case

    assert (case.review.advisers[:], case.review.advice) == (["AV-1"], "证据充分，同意")


async def test_a_former_investigator_does_not_review(department: Department) -> None:
    dossier = await department.investigating()
    gone = dossier.officers[1]
    fresh = await department.officer(dossier.body_id)
    dossier.officers[1] = fresh
    await department.do("AssignOfficers", UNIT, case_id=dossier.case_id, officer_ids=dossier.ids)
    await department.evidence(dossier)
    await department.report(dossier, fine(30000))
    await department.do("SubmitForReview", UNIT, case_id=dossier.case_id)

    async with department.refused("SOD_VIOLATION"):
        await conclude(department, dossier.case_id, True, by=(gone.officer_id, "LEGAL_REVIEWER"))


async def test_a_stranger_does_not_submit_for_review(department: Department) -> None:
    dossier = await department.investigating()
    await department.evidence(dossier)
    await department.report(dossier, fine(30000))
    stranger = await department.officer(dossier.body_id)

    async with department.refused("NOT_ON_CASE"):
        await department.do("SubmitForReview", stranger.who, case_id=dossier.case_id)


async def test_no_notice_before_the_review(department: Department) -> None:
    dossier = await department.reviewing()

    async with department.refused("ACT_NOT_OPEN", "LEGAL_REVIEW_NOT_PASSED", law="APL-2021:58(1)") as told:
        await department.notice(dossier)

    assert set(told.metadata["open_acts"].split(",")) == {
        "AssignOfficers", "ConcludeReview", "PassCase", "TerminateCase", "RequestRecusal", "DecideRecusal",
        "CorrectRecord", "DecideCorrection", "WithdrawPublication", "CorrectCredit", "RecordRefund", "VerifyEvidence",
        "ExcludeEvidence", "ServeOwnCorrection", "AnnounceOwnCorrection",
    }  # fmt: skip


async def test_a_heard_case_is_reviewed_again_and_decided(department: Department) -> None:
    dossier = await department.noticed()
    await request(department, dossier)
    await hold(department, dossier)
    await recheck(department, dossier)

    async with department.refused("LEGAL_REVIEW_NOT_PASSED", law="APL-2021:58(1)[2]"):
        await department.act("MakeDecision", dossier)
    again = await department.do("SubmitForReview", UNIT, case_id=dossier.case_id)
    await conclude(department, dossier.case_id, True)
    decided = await department.act("MakeDecision", dossier)

    assert not again.case.review.HasField("conclude_time")
    assert decided.case.state == cases.CASE_STATE_DECIDED
    assert decided.case.review.conclude_time == stamp(department.now)


async def test_a_heavier_proposal_needs_a_notice_and_a_window_of_its_own(department: Department) -> None:
    dossier = await department.noticed()
    await waive(department, dossier)
    await statement(department, dossier)
    await recheck(department, dossier)
    await department.do("SubmitForReview", UNIT, case_id=dossier.case_id)
    await conclude(department, dossier.case_id, False)
    await department.report(dossier, fine(45000))
    await department.do("SubmitForReview", UNIT, case_id=dossier.case_id)
    await conclude(department, dossier.case_id, True)

    async with department.refused("AGGRAVATED_AFTER_DEFENCE"):
        await department.decide(dossier, penalty=fine(45000))
    second = (await department.notice(dossier)).case
    async with department.refused("NO_DECISION_WITHOUT_NOTICE"):
        await department.decide(dossier)
    department.now = WINDOW_END + INSTANT
    decided = (await department.decide(dossier)).case

    assert second.notice.document_number == "示罚告〔2026〕2号"
    assert not second.HasField("defence"), "the waiver was of another notice"
    assert decided.decision.penalty == fine(45000)
