"""Permits of which a department's own approval system tells: the same rules and terms, in any order, late, and once."""

import random

from yifa.enforcement.v1 import outside_pb2 as pb
from yifa.enforcement.v1 import permit_pb2 as permits
from yifa.law.v1 import law_pb2 as law

from services.given import permit as given
from services.given.people import HEAD
from services.law.moment import moment_of
from tests.enforcement.department import Department
from tests.enforcement.permits_told import applying, granted, teller
from tests.enforcement.records_told import named, reasons, report, without
from tests.enforcement.samples import CLERK, DAY, HOUR, START
from tests.enforcement.test_permit import Window, due, states

MET, EXPIRED, RUNNING = law.CLOCK_STATE_MET, law.CLOCK_STATE_EXPIRED, law.CLOCK_STATE_RUNNING


async def permit_of(d: Department, standing: pb.OutsideStanding) -> permits.Permit:
    return (await d.do("GetPermit", HEAD, permit_id=standing.record_id)).permit


async def test_a_permit_told_in_time_breaks_nothing_and_meets_its_terms(department: Department) -> None:
    standing = await report(department, *granted(await applying(department)))

    assert list(standing.breaches) == [] and list(standing.missing) == []
    assert standing.permit_state == permits.PERMIT_STATE_ISSUED and not standing.case_id
    permit = await permit_of(department, standing)
    assert states(permit) == dict.fromkeys(("LIC-01", "LIC-02", "LIC-05", "PUB-02"), MET)
    assert permit.number.startswith("接入受理") and permit.decision.decider == HEAD[0]
    assert permit.origin.system and "*" in permit.applicant.identity_number
    assert not permit.promise.HasField("break_time")


async def test_the_order_in_which_it_is_told_changes_nothing(department: Department) -> None:
    about = await applying(department)
    stages = granted(about)
    for stage in stages:
        stage.permit.CopyFrom(type(stage.permit)(**about))
    random.Random(7).shuffle(stages)
    department.now = START + 8 * DAY

    standing = await report(department, *stages)

    assert list(standing.breaches) == [] and list(standing.missing) == []
    permit = await permit_of(department, standing)
    assert permit.state == permits.PERMIT_STATE_ISSUED and permit.origin.reordered
    assert states(permit) == dict.fromkeys(("LIC-01", "LIC-02", "LIC-05", "PUB-02"), MET)


async def test_what_was_unlawful_is_taken_and_told(department: Department) -> None:
    stages = granted(await applying(department))
    named(stages, "grant_permit").actor = named(stages, "review_permit_application").actor
    named(stages, "grant_permit").grant_permit.fee.fen = 300
    named(stages, "issue_permit").issue_permit.window = "审批科"

    standing = await report(department, *without(stages, "accept_permit_application"))

    assert reasons(standing, "GrantPermit") == {"PERMIT_NOT_CHECKED_APART", "PERMIT_FEE_NOT_ALLOWED"}
    assert reasons(standing, "IssuePermit") == {"PERMIT_OTHER_WINDOW"}
    assert {m.act for m in standing.missing} == {"AcceptPermitApplication"}


async def test_a_decision_told_in_time_and_done_late_is_late(department: Department) -> None:
    t = teller(await applying(department))
    t.tell("accept_permit_application", CLERK[0])
    t.tell("review_permit_application", "O-permit-outside", {"met": given.CONDITIONS}, after=DAY)
    standing = await report(department, *t.stages)
    department.now = START + 40 * DAY
    window = Window(department)
    await window.until(
        standing.record_id, lambda p: states(p)["LIC-02"] == EXPIRED and p.promise.HasField("break_time")
    )

    t.at = START + 39 * DAY
    grant = t.tell("grant_permit", HEAD[0])
    standing = await report(department, grant)

    permit = await permit_of(department, standing)
    [deadline] = [d for d in permit.deadlines if d.clock_id == "LIC-02"]
    assert deadline.state == MET and deadline.stop_time.seconds > deadline.due_time.seconds


async def test_an_acceptance_that_is_told_late_takes_the_silence_back(department: Department) -> None:
    t = teller(await applying(department))
    standing = await report(department, *t.stages)
    accept = t.tell("accept_permit_application", CLERK[0], after=2 * DAY)
    department.now = START + 9 * DAY
    window = Window(department)
    silent = await window.until(standing.record_id, lambda p: p.acceptance.silent)
    assert states(silent)["LIC-01"] == EXPIRED

    standing = await report(department, accept)

    permit = await permit_of(department, standing)
    assert not permit.acceptance.silent and permit.acceptance.accept_time == accept.act_time
    assert states(permit) == {"LIC-01": MET, "LIC-02": RUNNING} and list(standing.breaches) == []
    assert moment_of(permit.promise.due_time) > moment_of(accept.act_time) + 10 * DAY


async def test_time_taken_out_there_is_taken_out_here(department: Department) -> None:
    t = teller(await applying(department))
    t.tell("accept_permit_application", CLERK[0])
    before = await permit_of(department, await report(department, *t.stages))
    more = {"ground": law.GROUND_TESTING, "document": "告1号", "days": 5}
    t.tell("exclude_permit_time", CLERK[0], more)
    t.tell("resume_permit_time", CLERK[0], after=7 * DAY - HOUR)

    standing = await report(department, *t.stages[-2:])

    permit = await permit_of(department, standing)
    assert due(permit, "LIC-02") > due(before, "LIC-02") + 6 * DAY
    assert list(standing.breaches) == []


async def test_a_stage_of_no_guide_or_of_nothing_is_refused(department: Department) -> None:
    about = await applying(department)
    stages = granted(about)
    department.now = START + 8 * DAY
    for stage in (named(stages, "grant_permit"), named(stages, "issue_permit")):
        async with department.refused("MALFORMED") as told:
            await department.do("ReportStage", CLERK, stage=stage)
        assert told.metadata["field"] == "permit"
    unknown = teller(about | {"guide_id": "PG-nothing"}).stages[0]
    async with department.refused("MALFORMED") as told:
        await department.do("ReportStage", CLERK, stage=unknown)
    assert told.metadata["field"] == "permit.guide_id"
