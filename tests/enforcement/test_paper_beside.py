"""The papers of measures, referrals and inspections: due, numbered and checked as those of cases are (APL 47)."""

import grpc
import pytest
from yifa.enforcement.v1 import assistance_pb2 as pb_assistance
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import measure_pb2 as measures
from yifa.enforcement.v1 import paper_pb2 as pb
from yifa.enforcement.v1 import party_pb2 as parties

from services.given import measure as given
from services.given.people import officer as handling
from tests.city import read_refusal
from tests.enforcement.court import applied
from tests.enforcement.department import Department, number_of
from tests.enforcement.duty import performing
from tests.enforcement.inspecting import Bureau
from tests.enforcement.papers import check, fetched, issue, papers, said
from tests.enforcement.papers_beside import refused
from tests.enforcement.samples import CLERK, DAY, HEAD, START
from tests.enforcement.test_assistance import asked as asked_for_help
from tests.enforcement.test_measure import SEAL, inquired, seized


async def test_a_seizure_is_decided_listed_and_lifted_on_paper(department: Department) -> None:
    department.now = START
    whole = number_of(parties.PARTY_KIND_ORGANISATION)
    held = await seized(department, held=await inquired(department, number=whole))
    measure, thing = held.measure, held.measure.execution.things[0]

    decision = await said(department, measure.measure_id, "seizure")
    listed = await said(department, measure.measure_id, "held_list")
    async with department.refused("PAPER_NOT_DUE", law="APL-2021:47"):
        await issue(department, measure.measure_id, "release")
    async with department.refused("PAPER_NOT_DUE"):
        await issue(department, measure.measure_id, "sealing")
    await given.release(department.do, measure.measure_id, measures.RELEASE_GROUND_NOT_NEEDED)
    lifted = await issue(department, measure.measure_id, "release")

    party = measure.execution.decision
    for part in (
        measure.document_number,
        party.party,
        party.address,
        party.reasons,
        party.remedies,
        "期限为30日",
    ):
        assert part.replace(" ", "") in decision, part
    assert whole in decision, "what goes to the party shows its whole number"
    assert thing.name in listed and thing.mark in listed
    assert await held.state() == "RELEASED" and lifted.number == held.measure.release.document_number
    assert (await check(department, lifted)).verdict == pb.PAPER_VERDICT_GENUINE


async def test_a_paper_of_what_stands_beside_a_case_lies_in_the_file_of_the_case(
    department: Department,
) -> None:
    department.now = START
    held = await seized(department, SEAL)
    case_id, measure_id = held.dossier.case_id, held.measure.measure_id

    paper = await issue(department, measure_id, "sealing")

    assert (paper.case_id, paper.record_id, paper.case_state) == (case_id, measure_id, 0)
    of_case, of_measure = await papers(department, case_id), await papers(department, measure_id)
    assert [p.paper_id for p in of_case.papers] == [p.paper_id for p in of_measure.papers] == [paper.paper_id]
    assert {f.record_id for f in of_measure.forms} == {measure_id}
    assert {f.record_id for f in of_case.forms} == {case_id, measure_id}
    told = events.MeasurePaperIssued.FromString(department.events(measure_id)[-1].data)
    assert (told.paper.paper_id, told.measure.version) == (paper.paper_id, paper.case_version + 1)
    assert "PaperIssued" not in department.names(case_id)


async def test_a_demand_and_an_application_bear_the_numbers_of_their_acts_and_lie_with_the_case(
    department: Department,
) -> None:
    department.now = START
    whole = number_of(parties.PARTY_KIND_ORGANISATION)
    court = await applied(department, await department.served(number=whole))
    record_id, case_id = court.record.enforcement_id, court.record.case_id
    before = (await court.found()).record.version

    told = await issue(department, record_id, "demand")
    asked = await said(department, record_id, "court_application")

    assert (told.number, told.case_id) == (court.record.demand.document_number, case_id)
    for part in (court.record.application.document_number, court.record.application.court, whole, "60000元"):
        assert part in asked, part
    assert (await court.found()).record.version == before
    assert department.names(case_id)[-2:] == ["PaperIssued"] * 2


async def test_the_letter_that_asks_for_help_is_made_by_who_asks(department: Department) -> None:
    letter = await asked_for_help(department)
    theirs = pb_assistance.Assistance.FromString(letter.SerializeToString())
    theirs.assistance_id, theirs.node, theirs.to_node = "A-theirs", "chengguan", "huanbao"
    theirs.case_id = "C-theirs"
    await department.hear(events.AssistanceAsked(assistance=theirs), "chengguan")

    mine = await said(department, letter.assistance_id, "assistance_letter")

    assert letter.document_number in mine and letter.subject in mine
    async with department.refused("PAPER_NOT_DUE", law="APL-2021:47"):
        await issue(department, "A-theirs", "assistance_letter")


async def test_the_file_of_a_case_lists_in_two_volumes_what_was_issued_beside_it(
    department: Department,
) -> None:
    department.now = START
    held = await seized(department)
    await issue(department, held.measure.measure_id, "seizure")
    await given.release(department.do, held.measure.measure_id, measures.RELEASE_GROUND_NOT_NEEDED)
    await department.do("TerminateCase", HEAD, case_id=held.dossier.case_id, cause="当事人死亡")
    await issue(department, held.dossier.case_id, "termination")

    listed = await said(department, held.dossier.case_id, "contents")

    main, inner = listed.split("副卷")
    assert "扣押决定书" in main and held.measure.document_number.replace(" ", "") in main
    assert "终止案件审批表" in inner
    assert "当事人死亡" in await said(department, held.dossier.case_id, "cover")


async def test_a_referral_tells_what_the_police_answered(department: Department) -> None:
    department.now = START
    referral_id = await refused(department)

    receipt = await said(department, referral_id, "referral_receipt")
    asked = await said(department, referral_id, "reconsideration_request")

    assert receipt.count("决定不予立案") == 2 and "情节显著轻微，危害不大" in receipt
    assert "示例市公安局" in asked and "第九条第一款" in asked


async def test_a_paper_of_a_changed_inspection_takes_the_place_of_the_first(department: Department) -> None:
    department.now = START
    bureau = Bureau(department)
    visit = await bureau.opened()
    first = await issue(department, visit.inspection_id, "inspection_approval")
    await bureau.act("ApproveInspection", visit)

    second = await issue(department, visit.inspection_id, "inspection_approval")

    assert (first.number, first.case_id) == ("", "")
    assert second.number == (await bureau.of(visit)).number
    assert (await check(department, first)).verdict == pb.PAPER_VERDICT_SUPERSEDED
    found = await check(department, second)
    assert (found.verdict, found.case_state) == (pb.PAPER_VERDICT_GENUINE, 0)
    assert found.body_name == (await bureau.of(visit)).body_name


async def test_of_the_officers_those_who_handle_it_make_and_read_its_papers(department: Department) -> None:
    department.now = START
    held = await seized(department)
    stranger = await department.officer(held.dossier.body_id)

    paper = await issue(department, held.measure.measure_id, "seizure", handling(held.dossier.ids[0]))
    async with department.refused("NOT_ON_CASE", law="APL-2021:42(1)"):
        await issue(department, held.measure.measure_id, "held_list", stranger.who)

    with pytest.raises(grpc.aio.AioRpcError) as no:
        await fetched(department, paper.paper_id, stranger.who)
    assert "NOT_ON_CASE" in read_refusal(no.value).violations


@pytest.mark.parametrize("kind", ["seizure", "decision"])
async def test_a_paper_is_asked_for_by_the_record_that_it_is_of(department: Department, kind: str) -> None:
    department.now = START
    held = await seized(department)
    ids = {"case_id": held.dossier.case_id, "record_id": held.measure.measure_id}
    other = {"seizure": "case_id", "decision": "record_id"}[kind]

    for wrong in ({other: ids[other]}, ids, {}):
        async with department.refused("MALFORMED"):
            await department.do("IssuePaper", CLERK, kind=kind, **wrong)
    assert await department.do("ListPapers", HEAD, **ids) == await papers(department, ids["record_id"])
    async with department.refused("MALFORMED"):
        await department.do("ListPapers", HEAD)
    async with department.refused("NOT_FOUND"):
        await department.do("ListPapers", HEAD, **ids | {"case_id": "C-other"})
    async with department.refused("NOT_FOUND"):
        await department.do("IssuePaper", CLERK, kind="seizure", record_id="M-none")
    async with department.refused("NOT_FOUND"):
        await department.do("ListPapers", HEAD, record_id="X-none")


async def test_while_a_measure_says_the_same_it_is_the_same_paper(department: Department) -> None:
    department.now = START
    held = await seized(department)

    first = await issue(department, held.measure.measure_id, "measure_record")
    department.now += DAY
    again = await issue(department, held.measure.measure_id, "measure_record")

    assert first == again
    assert department.names(held.measure.measure_id).count("MeasurePaperIssued") == 1


async def test_a_substitute_is_demanded_decided_and_charged_on_paper(department: Department) -> None:
    department.now = START
    duty = await performing(department)
    demanded = await said(department, duty.record.enforcement_id, "enforcement_demand")
    decided = await said(department, duty.record.enforcement_id, "substitute_decision")
    ordered = await said(department, duty.dossier.case_id, "decision")
    async with department.refused("PAPER_NOT_DUE", law="APL-2021:47"):
        await issue(department, duty.record.enforcement_id, "substitute_costs")
    async with department.refused("PAPER_NOT_DUE"):
        await issue(department, duty.record.enforcement_id, "demolition_notice")
    await duty.complete()
    await duty.claim()
    charged = await issue(department, duty.record.enforcement_id, "substitute_costs")

    what, terms = duty.record.duty.what, duty.record.decision.substitute
    assert what in demanded and "陈述和申辩" in demanded
    for part in (what, terms.performer, terms.target, "1000元"):
        assert part in decided, decided
    assert f"15日内履行下列义务：{what}" in ordered
    assert charged.number == duty.record.costs.document_number
    assert (await check(department, charged)).verdict == pb.PAPER_VERDICT_GENUINE
