"""The archive of a department's own case system, brought in stage by stage."""

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path

from yifa.enforcement.v1 import outside_pb2 as pb

from services.cli.outside.send import send
from tests.bench.processes import Process, Processes
from tests.enforcement.alone import BODY, Alone
from tests.enforcement.stages_told import in_time, new_record

PART = 450


@dataclass(frozen=True)
class Archive:
    """Stages a second; how many cases there should be and are, and how many stages were refused."""

    rate: float
    wanted: int
    kept: int
    refused: int


def bring_the_archive(folder: Path, cases: int, processes: Processes) -> Archive:
    """Bring so many closed cases of three years ago into a process with SQLite."""
    alone = Alone(folder / "archive")
    asyncio.run(alone.know())
    server: Process = processes.start(
        "archive", "services.enforcement", str(alone.settings), port=alone.port
    ).wait()
    told = archive(cases)
    seconds, refused = asyncio.run(bring(alone, told))
    processes.end(server)
    [[kept]] = alone.rows('select count(*) from "case"')
    return Archive(len(told) / seconds, cases, kept, refused)


def archive(cases: int) -> list[pb.OutsideStage]:
    """Closed cases, each with all its stages, of three years ago."""
    record = new_record("ordinary")
    record.body_id, record.item_id = BODY, ""
    of_one = in_time(record)
    told = []
    for n in range(cases):
        for stage in of_one:
            copy = pb.OutsideStage.FromString(stage.SerializeToString())
            copy.source_case, copy.imported = f"档案{n}", True
            copy.act_time.seconds -= 3 * 365 * 86400
            copy.matter.violation.occur_time.seconds -= 3 * 365 * 86400
            copy.matter.party.name = f"示例企业{n}"
            if copy.HasField("record_payment"):
                copy.record_payment.bank_reference = f"BANK-{n}"
            told.append(copy)
    return told


async def bring(alone: Alone, told: list[pb.OutsideStage]) -> tuple[float, int]:
    began, refused = time.perf_counter(), 0
    async for reply in send(alone.target, alone.metadata, told, PART):
        refused += sum(r.outcome != pb.STAGE_OUTCOME_TAKEN for r in reply.results)
    return time.perf_counter() - began, refused
