"""The intake: a department that keeps its cases in a system of its own reports them stage by stage, in any order and late."""

import random

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import outside_pb2 as pb

from services.enforcement.outside.entering import ENTERS
from services.enforcement.outside.stage import ASKED, GOES, NOT_READ
from services.kit.arrival import message_class
from tests.enforcement.department import Department
from tests.enforcement.outside_world import LATER
from tests.enforcement.samples import CLERK
from tests.enforcement.stages_told import (
    SERIAL,
    in_time,
    named,
    new_record,
    reasons,
    report,
    send,
    stage_of,
    stages_of,
    without,
)
from tests.law.records import RECORDS

# What a case has of its own, however it came.
OWN = (
    "case_id",
    "update_time",
    "version",
    "last_act",
    "origin",
    "deadlines",
    "matter",
    "party",
    "case_number",
)


def bare(case: cases.Case) -> list[str]:
    """What of a case does not depend on how it was told."""
    left = cases.Case.FromString(case.SerializeToString())
    for field in OWN:
        left.ClearField(field)  # type: ignore[arg-type]
    for mark in left.evidence_marks:
        mark.evidence_id = ""
    for paid in left.payments:
        paid.bank_reference = ""
    if left.HasField("spot"):
        left.decision.document_number = left.service.receipt = ""
        for ended in left.outcomes:
            ended.document_number = ""
    return str(left).splitlines()


def clocks(case: cases.Case) -> dict[str, tuple[int, int]]:
    return {d.clock_id: (d.start_time.seconds, d.stop_time.seconds) for d in case.deadlines}


@pytest.mark.parametrize("name", RECORDS)
async def test_a_lawful_case_told_in_time_breaks_nothing(world: Department, name: str) -> None:
    stages = in_time(new_record(name))

    standing = await report(world, *stages)

    assert [(b.act, b.reason) for b in standing.breaches] == []
    assert [m.act for m in standing.missing] == []
    told = await world.case(standing.case_id)
    assert told.source == cases.CASE_SOURCE_OUTSIDE and not told.origin.reordered


@pytest.mark.parametrize("name", RECORDS)
async def test_the_same_case_comes_of_stages_in_any_order(world: Department, name: str) -> None:
    straight = await world.case((await report(world, *in_time(new_record(name)))).case_id)
    shuffled = stages_of(new_record(name))
    random.Random(name).shuffle(shuffled)

    case = await world.case((await report(world, *shuffled)).case_id)

    assert bare(case) == bare(straight)
    assert clocks(case) == clocks(straight)
    assert case.origin.reordered


async def test_what_is_missing_is_listed_and_filled_later(world: Department) -> None:
    stages = in_time(new_record("ordinary"))

    gap = await report(world, *without(stages, "serve_prior_notice", "submit_report"))

    assert [m.act for m in gap.missing] == ["SubmitReport", "ServePriorNotice"]
    assert all(m.title_zh and m.title_en and m.law for m in gap.missing)
    assert "NO_DECISION_WITHOUT_NOTICE" in reasons(gap, "MakeDecision")

    filled = await report(world, named(stages, "serve_prior_notice"), named(stages, "submit_report"))

    assert not filled.missing and not filled.breaches
    assert filled.case_id == gap.case_id


async def test_a_later_stage_never_makes_an_earlier_act_lawful(world: Department) -> None:
    stages = in_time(new_record("ordinary"))
    review, decision = named(stages, "conclude_review"), named(stages, "make_decision")
    review.act_time.seconds = decision.act_time.seconds + 60

    standing = await report(world, *stages)

    assert "LEGAL_REVIEW_NOT_PASSED" in reasons(standing, "MakeDecision")
    assert reasons(standing, "ConcludeReview") == {"ACT_NOT_OPEN"}
    assert standing.state == cases.CASE_STATE_CLOSED
    for breach in standing.breaches:
        assert breach.law and breach.text_zh and breach.text_en and breach.HasField("act_time")


async def test_its_terms_run_from_the_facts_and_are_told(world: Department) -> None:
    until = without(in_time(new_record("ordinary")), "record_payment", "close_case", "publish_decision", "record_outcome",
                    "withdraw_publication", "record_performance", "request_deferral", "decide_deferral")  # fmt: skip

    standing = await report(world, *until)

    due = {d.clock_id: d for d in standing.due}
    assert due["PEN-19"].start_time == named(until, "serve_decision").act_time
    assert [d.due_time.seconds for d in standing.due] == sorted(d.due_time.seconds for d in standing.due)


async def test_a_stage_counts_once(world: Department) -> None:
    stages = in_time(new_record("ordinary"))
    standing = await report(world, *stages)
    before = world.names(standing.case_id)

    again = await world.do("ReportStage", CLERK, stage=stages[3])

    assert again.result.outcome == pb.STAGE_OUTCOME_KNOWN and again.result.case_id == standing.case_id
    assert world.names(standing.case_id) == before and len(before) >= len(stages)
    stages[3].actor = "another"
    async with world.refused("STAGE_REUSED") as no:
        await world.do("ReportStage", CLERK, stage=stages[3])
    assert no.metadata["stage_id"] == stages[3].stage_id


async def test_what_cannot_be_a_fact_is_refused(world: Department) -> None:
    world.now = LATER
    stages = in_time(new_record("ordinary"))
    first = stages[0]

    future = pb.OutsideStage.FromString(first.SerializeToString())
    future.act_time.seconds = int(LATER.timestamp()) + 1
    async with world.refused("ACT_IN_FUTURE"):
        await world.do("ReportStage", CLERK, stage=future)
    unknown = pb.OutsideStage.FromString(first.SerializeToString())
    unknown.matter.body_id = unknown.register_clue.body_id = "B-nobody"
    async with world.refused("SUBJECT_NOT_QUALIFIED"):
        await world.do("ReportStage", CLERK, stage=unknown)
    bare_stage = pb.OutsideStage.FromString(first.SerializeToString())
    bare_stage.ClearField("register_clue")
    async with world.refused("MALFORMED"):
        await world.do("ReportStage", CLERK, stage=bare_stage)
    nameless = pb.OutsideStage.FromString(stages[1].SerializeToString())
    nameless.ClearField("matter")
    async with world.refused("MALFORMED") as no:
        await world.do("ReportStage", CLERK, stage=nameless)
    assert no.fields == ["matter"]
    await report(world, first)
    other = pb.OutsideStage.FromString(stages[1].SerializeToString())
    other.matter.body_id = "B-2"
    async with world.refused("CASE_OF_ANOTHER_BODY"):
        await world.do("ReportStage", CLERK, stage=other)


async def test_a_payment_and_a_filing_number_are_of_one_case(world: Department) -> None:
    one, two = in_time(new_record("ordinary")), in_time(new_record("ordinary"))
    named(one, "file_case").document_number = named(two, "file_case").document_number = (
        f"示罚立{next(SERIAL)}"
    )
    named(two, "record_payment").record_payment.bank_reference = named(
        one, "record_payment"
    ).record_payment.bank_reference
    await report(world, *one)

    [reply] = await send(world, two)

    refused = {r.refusal.reason for r in reply.results if r.outcome == pb.STAGE_OUTCOME_REFUSED}
    assert refused == {"PAYMENT_ALREADY_RECORDED", "ALREADY_REPORTED"}
    assert all(r.refusal.text_zh and r.refusal.text_en for r in reply.results if r.HasField("refusal"))
    assert {m.act for m in reply.standings[0].missing} >= {"FileCase"}


async def test_a_stream_answers_each_stage_and_a_bad_one_holds_up_no_other(world: Department) -> None:
    many = [in_time(new_record(name)) for name in RECORDS]
    bad = pb.OutsideStage.FromString(many[0][1].SerializeToString())
    bad.stage_id, bad.file_case.law = f"bad-{next(SERIAL)}", "x" * 3000
    parts = [[*many[0][:4], bad, *many[0][4:]], *many[1:], many[2]]

    replies = await send(world, *parts)

    for part, reply in zip(parts, replies, strict=True):
        assert [r.stage_id for r in reply.results] == [s.stage_id for s in part]
    outcomes = [[r.outcome for r in reply.results] for reply in replies]
    assert outcomes[0].pop(4) == pb.STAGE_OUTCOME_REFUSED
    assert replies[0].results[4].refusal.field == "file_case.law"
    assert {o for one in outcomes[:-1] for o in one} == {pb.STAGE_OUTCOME_TAKEN}
    assert set(outcomes[-1]) == {pb.STAGE_OUTCOME_KNOWN}
    assert not any(s.breaches for reply in replies for s in reply.standings)


async def test_a_blank_is_taken_and_told(world: Department) -> None:
    stages = in_time(new_record("notice first"))
    hearing = named(stages, "hold_hearing")
    hearing.hold_hearing.record = ""

    [reply] = await send(world, stages)

    blanks = {r.stage_id: list(r.blanks) for r in reply.results}
    assert {r.outcome for r in reply.results} == {pb.STAGE_OUTCOME_TAKEN}
    assert blanks[hearing.stage_id] == ["record"]
    assert blanks[named(stages, "waive_defence").stage_id] == []


async def test_an_act_here_stays_when_a_stage_comes_late(world: Department) -> None:
    stages = without(
        in_time(new_record("ordinary")),
        "close_case",
        "record_outcome",
        "withdraw_publication",
        "file_major_penalty",
    )
    late = named(stages, "serve_prior_notice")
    case_id = (await report(world, *without(stages, "serve_prior_notice"))).case_id
    await world.do("FileMajorPenalty", ("head-1", "AGENCY_HEAD"), case_id=case_id)
    await world.do(
        "CloseCase",
        ("head-1", "AGENCY_HEAD"),
        case_id=case_id,
        report="结案",
        closing={"correction": "已改正"},
    )
    before = await world.case(case_id)

    standing = await report(world, late)

    case = await world.case(case_id)
    assert not standing.breaches and case.origin.reordered
    assert case.report_time == before.report_time and case.close_time == before.close_time
    assert case.state == cases.CASE_STATE_CLOSED
    assert (
        clocks(case).items() >= {k: v for k, v in clocks(before).items() if k in ("PEN-15", "PEN-27")}.items()
    )


# What goes into the record by more than a copy, or is asked by the rules of the act alone.
BY_THE_ACT = {"record_evidence", "verify_evidence", "exclude_evidence",
              "record_payment", "record_refund", "record_performance", "request_recusal", "decide_recusal",
              "record_remedy", "record_remedy_end", "record_stay", "record_stay_end",
              "propose_own_correction", "decide_own_correction", "correct_credit",
              "assign_officers", "make_spot_decision", "publish_decision", "record_outcome", "appoint_hearing_panel",
              "notify_hearing", "announce_hearing", "hold_hearing", "end_hearing", "report_hearing"}  # fmt: skip


def test_every_field_of_a_stage_has_a_place() -> None:
    for name in ASKED:
        asked = pb.OutsideStage.DESCRIPTOR.fields_by_name[name].message_type
        fields = (
            {f.name for f in asked.fields}
            - (set() if name == "transfer_case" else NOT_READ)
            - GOES.get(name, {}).keys()
        )
        of_matter = {"item_id", "area_code"} if "party" in asked.fields_by_name else set()
        left = fields - of_matter - {"request_id", "case_id"} - {f for f in fields if f.endswith("_time")}
        assert not left or name in BY_THE_ACT, (name, left)
    assert ENTERS.keys() <= set(ASKED) and GOES.keys() <= set(ASKED)


@pytest.mark.parametrize("late", [False, True])
async def test_the_case_is_about_what_its_last_act_tells(world: Department, late: bool) -> None:
    stages = in_time(new_record("ordinary"))
    for stage in stages[-3:]:
        stage.matter.party.name = "更名后的企业"

    standing = await report(world, *(reversed(stages) if late else stages))

    case = await world.case(standing.case_id)
    assert case.party.name == "更名后的企业" and not standing.breaches


@pytest.mark.parametrize("late", [False, True])
async def test_who_did_a_stage_did_the_act_not_who_tells_of_it(world: Department, late: bool) -> None:
    stages = in_time(new_record("ordinary"))
    close = named(stages, "close_case")

    standing = await report(world, *((close, *without(stages, "close_case")) if late else stages))

    events = [message_class(e.type).FromString(e.data) for e in world.events(standing.case_id)]
    told = {type(e).__name__: e.case.last_act.actor for e in events if "case" in e.DESCRIPTOR.fields_by_name}
    assert told["CaseClosed"] == close.actor != CLERK[0]
    assert told["DecisionMade"] == named(stages, "make_decision").actor


def changed_and_annulled() -> tuple[list[pb.OutsideStage], cases.Case]:
    """A case whose fine a reconsideration halved after it was decided, and then the court annulled the decision."""
    record = new_record("ordinary")
    stages = without(in_time(record), "record_outcome", "withdraw_publication", "record_payment", "close_case",
                     "publish_decision", "file_major_penalty", "request_deferral", "decide_deferral")  # fmt: skip
    changed = stage_of(record, "record_outcome", stages[0].source_case)
    said = changed.record_outcome
    said.kind, said.authority, said.document = (
        cases.OUTCOME_KIND_CHANGED,
        "示例市人民政府",
        "示府行复〔2026〕8号",
    )
    said.remedy = cases.REMEDY_RECONSIDERATION
    said.penalty.CopyFrom(record.decision.penalty)
    said.penalty.fine.fen //= 2
    changed.act_time.seconds = named(stages, "serve_decision").act_time.seconds + 86400
    annulled = pb.OutsideStage.FromString(changed.SerializeToString())
    annulled.stage_id, annulled.act_time.seconds = "annulled", changed.act_time.seconds + 86400
    annulled.record_outcome.ClearField("penalty")
    annulled.record_outcome.remedy = cases.REMEDY_SUIT
    annulled.record_outcome.kind, annulled.record_outcome.document = (
        cases.OUTCOME_KIND_ANNULLED,
        "（2026）行终8号",
    )
    return [*stages, changed, annulled], record


async def test_outcomes_follow_one_another_however_they_are_told(world: Department) -> None:
    told, record = changed_and_annulled()

    straight = await report(world, *told)
    late, _ = changed_and_annulled()
    shuffled = await report(world, *reversed(late))

    for standing in (straight, shuffled):
        case = await world.case(standing.case_id)
        assert not standing.breaches
        assert [o.kind for o in case.outcomes] == [cases.OUTCOME_KIND_CHANGED, cases.OUTCOME_KIND_ANNULLED]
        assert case.set_aside.kind == cases.SET_ASIDE_KIND_ANNULLED
        assert case.decision.penalty.fine.fen == record.decision.penalty.fine.fen // 2
        assert case.decision.decided == record.decision.penalty
        assert {"DecisionSetAside", "DecisionAnnulled"} <= set(world.names(standing.case_id))


async def test_an_outcome_that_is_heavier_or_told_twice_is_a_breach(world: Department) -> None:
    told, record = changed_and_annulled()
    told[-2].record_outcome.penalty.fine.fen = record.decision.penalty.fine.fen * 2
    told[-1].record_outcome.document = told[-2].record_outcome.document

    standing = await report(world, *told)

    assert reasons(standing, "RecordOutcome") == {"REFORMATIO_IN_PEIUS", "ALREADY_DONE"}


async def test_an_outcome_recorded_here_stays_when_a_stage_comes_late(world: Department) -> None:
    told, _ = changed_and_annulled()
    late = named(told, "serve_prior_notice")
    case_id = (await report(world, *without(told, "serve_prior_notice", "record_outcome"))).case_id
    said = told[-2].record_outcome
    await world.do(
        "RecordOutcome", CLERK, case_id=case_id, kind=said.kind, remedy=said.remedy, authority=said.authority,
        document=said.document, outcome_time=told[-2].act_time, penalty=said.penalty,
    )  # fmt: skip
    before = await world.case(case_id)

    await report(world, late)

    case = await world.case(case_id)
    assert case.origin.reordered and list(case.outcomes) == list(before.outcomes)
    assert case.decision.penalty == before.decision.penalty == said.penalty
    assert case.set_aside == before.set_aside


async def test_a_stay_recorded_here_is_ended_by_a_stage_whatever_comes_late(world: Department) -> None:
    """The reconsideration and the stay stand in the case; that they ended is told, and then an earlier stage."""
    told, record = changed_and_annulled()
    told = without(told, "record_outcome")
    served, late = named(told, "serve_decision"), named(told, "serve_prior_notice")
    case_id = (await report(world, *without(told, "serve_prior_notice"))).case_id
    ends = [stage_of(record, name, told[0].source_case) for name in ("record_stay_end", "record_remedy_end")]
    ends[0].record_stay_end.stay_document, ends[0].record_stay_end.document = "停止执行1号", "恢复执行1号"
    ends[1].record_remedy_end.end, ends[1].record_remedy_end.document = 1, "复议决定书1号"
    for n, stage in enumerate(ends):
        stage.act_time.seconds = served.act_time.seconds + (n + 2) * 86400
    begin = {"case_id": case_id, "authority": "示例市人民政府", "begin_time": served.act_time}
    await world.do("RecordRemedy", CLERK, kind=1, document="受理通知书1号", **begin)
    await world.do(
        "RecordStay", CLERK, ordered_by=1, document="停止执行1号", ground=3, cause="损失难以弥补", **begin
    )

    await report(world, *ends)
    before = await world.case(case_id)
    standing = await report(world, late)

    case = await world.case(case_id)
    assert case.origin.reordered and not standing.breaches
    assert list(case.stays) == list(before.stays) and list(case.remedies) == list(before.remedies)
    assert case.stays[0].end_time == ends[0].act_time and case.remedies[0].end_time == ends[1].act_time


async def test_a_decision_to_be_made_anew_is_no_stage_and_ends_the_telling(world: Department) -> None:
    told, _ = changed_and_annulled()
    told[-1].record_outcome.anew = True
    case_id = (await report(world, *without(told, "record_outcome", "register_clue"))).case_id

    async with world.refused("MALFORMED") as no:
        await world.do("ReportStage", CLERK, stage=told[-1])
    assert no.fields == ["record_outcome.anew"]
    said = told[-1].record_outcome
    await world.do(
        "RecordOutcome", CLERK, case_id=case_id, kind=said.kind, remedy=said.remedy, authority=said.authority,
        document=said.document, outcome_time=told[-1].act_time, anew=True,
    )  # fmt: skip
    before = await world.case(case_id)
    async with world.refused("MALFORMED") as no:
        await world.do("ReportStage", CLERK, stage=named(told, "register_clue"))
    assert no.fields == ["source_case"]
    after = await world.case(case_id)
    for case in (before, after):  # whose terms pass meanwhile
        case.ClearField("deadlines")
        case.ClearField("version")
    assert after == before


async def test_a_form_of_the_body_stands_on_one_decision(world: Department) -> None:
    one, two = in_time(new_record("summary")), in_time(new_record("summary"))
    form = named(one, "make_spot_decision").make_spot_decision.form_number
    named(two, "make_spot_decision").make_spot_decision.form_number = form

    first = await report(world, *reversed(one))
    second = await report(world, *two)

    assert not first.breaches
    assert reasons(second, "MakeSpotDecision") == {"FORM_NUMBER_USED"}


async def test_a_hearing_is_judged_by_what_its_stages_tell(world: Department) -> None:
    stages = in_time(new_record("notice first"))
    named(stages, "notify_hearing").notify_hearing.receipt = ""
    named(stages, "hold_hearing").actor = "host-2"

    standing = await report(world, *without(stages, "report_hearing"))

    assert "HEARING_NOTICE_SHORT" in reasons(standing, "NotifyHearing")
    assert "HEARING_NOT_BY_HOST" in reasons(standing, "HoldHearing")
    assert "HEARING_REPORT_MISSING" in reasons(standing, "MakeDecision")


async def test_a_sample_and_a_device_are_judged_by_what_their_stage_tells(world: Department) -> None:
    stages = in_time(new_record("notice first"))
    asked = named(stages, "record_evidence").record_evidence
    asked.sampling.told, asked.sampling.seal_number = "到场通知书2号", "封条3号"
    asked.monitoring.device, asked.monitoring.reviewer = "在线监控设备4号", "R-1"

    standing = await report(world, *stages)

    assert reasons(standing, "RecordEvidence") == {
        "SAMPLING_DEFECT", "SAMPLER_NOT_QUALIFIED", "MONITORING_NOT_REVIEWED", "MONITORING_NOT_TOLD",
    }  # fmt: skip
    listed = await world.do("ListEvidence", CLERK, case_id=standing.case_id)
    assert [e.sampling for e in listed.evidence if e.HasField("sampling")] == [asked.sampling]
    assert [e.monitoring for e in listed.evidence if e.HasField("monitoring")] == [asked.monitoring]


async def test_what_was_corrected_here_stays_right_when_a_stage_comes_late(world: Department) -> None:
    stages = in_time(new_record("ordinary"))
    named(stages, "submit_report").submit_report.report = "调查终结抱告"
    case_id = (await report(world, *without(stages, "serve_prior_notice"))).case_id
    reply = await world.do(
        "CorrectRecord", ("O-1", "HANDLING_OFFICER"), case_id=case_id, field="report", before="调查终结抱告",
        after="调查终结报告", reason="笔误", proof="原件",
    )  # fmt: skip
    correction_id = reply.case.corrections[0].correction_id
    await world.do(
        "DecideCorrection",
        ("head-1", "AGENCY_HEAD"),
        case_id=case_id,
        correction_id=correction_id,
        approved=True,
        opinion="属实",
    )

    await report(world, named(stages, "serve_prior_notice"))

    assert (await world.case(case_id)).report == "调查终结报告"
