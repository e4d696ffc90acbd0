"""What may be done now, and why the rest may not."""

from yifa.enforcement.v1 import case_pb2 as cases

from services.law.procedures.penalty import ORDINARY, SUMMARY
from tests.enforcement.department import Department
from tests.enforcement.samples import DAY, HEAD, INSTANT, REVIEWER, START, WINDOW_END, Who, stamp


async def acts(d: Department, case_id: str, by: Who = HEAD) -> dict[str, cases.OpenAct]:
    reply = await d.do("ListOpenActs", by, case_id=case_id)
    return {act.act: act for act in reply.acts}


def obstacles(act: cases.OpenAct) -> list[str]:
    return [o.reason for o in act.obstacles]


async def test_a_clue_may_be_filed_or_declined(department: Department) -> None:
    dossier = await department.clue()

    listed = await acts(department, dossier.case_id)

    assert {name for name, act in listed.items() if act.open} == {
        "FILE_CASE",
        "DECLINE_CLUE",
        "TRANSFER_CASE",
        "REQUEST_RECUSAL",
        "CORRECT_RECORD",
    }
    assert "REGISTER_CLUE" not in listed
    filing = listed["FILE_CASE"]
    assert (filing.title_zh, filing.title_en, filing.law) == ("立案", "File the case", "APL-2021:54(2)")


async def test_what_is_asked_too_early_says_what_the_law_misses(department: Department) -> None:
    dossier = await department.reviewing()

    listed = await acts(department, dossier.case_id)

    assert obstacles(listed["SERVE_PRIOR_NOTICE"]) == ["ACT_NOT_OPEN", "LEGAL_REVIEW_NOT_PASSED"]
    assert all(o.text_zh and o.text_en and o.law for act in listed.values() for o in act.obstacles)


async def test_a_decision_waits_for_the_window(department: Department) -> None:
    dossier = await department.noticed()

    waiting = (await acts(department, dossier.case_id))["MAKE_DECISION"]
    department.now = WINDOW_END + INSTANT
    ready = (await acts(department, dossier.case_id))["MAKE_DECISION"]

    assert not waiting.open and obstacles(waiting) == ["NO_DECISION_WITHOUT_NOTICE"]
    assert ready.open and not ready.obstacles


async def test_obstacles_are_those_of_the_caller(department: Department) -> None:
    dossier = await department.noticed()
    department.now = WINDOW_END + INSTANT
    reviewing_head = ("reviewer-1", "AGENCY_HEAD")
    await department.appointed(dossier.body_id, reviewing_head[0])
    stranger = await department.officer(dossier.body_id)

    as_reviewer = await acts(department, dossier.case_id, by=reviewing_head)
    as_stranger = await acts(department, dossier.case_id, by=stranger.who)
    as_officer = await acts(department, dossier.case_id, by=dossier.who)

    assert obstacles(as_reviewer["MAKE_DECISION"]) == ["SOD_VIOLATION"]
    assert obstacles(as_stranger["RECORD_STATEMENT"]) == ["NOT_ON_CASE"]
    assert as_officer["RECORD_STATEMENT"].open


async def test_an_investigator_sees_why_not_to_review(department: Department) -> None:
    dossier = await department.reviewing()

    by_investigator = await acts(department, dossier.case_id, by=(dossier.ids[0], "LEGAL_REVIEWER"))
    by_reviewer = await acts(department, dossier.case_id, by=REVIEWER)

    assert obstacles(by_investigator["PASS_REVIEW"]) == ["SOD_VIOLATION"]
    assert by_reviewer["PASS_REVIEW"].open


async def test_a_suspended_officer_stands_in_the_way_of_evidence(department: Department) -> None:
    dossier = await department.investigating()
    await department.suspend(dossier.officers[1], START)

    listed = await acts(department, dossier.case_id, by=dossier.who)

    assert obstacles(listed["RECORD_EVIDENCE"]) == ["CERTIFICATE_SUSPENDED"]
    assert obstacles(listed["SUBMIT_REPORT"]) == ["RECORD_MISSING", "EVIDENCE_NOT_VERIFIED"]


async def test_a_spot_decision_has_its_own_acts(department: Department) -> None:
    case: cases.Case = (await department.spot()).case

    listed = await acts(department, case.case_id)

    assert set(listed) == set(SUMMARY.acts) - {"MAKE_SPOT_DECISION"}
    assert {"REPORT_SPOT_DECISION", "COMPLETE_PAYMENT", "PUBLISH_DECISION"} < set(listed)
    assert set(ORDINARY.acts) - set(listed) > {"MAKE_DECISION", "SERVE_DECISION", "FILE_MAJOR_PENALTY"}
    assert obstacles(listed["CLOSE_CASE"]) == ["CLOSE_NOT_ALLOWED"]


async def test_an_unknown_case_has_no_acts(department: Department) -> None:
    async with department.refused("NOT_FOUND"):
        await acts(department, "C-none")


async def test_filing_is_not_open_on_a_clue_that_came_too_late(department: Department) -> None:
    dossier = await department.clue(occur_time=stamp(START - 1100 * DAY))

    assert obstacles((await acts(department, dossier.case_id))["FILE_CASE"]) == ["LIMITATION_EXPIRED"]


async def test_filing_is_not_open_on_a_clue_without_evidence(department: Department) -> None:
    dossier = await department.clue(evidence=[], law="")

    filing = (await acts(department, dossier.case_id))["FILE_CASE"]

    assert obstacles(filing) == ["FILING_CONDITIONS_NOT_MET", "FILING_CONDITIONS_NOT_MET"] and not filing.open


async def test_what_depends_on_the_request_says_so(department: Department) -> None:
    dossier = await department.clue()

    listed = await acts(department, dossier.case_id)

    assert listed["DECLINE_CLUE"].open
    assert [o.reason for o in listed["DECLINE_CLUE"].depends_on] == ["NON_FILING_REASON_REQUIRED"]
    assert listed["FILE_CASE"].rpc == "FileCase" and not listed["FILE_CASE"].depends_on
