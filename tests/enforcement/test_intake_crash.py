"""Stages come over a stream while the process is killed -9: what was answered is there, and nothing is there twice or half."""

import asyncio
from pathlib import Path

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import outside_pb2 as pb

from services.cli.outside.send import AHEAD, send
from services.cli.show import verify_file
from tests.enforcement.alone import BODY, Alone
from tests.enforcement.stages_told import in_time, new_record

CASES, PART = 60, 7


def stages() -> list[pb.OutsideStage]:
    """Cases a year back, of a body that a process knows."""
    told = []
    for _ in range(CASES):
        case = new_record("ordinary")
        case.body_id, case.item_id = BODY, ""
        told += in_time(case)
    for stage in told:
        stage.act_time.seconds -= 366 * 86400
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
        assert f"{result.system}\x1f{result.source_case}\x1f{result.stage_id}" in kept
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
    evidence = [
        events.EvidenceRecorded.FromString(d).evidence.evidence_id
        for (d,) in alone.rows("select data from journal where type like '%EvidenceRecorded'")
    ]
    assert len(evidence) == len(set(evidence)) == 3 * CASES
    await alone.kill()
    assert verify_file(alone.file).faults == []
