"""Stages come over a stream while the process is killed -9: what was answered is there, and nothing is there twice or half."""

import asyncio
from pathlib import Path

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import outside_pb2 as pb
from yifa.enforcement.v1.measure_pb2 import Measure
from yifa.enforcement.v1.referral_pb2 import Referral

from services.cli.outside.send import AHEAD, send
from services.enforcement.outside.model import case_key, record_key, stage_key
from tests.database import verified
from tests.enforcement.alone import BODY, Alone
from tests.enforcement.stages_told import in_time, new_record

CASES, PART = 60, 7


def stages() -> list[pb.OutsideStage]:
    """Cases a year back, of a body that a process knows."""
    told = []
    for _ in range(CASES):
        case = new_record("ordinary")
        case.body_id, case.item_id = BODY, ""
        of_case = in_time(case)
        told += of_case
        told += beside(of_case[0])
    for stage in told:
        stage.act_time.seconds -= 366 * 86400
    return told


def beside(first: pb.OutsideStage) -> list[pb.OutsideStage]:
    """A measure, and a referral, of a case: a few stages of each, the later first."""
    told = []
    for name, kind in (
        ("approve_measure", 2),
        ("request_measure", 2),
        ("report_crime", 0),
        ("flag_crime", 0),
    ):
        stage = pb.OutsideStage(
            system=first.system, source_case=first.source_case, source_record="1", stage_id=name, actor="O-1",
            measure_kind=kind, act_time=first.act_time, matter=first.matter,
        )  # fmt: skip
        stage.act_time.seconds += 3600 * (5 - len(told))
        getattr(stage, name).SetInParent()
        told.append(stage)
    return told


async def test_a_killed_stream_goes_on_and_nothing_is_lost_or_twice(tmp_path: Path) -> None:
    alone = Alone(tmp_path)
    await alone.know()
    await alone.start()
    told, answered = stages(), list[pb.StageResult]()
    half = asyncio.Event()

    async def report() -> None:
        async for reply in send(alone.target, alone.metadata, told, PART):
            answered.extend(reply.results)
            if len(answered) > len(told) // 3:
                half.set()

    reporting = asyncio.create_task(report())
    await asyncio.wait([reporting, asyncio.ensure_future(half.wait())], return_when=asyncio.FIRST_COMPLETED)
    before = len(answered)
    await alone.kill()
    kept = {key for (key,) in alone.rows("select key from outsidestage")}

    assert len(told) // 3 < before <= len(kept) < len(told)
    for result in answered[:before]:
        key = case_key(result.system, result.source_case)
        kind = {"M": "measure", "F": "referral"}.get(result.record_id[:1], "")
        home = record_key(key, kind, "1") if kind else key
        assert stage_key(home, result.stage_id) in kept
    await alone.start()
    await reporting

    assert [r.stage_id for r in answered] == [s.stage_id for s in told]
    outcomes = [r.outcome for r in answered]
    assert set(outcomes) <= {pb.STAGE_OUTCOME_TAKEN, pb.STAGE_OUTCOME_KNOWN}
    assert outcomes.count(pb.STAGE_OUTCOME_KNOWN) <= AHEAD * PART
    assert alone.rows("select count(*) from outsidestage") == [(len(told),)]
    records = [cases.Case.FromString(r) for (r,) in alone.rows('select record from "case"')]
    assert len(records) == CASES
    assert {c.state for c in records} == {cases.CASE_STATE_CLOSED}
    assert {(c.evidence_count, len(c.payments)) for c in records} == {(3, 1)}
    for table, message, acts in (
        ("measure", Measure, ["REQUEST", "APPROVE"]),
        ("referral", Referral, ["FLAG", "REPORT"]),
    ):
        beside = [message.FromString(r) for (r,) in alone.rows(f"select record from {table}")]
        assert len({each.case_id for each in beside}) == len(beside) == CASES
        assert all([t.act for t in each.origin.told] == acts for each in beside)
    assert alone.rows("select count(*) from outsiderecord") == [(2 * CASES,)]
    evidence = [
        events.EvidenceRecorded.FromString(d).evidence.evidence_id
        for (d,) in alone.rows("select data from journal where type like '%EvidenceRecorded'")
    ]
    assert len(evidence) == len(set(evidence)) == 3 * CASES
    await alone.kill()
    assert verified(alone.file).faults == []
