"""Standing at the moment of the act: the enforcement service asks for scope, roster and qualification."""

import grpc
import pytest
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.law.v1.law_pb2 import Money
from yifa.registry.v1 import act_pb2, certificate_pb2
from yifa.registry.v1 import officer_pb2 as officers
from yifa.registry.v1 import transfer_pb2 as transfers
from yifa.supervision.v1 import case_view_pb2 as views

from services.given.case import NO_GAINS
from tests.city import read_refusal
from tests.registry.desk import Desk
from tests.registry.town import CITY
from tests.story import Story


@pytest.fixture
def desk(town) -> Desk:
    return Desk(town)


async def officer_with(town, body, **more):
    """An officer of a body whose certificate covers what is said."""
    officer = await town.train(await town.register(body))
    await town.known(CITY, officer, "EXAM_READY")
    await town.examine(officer, 80)
    fields = {"fields": ["生态环境"], "area_code": "440700"} | more
    request = certificate_pb2.IssueCertificateRequest(officer_id=officer.officer_id, **fields)
    await town.call(CITY, "registry", "IssueCertificate", request, "REGISTRAR")
    await town.known(body.node, officer, "CERTIFIED")
    return officer


async def refusal(act) -> str:
    """Why an act is refused; empty if it is not."""
    try:
        await act()
    except grpc.aio.AioRpcError as no:
        return read_refusal(no).reason
    return ""


@pytest.mark.parametrize(
    "scope", [{"fields": ["水务"]}, {"acts": [act_pb2.ACT_KIND_INSPECTION, act_pb2.ACT_KIND_PERMIT]}]
)
async def test_a_certificate_for_something_else_is_none_for_this_case(town, scope):
    story = await Story(town.city).cast()
    other = await officer_with(town, story.body, **scope)
    await story.clue()
    await story.do("FileCase", "head-1", "AGENCY_HEAD")

    async def assign():
        return await story.do(
            "AssignOfficers", "unit-1", "UNIT_HEAD", officer_ids=[story.officers[0], other.officer_id]
        )

    await town.seen(lambda: refusal(assign), lambda reason: reason == "CERTIFICATE_OUT_OF_SCOPE")
    with town.city.refused("CERTIFICATE_OUT_OF_SCOPE", law="APL-2021:42(1)") as told:
        await assign()

    assert told.metadata["officers"] == other.officer_id
    await story.do("AssignOfficers", "unit-1", "UNIT_HEAD", officer_ids=story.officers)


async def test_who_went_to_another_department_acts_here_no_more(town, desk):
    story = await (await Story(town.city).cast()).investigating()
    officer = (
        await town.call(
            "huanbao",
            "registry",
            "GetOfficer",
            officers.GetOfficerRequest(officer_id=story.officers[0]),
            "ROSTER_CLERK",
        )
    ).officer
    there = await town.body("chengguan")
    await story.evidence()

    await desk.decide(await desk.transfer(officer, there))

    await town.seen(lambda: refusal(story.evidence))
    with town.city.refused("TWO_CERTIFIED_OFFICERS", law="APL-2021:42(1)"):
        await story.evidence()
    left = [e for e in await town.journal("huanbao", "enforcement") if e.type.endswith("OfficerCasesLeft")]
    assert officer.officer_id in {e.subject_id for e in left}


async def test_where_the_register_keeps_reviewers_only_they_pass_a_review(town, desk):
    story = await (await Story(town.city).cast()).investigating()
    await story.evidence()
    reviewer = await officer_with(town, story.body)
    await _to_review(story)
    fields = {"passed": True, "opinion": "同意"}

    with desk.set("huanbao", service="enforcement", legal_review__qualified=1):
        with town.city.refused("REVIEWER_NOT_QUALIFIED", law="APL-2021:58(2)"):
            await story.do("ConcludeReview", "reviewer-8", "LEGAL_REVIEWER", **fields)
        with town.city.refused("REVIEWER_NOT_QUALIFIED"):
            await story.do("ConcludeReview", reviewer.officer_id, "LEGAL_REVIEWER", **fields)
        request = certificate_pb2.IssueCertificateRequest(
            officer_id=reviewer.officer_id,
            fields=["生态环境"],
            area_code="440700",
            kind=certificate_pb2.CERTIFICATE_KIND_LEGAL_REVIEW,
            legal_qualification="A20264407000002",
        )
        await desk.ask(CITY, "IssueCertificate", request)
        reply = await town.seen(
            lambda: story.do("ConcludeReview", reviewer.officer_id, "LEGAL_REVIEWER", **fields),
            lambda reply: True,
        )

    assert reply.case.review.reviewer == reviewer.officer_id


async def _to_review(story: Story) -> None:
    penalty = penalties.Penalty(
        kinds=[penalties.PENALTY_KIND_FINE],
        fine=Money(fen=3_000_000),
        benchmark_id=story.benchmark.benchmark_id,
        band_code="1",
        correction_order="立即改正",
        gains=NO_GAINS,
    )
    await story.do(
        "SubmitReport", story.officers[0], "HANDLING_OFFICER", report="调查终结报告", proposal=penalty
    )
    await story.do("SubmitForReview", "unit-1", "UNIT_HEAD")


async def test_what_was_done_after_a_transfer_that_the_department_had_not_heard_of(town, desk):
    story = await (await Story(town.city).cast()).investigating()
    request = officers.GetOfficerRequest(officer_id=story.officers[0])
    officer = (await town.call("huanbao", "registry", "GetOfficer", request, "ROSTER_CLERK")).officer
    there = await town.body("chengguan")
    transfer = await desk.transfer(officer, there)
    await town.seen(
        lambda: desk.ask(
            CITY,
            "ListTransfers",
            transfers.ListTransfersRequest(officer_id=officer.officer_id),
        ),
        lambda reply: reply.transfers,
    )
    cable = town.city.cables["huanbao"]
    await cable.cut()

    await desk.decide(transfer)
    await story.evidence()
    await cable.mend()

    async def warned() -> list[str]:
        asked = views.GetCaseRequest(case_id=story.case_id)
        reply = await town.call(CITY, "supervision", "GetCase", asked, "OVERSIGHT", of=CITY)
        return [w.detail_zh for w in reply.case.warnings if w.rule_id == "EW-09"]

    [detail] = await town.seen(warned)
    assert "收集证据" in detail and "不属于该部门" in detail
