"""The review of major penalties: expected, filed, accepted or objected to."""

from pathlib import Path
from typing import Any

import grpc
import pytest
from yifa.enforcement.v1 import case_pb2
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import file_review_pb2, filing_pb2
from yifa.supervision.v1 import overview_pb2 as overviews

from services.given.filing import verdicts
from services.given.say import request
from services.law.procedures.penalty.outcome import put_back
from tests.supervision.office import CITY, ENVIRONMENT, Office, at, lawful, new_case, running_office
from tests.supervision.orders import BODY, OPINION, Desk, desk

DUE, FILED = filing_pb2.FILING_STATE_DUE, filing_pb2.FILING_STATE_FILED
NOT_MET = file_review_pb2.FILE_ITEM_RESULT_NOT_MET
ACCEPTED, OBJECTED = filing_pb2.FILING_STATE_ACCEPTED, filing_pb2.FILING_STATE_OBJECTED


async def decided(office: Office) -> case_pb2.Case:
    case = lawful(new_case(), fine=12_000_000)
    await office.tell(case, "DecisionMade", "2026-03-20 10:00")
    return case


async def filed(office: Office) -> filing_pb2.FilingReview:
    case = await decided(office)
    case.report_time.FromDatetime(at("2026-03-25 10:00"))
    await office.tell(case, "MajorPenaltyFiled", "2026-03-25 10:00")
    return await only(office)


async def only(office: Office) -> filing_pb2.FilingReview:
    [filing] = (await office.call("ListFilings", filing_pb2.ListFilingsRequest())).filings
    return filing


async def test_major_penalty_is_expected(office: Office) -> None:
    await decided(office)

    filing = await only(office)

    assert (filing.state, filing.fine.fen, filing.node) == (DUE, 12_000_000, ENVIRONMENT)
    assert filing.due_time.ToJsonString() == "2026-04-07T15:59:59.999999Z"
    assert [e.filing for e in office.emitted(events.FilingExpected)] == [filing]
    assert office.addressees(events.FilingExpected) == {ENVIRONMENT}


LAPSED = filing_pb2.FILING_STATE_LAPSED


def undo(case: case_pb2.Case) -> None:
    """The decision is annulled."""
    case.set_aside.kind = case_pb2.SET_ASIDE_KIND_ANNULLED
    case.set_aside.set_aside_time.FromDatetime(at("2026-03-28 10:00"))


@pytest.mark.parametrize("stage", [decided, filed], ids=["due", "filed"])
async def test_what_was_undone_is_reviewed_no_more(office: Office, stage: Any) -> None:
    await stage(office)
    case = (await office.case((await only(office)).case_id)).case
    undo(case)
    await office.tell(case, "DecisionAnnulled", "2026-03-28 10:00")

    filing = await only(office)

    assert filing.state == LAPSED
    assert await office.refused(
        "AcceptFiling", request("supervision", "AcceptFiling", filing_id=filing.filing_id)
    ) == (grpc.StatusCode.FAILED_PRECONDITION, "ACT_NOT_OPEN", ["ASR-2025:15"])


async def test_a_changed_fine_is_reviewed_as_it_was_changed(office: Office) -> None:
    case = await decided(office)
    case.decision.penalty.fine.fen = 10_000_000
    await office.tell(case, "DecisionSetAside", "2026-03-28 10:00")

    assert ((await only(office)).state, (await only(office)).fine.fen) == (DUE, 10_000_000)


async def test_what_is_decided_anew_is_filed_anew(office: Office) -> None:
    case = await decided(office)
    first = await only(office)
    undo(case)
    was = case.earlier_decisions.add(decision=case.decision, set_aside=case.set_aside)
    assert was.decision.document_number == case.decision.document_number
    for field in ("decision", "set_aside"):
        case.ClearField(field)
    await office.tell(case, "CaseReopened", "2026-03-28 10:00")
    assert (await only(office)).state == LAPSED

    await office.tell(
        lawful(case, fine=12_000_000, when="2026-04-20 10:00"), "DecisionMade", "2026-04-20 10:00"
    )

    found = (await office.call("ListFilings", filing_pb2.ListFilingsRequest())).filings
    assert {f.filing_id: f.state for f in found}[first.filing_id] == LAPSED
    assert sorted(f.state for f in found) == [DUE, LAPSED]
    assert (await office.case(case.case_id)).filing.state == DUE


async def test_how_an_earlier_decision_was_made_stays_known(office: Office) -> None:
    """It is annulled and has to be made anew: what was wrong with it is not mended by that."""
    case = lawful(new_case(), fine=12_000_000)
    case.review.ClearField("passed")
    await office.tell(case, "DecisionMade", "2026-03-20 10:00")
    assert ("EW-07", 1) in [(w.rule_id, w.state) for w in await office.warnings()]

    undo(case)
    outcome = case_pb2.Outcome(kind=case_pb2.OUTCOME_KIND_ANNULLED, anew=True)
    put_back(case, outcome)
    case.state = case_pb2.CASE_STATE_INVESTIGATING
    await office.tell(case, "CaseReopened", "2026-03-28 10:00", outcome=outcome)

    assert ("EW-07", 1) in [(w.rule_id, w.state) for w in await office.warnings()]


async def test_small_penalty_is_not(office: Office) -> None:
    await office.tell(lawful(new_case()), "DecisionMade", "2026-03-20 10:00")

    assert (await office.call("ListFilings", filing_pb2.ListFilingsRequest())).total == 0


async def test_filed_penalty_waits_for_review(office: Office) -> None:
    filing = await filed(office)

    assert (filing.state, filing.version) == (FILED, 2)
    assert filing.due_time.ToJsonString() == "2026-05-25T15:59:59.999999Z"
    assert [e.filing for e in office.emitted(events.FilingReceived)] == [filing]
    assert office.addressees(events.FilingReceived) == {CITY}
    assert (await office.call("GetOverview", overviews.GetOverviewRequest())).filings_waiting == 1


async def test_filing_told_before_its_decision(office: Office) -> None:
    case = lawful(new_case(), fine=12_000_000)
    first = office.told(case, "DecisionMade", "2026-03-20 10:00")
    case.report_time.FromDatetime(at("2026-03-25 10:00"))
    second = office.told(case, "MajorPenaltyFiled", "2026-03-25 10:00")

    await office.take(second)
    await office.take(first)

    assert (await only(office)).state == FILED
    assert office.emitted(events.FilingExpected) == []


async def registered(office: Office) -> filing_pb2.FilingReview:
    filing = await filed(office)
    asked = request("supervision", "RegisterFiling", filing_id=filing.filing_id)
    return (await office.call("RegisterFiling", asked)).filing


@pytest.mark.parametrize(("act", "state"), [("AcceptFiling", ACCEPTED), ("ObjectToFiling", OBJECTED)])
async def test_review(office: Office, act: str, state: int) -> None:
    filing = await registered(office)
    office.clock("2026-04-10 09:00")
    found = verdicts(filing.items, "" if state == ACCEPTED else filing.items[0].item_id)

    said = {
        "request_id": "r-1",
        "filing_id": filing.filing_id,
        "opinion": "适用裁量基准不当。",
        "verdicts": found,
    }
    reviewed = (await office.call(act, request("supervision", act, **said))).filing

    assert (reviewed.state, reviewed.reviewer, reviewed.version) == (state, "oversight-1", 4)
    assert reviewed.opinion == "适用裁量基准不当。"
    [told] = [e.filing for e in office.emitted(events.FilingReviewed)]
    assert list(told.verdicts) == found and told.state == state and told.registrar == "oversight-1"
    assert office.addressees(events.FilingReviewed) == {ENVIRONMENT}
    clocks = {d.clock_id: d.state for d in (await office.case("C-1")).deadlines}
    assert clocks["PEN-28"] == 2


async def test_the_machine_looks_at_the_legality_of_what_is_registered(office: Office) -> None:
    case = lawful(new_case(), fine=12_000_000)
    case.review.ClearField("passed")
    await office.tell(case, "DecisionMade", "2026-03-20 10:00")
    case.report_time.FromDatetime(at("2026-03-25 10:00"))
    await office.tell(case, "MajorPenaltyFiled", "2026-03-25 10:00")
    filing = await only(office)
    asked = request("supervision", "RegisterFiling", filing_id=filing.filing_id)
    seen = (await office.call("RegisterFiling", asked)).filing

    [broken] = [i for i in seen.items if i.item_id == "L19"]
    assert broken.result == NOT_MET and "LEGAL_REVIEW_NOT_PASSED" in {s.reason for s in broken.shown}
    assert {i.kind for i in seen.items} == {file_review_pb2.FILE_ITEM_KIND_VETO}
    whole = await office.call("GetFiling", filing_pb2.GetFilingRequest(filing_id=filing.filing_id))
    assert whole.filing == seen and not (await only(office)).items, "lists leave it out"


async def test_before_there_was_a_standard_the_first_one_is_taken(tmp_path: Path) -> None:
    """The general standard holds since 1 February 2026."""
    async with running_office(tmp_path, "2026-01-12 09:00") as office:
        case = lawful(new_case(), fine=12_000_000)
        case.sector = "market"
        await office.tell(case, "DecisionMade", "2026-01-08 10:00")
        case.report_time.FromDatetime(at("2026-01-09 10:00"))
        await office.tell(case, "MajorPenaltyFiled", "2026-01-09 10:00")
        asked = request("supervision", "RegisterFiling", filing_id=(await only(office)).filing_id)

        seen = (await office.call("RegisterFiling", asked)).filing

    assert seen.items and seen.standard.standard_id == "GENERAL"


async def test_what_is_found_is_objected_to_and_what_is_not_judged_is_not_accepted(office: Office) -> None:
    filing = await registered(office)
    whole, wrong = verdicts(filing.items), verdicts(filing.items, filing.items[0].item_id)

    async def refused(rpc: str, said: list[Any], opinion: str = "意见") -> str:
        fields = {"filing_id": filing.filing_id, "opinion": opinion, "verdicts": said}
        return (await office.refused(rpc, request("supervision", rpc, **fields)))[1]

    assert await refused("AcceptFiling", []) == "FILE_ITEMS_NOT_JUDGED"
    assert await refused("AcceptFiling", whole[1:]) == "FILE_ITEMS_NOT_JUDGED"
    assert await refused("AcceptFiling", wrong) == "FILING_PROBLEM_FOUND"
    assert await refused("ObjectToFiling", whole) == "FILING_NO_PROBLEM"
    for each in wrong:
        each.reasons = ""
    assert await refused("ObjectToFiling", wrong) == "FILE_VERDICT_NOT_REASONED"


async def test_who_took_part_in_the_case_reviews_no_filing_of_it(office: Office) -> None:
    filing = await filed(office)
    before, office.metadata = office.metadata, Desk(office).token("H-2")
    asked = request("supervision", "RegisterFiling", filing_id=filing.filing_id)
    refused = await office.refused("RegisterFiling", asked)
    office.metadata = before

    assert refused[1] == "OVERSIGHT_ROLE_CONFLICT"


async def test_a_filing_that_lacks_something_is_returned_until_the_record_shows_it(office: Office) -> None:
    case = lawful(new_case(), fine=12_000_000)
    case.service.ClearField("receipt")
    await office.tell(case, "DecisionMade", "2026-03-20 10:00")
    case.report_time.FromDatetime(at("2026-03-21 10:00"))
    await office.tell(case, "MajorPenaltyFiled", "2026-03-21 10:00")
    filing = await only(office)

    asked = request("supervision", "RegisterFiling", filing_id=filing.filing_id)
    assert (await office.refused("RegisterFiling", asked))[1] == "FILING_PAPERS_MISSING"
    back = request("supervision", "ReturnFiling", filing_id=filing.filing_id)
    returned = (await office.call("ReturnFiling", back)).filing
    assert returned.state == filing_pb2.FILING_STATE_RETURNED
    assert [m.part for m in returned.missing] == ["service.receipt"]
    assert office.addressees(events.FilingReturned) == {ENVIRONMENT}

    case.service.receipt = "送达回证"
    await office.tell(case, "DecisionServed", "2026-03-24 10:00")
    assert (await only(office)).state == FILED and len(office.emitted(events.FilingReceived)) == 2
    assert (
        await office.refused(
            "ReturnFiling", request("supervision", "ReturnFiling", filing_id=filing.filing_id)
        )
    )[1] == "FILING_COMPLETE"


async def test_what_was_objected_to_is_put_right_in_its_supervision_matter_and_counted(
    office: Office,
) -> None:
    its = await desk(office)
    case = lawful(new_case(), fine=12_000_000)
    case.body_id = BODY
    await office.tell(case, "DecisionMade", "2026-02-20 10:00")
    case.report_time.FromDatetime(at("2026-02-25 10:00"))
    await office.tell(case, "MajorPenaltyFiled", "2026-02-25 10:00")
    filing = await only(office)
    asked = request("supervision", "RegisterFiling", filing_id=filing.filing_id)
    items = (await office.call("RegisterFiling", asked)).filing.items
    said = {
        "filing_id": filing.filing_id,
        "opinion": "程序不当",
        "verdicts": verdicts(items, items[0].item_id),
    }
    await office.call("ObjectToFiling", request("supervision", "ObjectToFiling", **said))

    source = {"kind": "SUPERVISION_SOURCE_KIND_FILING", "source_id": filing.filing_id}
    order = await its.served(OPINION, source=source, case_id=case.case_id)
    assert (await only(office)).order_id == order.order_id and (await only(office)).state == OBJECTED
    await its.answered("REPORT")
    await its.act("VerifyCorrection", by="oversight-2", corrected=True, reasons="已核实")

    assert (await only(office)).state == filing_pb2.FILING_STATE_CORRECTED
    assert len(office.emitted(events.FilingCorrected)) == 1
    period = {"from_day": "2026-01-01", "until_day": "2026-12-31"}
    figures = await office.call("GetFilingFigures", filing_pb2.GetFilingFiguresRequest(**period))
    [line] = figures.departments
    assert (line.due, line.filed, line.reviewed, line.objected, line.corrected) == (1, 1, 1, 1, 1)
    assert not (line.overdue or line.late or line.review_overdue)


async def test_what_does_not_come_or_is_not_reviewed_in_its_term_is_counted(office: Office) -> None:
    await decided(office)
    office.clock("2026-06-01 09:00")
    period = filing_pb2.GetFilingFiguresRequest(from_day="2026-03-20", until_day="2026-03-20")
    [line] = (await office.call("GetFilingFigures", period)).departments

    assert (line.due, line.filed, line.overdue, line.reviewed) == (1, 0, 1, 0)


async def test_same_request_again_is_answered_again(office: Office) -> None:
    filing = await registered(office)
    said = verdicts(filing.items)
    request = filing_pb2.AcceptFilingRequest(request_id="r-1", filing_id=filing.filing_id, verdicts=said)

    first = await office.call("AcceptFiling", request)
    second = await office.call("AcceptFiling", request)

    assert first == second and len(office.emitted(events.FilingReviewed)) == 1


async def test_nothing_to_review_before_it_is_filed(office: Office) -> None:
    await decided(office)
    filing = await only(office)

    refused = await office.refused(
        "AcceptFiling", filing_pb2.AcceptFilingRequest(request_id="r-1", filing_id=filing.filing_id)
    )

    assert refused == (grpc.StatusCode.FAILED_PRECONDITION, "ACT_NOT_OPEN", ["ASR-2025:15"])
    assert (await only(office)) == filing


async def test_reviewed_once(office: Office) -> None:
    filing = await registered(office)
    said = verdicts(filing.items)
    accept = filing_pb2.AcceptFilingRequest(request_id="r-1", filing_id=filing.filing_id, verdicts=said)
    await office.call("AcceptFiling", accept)

    request = filing_pb2.ObjectToFilingRequest(request_id="r-2", filing_id=filing.filing_id, opinion="不当")
    refused = await office.refused("ObjectToFiling", request)

    assert refused[1] == "ACT_NOT_OPEN"


@pytest.mark.parametrize("opinion", ["", "  \n"])
async def test_objection_says_what_is_wrong(office: Office, opinion: str) -> None:
    filing = await registered(office)
    said = verdicts(filing.items, filing.items[0].item_id)

    request = filing_pb2.ObjectToFilingRequest(
        request_id="r-1", filing_id=filing.filing_id, opinion=opinion, verdicts=said
    )
    refused = await office.refused("ObjectToFiling", request)

    assert refused == (grpc.StatusCode.FAILED_PRECONDITION, "OPINION_REQUIRED", ["ASR-2025:28(1)"])
    assert (await only(office)).state == filing_pb2.FILING_STATE_REGISTERED


async def test_unknown_filing(office: Office) -> None:
    refused = await office.refused(
        "AcceptFiling", filing_pb2.AcceptFilingRequest(request_id="r-1", filing_id="F-none")
    )

    assert refused[0] == grpc.StatusCode.NOT_FOUND
