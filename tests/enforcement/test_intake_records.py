"""The intake takes what runs beside a case, and inspections: the same rules, in any order, late, and once."""

import asyncio
import random
from typing import Any

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import inspection_pb2 as inspections
from yifa.enforcement.v1 import measure_pb2 as measures
from yifa.enforcement.v1 import outside_pb2 as pb
from yifa.enforcement.v1 import referral_pb2 as referrals
from yifa.law.v1 import law_pb2
from yifa.supervision.v1.events_pb2 import ImportantMatterAsked, ImportantMatterReplied
from yifa.supervision.v1.important_matter_pb2 import ImportantMatter

from services.enforcement.outside.stage import KIND_OF
from services.given.people import HEAD, UNIT
from tests.enforcement.department import NODE, Department
from tests.enforcement.permits_told import applying
from tests.enforcement.records_told import (
    Besides,
    Teller,
    besides,
    inspecting,
    named,
    reasons,
    report,
    without,
)
from tests.enforcement.samples import CLERK, DAY, START, serial, stamp
from tests.enforcement.stages_told import in_time, new_record
from tests.enforcement.stages_told import report as report_case
from tests.held import TAKEN_WRONGLY
from tests.law.records import FIRST, WORLD

# What a record has of its own, however it came.
OWN = (
    "update_time",
    "version",
    "origin",
    "deadlines",
    "measure_id",
    "referral_id",
    "inspection_id",
    "case_id",
    "case_number",
)


def bare(record: Any) -> str:
    """What of a record does not depend on how it was told."""
    left = type(record).FromString(record.SerializeToString())
    for field in OWN:
        if field in left.DESCRIPTOR.fields_by_name:
            left.ClearField(field)
    return str(left)


def clocks(record: Any) -> dict[str, tuple[int, int, int]]:
    return {
        d.clock_id: (d.start_time.seconds, d.due_time.seconds, d.stop_time.seconds) for d in record.deadlines
    }


async def measure_of(d: Department, standing: pb.OutsideStanding) -> measures.Measure:
    found = (await d.do("ListMeasures", HEAD, case_id=standing.case_id)).measures
    return next(m for m in found if m.measure_id == standing.record_id)


async def referral_of(d: Department, standing: pb.OutsideStanding) -> referrals.Referral:
    found = (await d.do("ListReferrals", HEAD, case_id=standing.case_id)).referrals
    return next(r for r in found if r.referral_id == standing.record_id)


async def inspection_of(d: Department, standing: pb.OutsideStanding) -> inspections.Inspection:
    return (await d.do("GetInspection", HEAD, inspection_id=standing.record_id)).inspection


# Told in time ------------------------------------------------------------------------------------------


async def test_a_lawful_inspection_told_in_time_breaks_nothing(department: Department) -> None:
    visit = await inspecting(department)
    await visit.asked()

    standing = await report(department, *await visit.rest())

    assert [(b.act, b.reason) for b in standing.breaches] == [] and not standing.missing
    assert (
        standing.inspection_state == inspections.INSPECTION_STATE_CLOSED
        and standing.code.code == visit.visit.code
    )
    record = await inspection_of(department, standing)
    assert record.origin.system and not record.origin.reordered
    assert [o.certificate_number for o in record.officers] and all(
        o.certificate_number for o in record.officers
    )
    assert record.notice.document_number == named(visit.teller.stages, "notice_inspection").document_number
    assert department.names(standing.record_id) == [
        "InspectionOpened", "InspectionApproved", "InspectionCodeRequested", "InspectionNoticed", "InspectionBegun",
        "InspectionRecorded", "InspectionConcluded", "InspectionResultTold", "InspectionResultPublished",
        "InspectionClosed",
    ]  # fmt: skip


async def test_a_lawful_measure_told_in_time_breaks_nothing(department: Department) -> None:
    here = await besides(department)

    standing = await report(department, *here.filed(), *here.measure())

    assert [(b.act, b.reason) for b in standing.breaches] == [] and not standing.missing
    assert standing.measure_state == measures.MEASURE_STATE_RELEASED
    measure = await measure_of(department, standing)
    assert measure.document_number and measure.release.document_number == "示扣解1号"
    assert len(measure.extensions) == len(measure.appraisals) == 1 and measure.appraisals[0].HasField(
        "until_time"
    )
    assert department.names(standing.record_id)[:3] == ["MeasureRequested", "MeasureApproved", "ThingsSeized"]


async def test_a_lawful_referral_told_in_time_breaks_nothing(department: Department) -> None:
    here = await besides(department)

    standing = await report(department, *here.filed(), *here.referral())

    assert [(b.act, b.reason) for b in standing.breaches] == [] and not standing.missing
    assert standing.referral_state == referrals.REFERRAL_STATE_RETURNED
    referral = await referral_of(department, standing)
    assert [a.document for a in referral.answers] == ["公函RECEIVED", "公函OPENED"]


async def test_the_term_of_the_case_stands_still_while_the_police_have_it(department: Department) -> None:
    """Where the sector's rule says so, from when it was sent, not from when that was told."""
    here = await besides(department, field="生态环境")
    told = here.referral()

    standing = await report(department, *here.filed(), *told)

    case = await department.case(standing.case_id)
    assert case.sector == "environment"
    [term] = [d for d in case.deadlines if d.clock_id == "PEN-15"]
    [taken] = term.excluded
    assert taken.from_time == named(told, "send_referral").act_time
    assert taken.until_time == named(told, "record_criminal_outcome").act_time


# In any order, late, once -----------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
async def test_the_same_record_comes_of_stages_in_any_order(department: Department, seed: int) -> None:
    for which, read in (("measure", measure_of), ("referral", referral_of)):
        here = await besides(department)
        stages = getattr(here, which)()
        straight = await read(department, await report(department, *here.filed(), *stages))
        again, other = list[pb.OutsideStage](), f"乱序{next(serial)}"
        for stage in stages:
            again.append(pb.OutsideStage.FromString(stage.SerializeToString()))
            again[-1].source_case = other
            again[-1].matter.violation.title = "另一违法行为"
            if again[-1].HasField("execute_measure"):
                again[-1].execute_measure.execution.things[0].mark = f"SN-{next(serial)}"
        random.Random(seed).shuffle(again)
        filed = here.filed()
        for stage in filed:
            stage.source_case = other
            stage.matter.violation.title = "另一违法行为"
        await report(department, *filed)

        standing = await report(department, *again, now=department.now)

        shuffled = await read(department, standing)
        for things in (straight, shuffled):
            for thing in getattr(getattr(things, "execution", None), "things", ()):
                thing.mark = ""
        assert bare(shuffled) == bare(straight) and clocks(shuffled) == clocks(straight)
        assert not standing.breaches and not standing.missing
        assert shuffled.origin.reordered and [t.act for t in shuffled.origin.told] == [
            t.act for t in straight.origin.told
        ]


async def test_an_inspection_is_the_same_in_any_order_once_the_city_gave_the_code(
    department: Department,
) -> None:
    straight, visits = "", []
    for seed in (None, 1, 2):
        visit = await inspecting(department)
        await visit.asked()
        rest = await visit.rest()
        if seed is not None:
            random.Random(seed).shuffle(rest)
        visits.append(await report(department, *rest, now=START + 3 * DAY))
        assert [(b.act, b.reason) for b in visits[-1].breaches] == [] and not visits[-1].missing
    straight, *others = [await inspection_of(department, standing) for standing in visits]
    for other in others:
        assert other.origin.reordered and other.state == straight.state
        assert [t.act for t in other.origin.told] == [t.act for t in straight.origin.told]
        assert clocks(other) == clocks(straight)


async def test_a_stage_counts_once(department: Department) -> None:
    here = await besides(department)
    stages = here.measure()
    standing = await report(department, *stages)
    told = department.names(standing.record_id)

    again = await department.do("ReportStage", CLERK, stage=stages[2])

    assert again.result.outcome == pb.STAGE_OUTCOME_KNOWN
    assert (again.result.record_id, again.result.case_id) == (standing.record_id, standing.case_id)
    assert again.standing.version == standing.version and department.names(standing.record_id) == told
    stages[2].actor = "another"
    async with department.refused("STAGE_REUSED"):
        await department.do("ReportStage", CLERK, stage=stages[2])


async def test_the_same_number_names_another_stage_of_another_record(department: Department) -> None:
    """A case, its two measures and an inspection may all number their stages 1, 2, 3."""
    here = await besides(department)
    first, second = here.teller("1"), here.teller("2")
    told = [*here.filed(), *here.seized(first), *here.seized(second)]
    for group in (told[:2], told[2:5], told[5:]):
        for n, stage in enumerate(group):
            stage.stage_id = str(n)

    reply = await send(department, told)

    assert {r.outcome for r in reply.results} == {pb.STAGE_OUTCOME_TAKEN}
    assert len({r.case_id for r in reply.results}) == 1 and len({r.record_id for r in reply.results}) == 3
    assert len((await department.do("ListMeasures", HEAD, case_id=reply.results[0].case_id)).measures) == 2


async def send(d: Department, stages: list[pb.OutsideStage]) -> pb.ReportStagesResponse:
    d.now = max(d.now, START + 90 * DAY)
    asked = [pb.ReportStagesRequest(rows=stages)]
    [reply] = [r async for r in d.stub.ReportStages(iter(asked), metadata=d.metadata(CLERK))]
    return reply


async def test_a_measure_told_first_begins_its_case_and_the_case_follows(department: Department) -> None:
    here = await besides(department)
    began = await report(department, *here.measure())
    assert "FileCase" not in [m.act for m in began.missing] and not began.breaches

    standing = await report(department, *here.filed(), now=department.now)

    case = await department.case(standing.case_id)
    assert standing.case_id == began.case_id and case.party.name == here.matter.party.name
    assert case.state == cases.CASE_STATE_INVESTIGATING and not case.origin.reordered


async def test_what_is_missing_is_listed_and_filled_later(department: Department) -> None:
    here = await besides(department)
    stages = here.measure()

    gap = await report(department, *here.filed(), *without(stages, "request_measure", "approve_measure"))

    assert [m.act for m in gap.missing] == ["RequestMeasure", "ApproveMeasure"]
    assert all(m.title_zh and m.title_en and m.law for m in gap.missing)
    assert reasons(gap, "ExecuteMeasure") == {
        "ACT_NOT_OPEN",
        "MEASURE_NOT_APPROVED",
        "COERCION_NOT_ENTRUSTABLE",
    }
    for breach in gap.breaches:
        assert breach.law and breach.text_zh and breach.text_en and breach.HasField("act_time")

    filled = await report(
        department, named(stages, "request_measure"), named(stages, "approve_measure"), now=department.now
    )

    assert not filled.missing and not filled.breaches and filled.record_id == gap.record_id


async def test_what_comes_later_makes_no_earlier_act_lawful(department: Department) -> None:
    here = await besides(department)
    stages = here.seized()
    taken = named(stages, "execute_measure").act_time.seconds
    named(stages, "approve_measure").act_time.seconds = taken + 600

    standing = await report(department, *here.filed(), *stages, now=START + DAY)

    assert "MEASURE_NOT_APPROVED" in reasons(standing, "ExecuteMeasure")
    visit = await inspecting(department)
    await visit.asked()
    begun = await visit.act("CheckIn")
    begun.act_time.seconds -= 3 * 3600  # before the city gave the code
    seen = await report(department, begun, now=START + DAY)
    assert {"INSPECTION_CODE_WRONG", "INSPECTION_CODE_EXPIRED"} <= reasons(seen, "CheckIn")


async def test_a_stay_told_late_is_held_against_what_was_done_with_a_measure(department: Department) -> None:
    """What was confiscated meanwhile is found, and found no more once the stay was over by then."""
    here = await besides(department)
    t = here.teller()
    here.seized(t)
    t.tell("confiscate_things", HEAD[0], after=9 * DAY, measure_kind=measures.MEASURE_KIND_SEIZE)
    done = t.at
    standing = await report(department, *here.filed(), *t.stages, now=START + 30 * DAY)
    stayed = {
        "ordered_by": 1,
        "authority": "示例市人民政府",
        "document": "停止执行1号",
        "ground": 3,
        "cause": "损失难以弥补",
    }
    began = {"kind": 1, "authority": "示例市人民政府", "document": "受理通知书1号"}

    async def held() -> bool:
        breaches = (await measure_of(department, standing)).breaches
        return "EXECUTION_STAYED" in {b.reason for b in breaches if b.act == "ConfiscateThings"}

    assert not await held()
    late = here.teller("", done - 3 * DAY)
    late.tell("record_remedy", CLERK[0], began)
    late.tell("record_stay", CLERK[0], stayed)
    await report(department, *late.stages)
    assert await held()
    over = late.tell("record_stay_end", CLERK[0], {"stay_document": "停止执行1号", "document": "恢复执行1号"})
    await report(department, over)
    assert not await held()


# Unlawful ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", TAKEN_WRONGLY)
async def test_a_measure_taken_wrongly_is_taken_in_and_told(department: Department, rule: str) -> None:
    here = await besides(department)
    stages = here.seized()
    TAKEN_WRONGLY[rule](named(stages, "execute_measure").execute_measure.execution)

    standing = await report(department, *here.filed(), *stages, now=START + DAY)

    assert standing.measure_state == measures.MEASURE_STATE_EXECUTED
    assert len(reasons(standing)) == 1 and {b.act for b in standing.breaches} == {"ExecuteMeasure"}


async def test_a_measure_is_judged_by_where_it_was_taken(department: Department) -> None:
    here = await besides(department)
    here.ids = [(await department.officer(here.matter.body_id, area="440700")).officer_id for _ in range(2)]
    stages = here.seized()
    named(stages, "execute_measure").area_code = "110100"

    standing = await report(department, *here.filed(), *stages, now=START + DAY)

    assert reasons(standing, "ExecuteMeasure") == {"CERTIFICATE_OUT_OF_AREA"}


async def test_an_inspection_without_plan_code_or_certificate_is_told_so(department: Department) -> None:
    visit = await inspecting(department)
    visit.opened(plan_id="", scope="")
    begun = await visit.act("CheckIn")
    del begun.check_in.shown[:]
    record = await visit.act("RecordInspection")
    record.record_inspection.ClearField("start_time")
    rest = await visit.rest("FindNothing", "TellResult")

    standing = await report(department, *visit.teller.stages)

    assert {"INSPECTION_NOT_PLANNED", "INSPECTION_SCOPE_MISSING"} <= reasons(standing, "ApproveInspection")
    assert {"INSPECTION_CODE_WRONG", "CERTIFICATE_NOT_SHOWN", "INSPECTION_NOT_NOTICED"} <= reasons(
        standing, "CheckIn"
    )
    assert "RECORD_MISSING" in reasons(standing, "RecordInspection")
    assert "NOT_MADE_GOOD" in reasons(standing, "TellResult")
    assert standing.inspection_state == inspections.INSPECTION_STATE_TOLD and len(rest) == 2


async def test_an_inspection_that_no_head_approved_is_told_so(department: Department) -> None:
    visit = await inspecting(department)
    [_, approval, _] = visit.opened()
    approval.actor = "head-66"

    standing = await report(department, *visit.teller.stages)

    assert reasons(standing, "ApproveInspection") == {"HEAD_NOT_IN_OFFICE"}


async def test_a_referral_done_wrongly_is_told_so(department: Department) -> None:
    here = await besides(department)
    stages = here.sent(here.teller())
    named(stages, "report_crime").report_crime.report = ""
    named(stages, "send_referral").send_referral.ClearField("copy_time")
    del named(stages, "send_referral").send_referral.papers[:]

    standing = await report(department, *here.filed(), *stages)

    assert reasons(standing, "ReportCrime") == {"REFERRAL_TEAM"}
    assert reasons(standing, "SendReferral") == {"REFERRAL_PAPERS_MISSING", "COPY_NOT_SENT"}
    assert standing.referral_state == referrals.REFERRAL_STATE_SENT


async def test_its_term_runs_from_the_facts_and_an_extension_told_late_lengthens_it(
    department: Department,
) -> None:
    here = await besides(department)
    stages = here.measure()
    until, longer = stages[:5], stages[5]
    standing = await report(department, *here.filed(), *until, now=START + 60 * DAY)
    [term] = [d for d in standing.due if d.clock_id == "ENF-02"]
    assert term.start_time == named(stages, "execute_measure").act_time
    async with asyncio.timeout(20):
        while (await measure_of(department, standing)).state != measures.MEASURE_STATE_RELEASE_DUE:
            await asyncio.sleep(0.05)

    late = await report(department, longer, now=START + 60 * DAY)

    [longer_now] = [d for d in late.due if d.clock_id == "ENF-02"]
    assert longer_now.due_time.seconds == term.due_time.seconds + 30 * 86400
    assert late.measure_state == measures.MEASURE_STATE_EXTENDED and not late.breaches


async def test_what_was_found_begins_a_case_that_names_the_inspection(department: Department) -> None:
    visit = await inspecting(department)
    await visit.asked()
    await visit.rest("NoticeInspection", "CheckIn", "RecordInspection")
    referred = await visit.act("ReferClue")
    referred.linked_case = f"案{next(serial)}"

    standing = await report(department, *visit.teller.stages)

    assert not standing.breaches
    case = await department.case(standing.case_id)
    assert case.clue.inspection_id == standing.record_id and case.party.name == visit.visit.enterprise.name
    assert case.origin.source_case == referred.linked_case


async def test_an_act_here_stays_when_a_stage_comes_late(department: Department) -> None:
    here = await besides(department)
    stages = here.seized()
    standing = await report(department, *here.filed(), *without(stages, "approve_measure"), now=START + DAY)
    await department.do("ReleaseMeasure", HEAD, measure_id=standing.record_id, cause="案外人异议成立",
                        ground=measures.RELEASE_GROUND_UNRELATED)  # fmt: skip

    late = await report(department, named(stages, "approve_measure"), now=START + DAY)

    measure = await measure_of(department, late)
    assert measure.state == measures.MEASURE_STATE_RELEASED and measure.release.cause == "案外人异议成立"
    assert measure.HasField("approve_time") and not late.breaches


async def test_a_case_is_judged_by_what_ran_beside_it_when_it_was_done(world: Department) -> None:
    """A case closed while a measure held something; that it was lifted before was only told later."""
    stages = in_time(new_record("ordinary"))
    here = Besides(world, stages[0].matter.body_id, "", list(WORLD.officers), FIRST + DAY)
    here.source_case, here.matter = stages[0].source_case, stages[0].matter
    told = here.measure(Teller(here.source_case, "1", FIRST + DAY, here.matter))
    for stage in told:
        stage.system = stages[0].system
    close = named(stages, "close_case")

    held = await report_case(world, *told[:3], *stages)

    assert "MEASURE_OPEN" in {b.reason for b in held.breaches if b.act == "CloseCase"}
    told[6].act_time.seconds = close.act_time.seconds - 3600
    await report_case(world, told[6])
    again = await report_case(world, close)
    assert not [b for b in again.breaches if b.act == "CloseCase"]


# Refused ----------------------------------------------------------------------------------------------


async def test_what_cannot_be_a_fact_is_refused(department: Department) -> None:
    here = await besides(department)
    [asked, *_] = here.seized()

    async def refused(reason: str, field: str = "", **change: Any) -> None:
        stage = pb.OutsideStage.FromString(asked.SerializeToString())
        for name, value in change.items():
            if value is None:
                stage.ClearField(name)
            elif isinstance(value, str | int):
                setattr(stage, name, value)
            else:
                getattr(stage, name).CopyFrom(value)
        async with department.refused(reason) as told:
            await department.do("ReportStage", CLERK, stage=stage)
        assert not field or told.metadata["field"] == field

    department.now = START + DAY
    await refused("MALFORMED", "matter", matter=None)
    await refused("ACT_IN_FUTURE", act_time=stamp(START + 9 * DAY))
    await report(department, asked)
    other = pb.OutsideMatter.FromString(here.matter.SerializeToString())
    other.body_id = await department.body()
    await refused("CASE_OF_ANOTHER_BODY", matter=other, stage_id="2")
    await refused("MALFORMED", "measure_kind", measure_kind=1, request_measure=_kind(asked, 1), stage_id="3")
    visit = await inspecting(department)
    approval = visit.teller.tell("approve_inspection", HEAD[0])
    about = type(approval.inspection)(**visit.about)
    await refused("MALFORMED", "inspection", inspection=about, stage_id="4")
    department.now = START + DAY
    for field, value in (("matter", here.matter), ("measure_kind", 1)):
        misplaced = pb.OutsideStage.FromString(approval.SerializeToString())
        misplaced.inspection.CopyFrom(about)
        misplaced.MergeFrom(pb.OutsideStage(**{field: value}))  # type: ignore[arg-type]
        async with department.refused("MALFORMED") as told:
            await department.do("ReportStage", CLERK, stage=misplaced)
        assert told.metadata["field"] == field
    async with department.refused("MALFORMED") as told:
        await department.do("ReportStage", CLERK, stage=approval)
    assert told.metadata["field"] == "inspection"


def _kind(stage: pb.OutsideStage, kind: int) -> Any:
    request = type(stage.request_measure).FromString(stage.request_measure.SerializeToString())
    request.kind = kind  # type: ignore[assignment]
    return request


@pytest.mark.parametrize("name", KIND_OF)
async def test_each_act_is_taken_alone_and_late_and_changes_nothing_twice(
    department: Department, name: str
) -> None:
    """Whatever the order, none of it fails, and what it breaks is said with its article."""
    here, visit = await besides(department), await inspecting(department)
    kind = KIND_OF[name]
    permit = await applying(department) if kind == "permit" else {}
    t = Teller(f"许{next(serial)}") if permit else here.teller() if kind != "inspection" else visit.teller
    more: dict[str, Any] = {"measure_kind": measures.MEASURE_KIND_SEIZE} if kind == "measure" else {}
    for days in (20, 10, 30):
        t.at = START + days * DAY
        stage = t.tell(name, UNIT[0], NEEDED.get(name, {}), **more)
        if kind == "inspection":
            stage.inspection.CopyFrom(type(stage.inspection)(**visit.about))
        if permit:
            stage.permit.CopyFrom(type(stage.permit)(**permit))

    standing = await report(department, *t.stages, now=START + 40 * DAY)

    told = department.names(standing.record_id)
    assert len(told) >= 3
    for breach in standing.breaches:
        assert breach.law and breach.text_zh and breach.text_en, breach
    again = await department.do("ReportStage", CLERK, stage=t.stages[0])
    assert again.result.outcome == pb.STAGE_OUTCOME_KNOWN
    assert department.names(standing.record_id) == told


NEEDED: dict[str, dict[str, Any]] = {
    "order_correction": {"due_time": stamp(START + 60 * DAY)},
    "refer_clue": {"violation": {"title": "示例违法行为"}},
    "record_police_answer": {"said": referrals.POLICE_SAID_OPENED},
    "send_to_appraisal": {"ground": law_pb2.GROUND_TESTING},
    "execute_measure": {"execution": {}},
    "execute_urgently": {"execution": {}},
    "record_criminal_outcome": {"outcome": {}},
    "check_in_urgently": {"urgency": {}},
    "deliver_freezing_decision": {"decision": {}},
    "exclude_permit_time": {"ground": law_pb2.GROUND_TESTING, "days": 5},
    "notify_permit_hearing": {"hold_at": stamp(START + 60 * DAY)},
}


# From the archive -------------------------------------------------------------------------------------


async def test_the_archive_is_judged_by_the_law_of_its_day_and_runs_no_terms(department: Department) -> None:
    here = await besides(department)
    stages = here.measure()
    for stage in stages:
        stage.act_time.seconds -= 3 * 365 * 86400
        stage.matter.violation.occur_time.seconds -= 3 * 365 * 86400
        stage.imported = True
    named(stages, "execute_measure").execute_measure.execution.CopyFrom(measures.Execution())
    visit = await inspecting(department)
    old = [*visit.opened(), *await visit.rest("CheckIn", "RecordInspection", "FindNothing")]
    for stage in old:
        stage.act_time.seconds -= 3 * 365 * 86400
        stage.imported = True

    measure = await report(department, *stages, now=START + 90 * DAY)
    inspection = await report(department, *old, now=START + 90 * DAY)

    assert {"TOO_FEW_OFFICERS", "PAPERS_NOT_DELIVERED"} <= reasons(measure, "ExecuteMeasure")
    assert (await measure_of(department, measure)).origin.imported and not measure.due
    # the rules on inspections of 2025 were no law yet
    assert not inspection.breaches and not inspection.missing


async def test_a_case_that_was_decided_before_the_reply_says_so(world: Department) -> None:
    """What was asked about a case of another system held it as any other, by when it was asked and replied to."""
    for number, replied, held in ((1, 3600, True), (2, -60, False)):
        stages = in_time(new_record("ordinary"))
        decide = named(stages, "make_decision")
        told = await report_case(world, *(s for s in stages if s.act_time.seconds < decide.act_time.seconds))
        matter = ImportantMatter(
            matter_id=f"MT-outside-{number}", node=NODE, record_id=told.case_id, version=2
        )
        matter.ask_time.seconds = decide.act_time.seconds - 3600
        await world.hear(ImportantMatterAsked(important_matter=matter))
        matter.version, matter.end_time.seconds = 3, decide.act_time.seconds + replied
        await world.hear(ImportantMatterReplied(important_matter=matter))

        decided = await report_case(world, decide)

        found = {b.reason for b in decided.breaches if b.act == "MakeDecision"}
        assert ("INSTRUCTIONS_AWAITED" in found) is held
