"""What the city makes of events: every early warning on, against only keeping them; on one core, by the time that takes of it.

`python -m tests.bench.oversight` runs it alone. `FOLDER COUNT HOW` is one measurement, in a process of its own.
"""

import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from sqlalchemy import func, select
from yifa.enforcement.v1 import case_pb2, evidence_pb2
from yifa.registry.v1 import certificate_pb2
from yifa.registry.v1 import events_pb2 as registry

from services.kit.access import Gate
from services.kit.member import Member
from services.kit.reader import BATCH as AT_ONCE
from services.kit.reader import Batch, Delivery
from services.kit.signing import Signer
from services.supervision.__main__ import SERVICE
from services.supervision.event import reactions
from services.supervision.event.model import Received
from services.supervision.warning.model import Warning
from tests.bench.report import JUDGED, KEPT, Report
from tests.issuing import issuing
from tests.supervision.office import CITY, Journal, Office, at, lawful, new_case, number_of, settings

WHEN, DEPARTMENTS, OFFICERS = "2026-03-25 09:00", 20, 40
WRONG = 50
"""One case in so many is handled by an officer alone."""
WARM = 20
"""Cases whose events are taken in before the time is taken."""


class Told(Office):
    """The journals of the departments of a city, without an office that reads them."""

    def __init__(self) -> None:
        self.journals: dict[tuple[str, str], Journal] = {}
        self.signers: dict[str, Signer] = {}


def certified(told: Told) -> Iterator[Delivery]:
    """The certificates of all officers."""
    for n in range(DEPARTMENTS * OFFICERS):
        held = certificate_pb2.Certificate(
            certificate_number=number_of(f"O-{n}"), officer_id=f"O-{n}", officer_name=f"O-{n}", version=1,
            node=f"d{n // OFFICERS}", issue_time=at("2025-01-05 00:00"), expire_time=at("2031-01-05 00:00"),
        )  # fmt: skip
        event = registry.CertificateIssued(certificate=held)
        yield told.journal(CITY, "registry").entry(event, at("2026-01-05 09:00"))


def life(told: Told, n: int) -> list[Delivery]:
    """A case from its clue to its closing, as its department tells of it."""
    node, mine = f"d{n % DEPARTMENTS}", OFFICERS * (n % DEPARTMENTS) + n // DEPARTMENTS % (OFFICERS - 1)
    officers = (f"O-{mine}", f"O-{mine + 1}")
    case = new_case(f"C-{n:07d}", node, officers)
    case.state, case.body_id = case_pb2.CASE_STATE_CLUE, f"B-{node}"
    case.clue.receive_time.FromDatetime(at("2026-02-27 09:00"))
    came: list[Delivery] = []

    def act(name: str, when: str, **more: Any) -> None:
        came.append(told.told(case, name, at(when) + timedelta(seconds=n % 3600), **more))

    def collected(when: str, *collectors: str) -> None:
        found = evidence_pb2.Evidence(
            evidence_id=f"E-{n}", case_id=case.case_id, collector_ids=collectors, collect_time=at(when),
            source="现场检查", certificate_shown=True,
        )  # fmt: skip
        act("EvidenceRecorded", when, evidence=found)

    act("ClueRegistered", "2026-02-27 09:00")
    case.state = case_pb2.CASE_STATE_FILED
    case.file_time.FromDatetime(at("2026-03-02 10:00"))
    act("CaseFiled", "2026-03-02 10:00")
    act("OfficersAssigned", "2026-03-02 11:00")
    collected("2026-03-03 10:00", *officers)
    collected("2026-03-04 10:00", *officers[: 1 if n % WRONG == 0 else 2])
    act("ReviewSubmitted", "2026-03-05 10:00")
    case.review.CopyFrom(case_pb2.Review(reviewer="R-1", passed=True, conclude_time=at("2026-03-06 10:00")))
    act("ReviewConcluded", "2026-03-06 10:00")
    decided = lawful(case_pb2.Case.FromString(case.SerializeToString()), when="2026-03-20 10:00")
    case.party.CopyFrom(decided.party)
    case.notice.CopyFrom(decided.notice)
    act("PriorNoticeServed", "2026-03-09 10:00")
    case.defence.CopyFrom(decided.defence)
    case.decision.CopyFrom(decided.decision)
    case.service.CopyFrom(decided.service)
    case.state = case_pb2.CASE_STATE_DECIDED
    act("DecisionMade", "2026-03-20 10:00")
    case.service.serve_time.FromDatetime(at("2026-03-21 10:00"))
    act("DecisionServed", "2026-03-21 10:00")
    case.state = case_pb2.CASE_STATE_CLOSED
    act("CaseClosed", "2026-03-23 10:00")
    return came


def told_in_turn(count: int) -> tuple[list[Delivery], list[Delivery]]:
    """What comes before the time is taken, and what comes then: of many cases at once, each in its order."""
    told = Told()
    before = [*certified(told)]
    for n in range(WARM):
        before += life(told, n)
    lives = [life(told, n) for n in range(WARM, WARM + count)]
    # A journal keeps its order: cases of one department are told one act after the other.
    return before, [delivery for each in lives for delivery in each]


async def measure(folder: Path, count: int, how: str) -> dict[str, float]:
    """Take in the events of so many cases, on one core."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    (folder / "clock").write_text(at(WHEN).isoformat())
    made, service = settings(folder), SERVICE
    issuers = issuing(folder)
    if how == "kept":
        reactions.ON.clear()
        service = replace(SERVICE, prepare=None)
    gate = Gate(issuers, CITY, CITY)
    running = Member(service, made, gate)
    before, then = told_in_turn(count)
    await take(running, before)
    memory, wall, cpu = peak(), time.perf_counter(), time.process_time()
    await take(running, then)
    spent, passed = time.process_time() - cpu, time.perf_counter() - wall
    grown = peak() - memory
    [[kept]] = running.rows(select(func.count()).select_from(Received.__table__))
    [[raised]] = running.rows(select(func.count()).select_from(Warning.__table__))
    parked = running.parked()
    await running.close()
    return {
        "events": len(then), "of_core": len(then) / spent, "per_second": len(then) / passed, "grown": grown,
        "kept": kept - len(before), "raised": raised, "parked": parked,
    }  # fmt: skip


async def take(running: Member, deliveries: list[Delivery]) -> None:
    """As a reader brings it: so many at once, of the city's own and of others apart."""
    for n in range(0, len(deliveries), AT_ONCE):
        some = deliveries[n : n + AT_ONCE]
        for source, own in (("local", True), ("law.>", False)):
            its = [d for d in some if (d.sender == CITY) is own]
            if its:
                await running.reactor.take(source, Batch(its))


def peak() -> float:
    """The most memory that this process ever held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def in_a_process(folder: Path, count: int, how: str) -> dict[str, float]:
    place = folder / how
    place.mkdir(parents=True)
    words = [sys.executable, "-m", "tests.bench.oversight", str(place), str(count), how]
    environment = {**os.environ, "PYTHONPATH": ".:proto/gen"}
    done = subprocess.run(words, capture_output=True, text=True, env=environment, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure_oversight(folder: Path, count: int, report: Report) -> None:
    """Every warning on, against keeping the events only, in one run."""
    judged, kept = (in_a_process(folder, count, how) for how in ("judged", "kept"))
    for how, found in (("judged", judged), ("kept", kept)):
        report.check(f"events {how} at the city", expected=int(found["events"]), found=int(found["kept"]))
        report.check(f"events parked, {how}", expected=0, found=int(found["parked"]))
    wrong = sum(n % WRONG == 0 for n in range(WARM + count))
    report.check("cases of which the city warned", expected=wrong, found=int(judged["raised"]))
    report.add(KEPT, [kept["of_core"]], "events/s")
    report.add(JUDGED, [judged["of_core"]], "events/s")
    report.add(JUDGED, [judged["of_core"]], "events/s", **{KEPT: [kept["of_core"]]})
    report.add("memory that judging took beyond keeping", [judged["grown"] - kept["grown"]], "MiB")


def main(
    folder: Annotated[Path | None, typer.Argument()] = None,
    count: Annotated[int, typer.Argument()] = 2_000,
    how: Annotated[str, typer.Argument()] = "",
) -> None:
    """Measure."""
    if how and folder is not None:
        print(json.dumps(asyncio.run(measure(folder, count, how))))
        return
    report = Report()
    with tempfile.TemporaryDirectory() as place:
        measure_oversight(Path(place), count, report)
    report.print(Console())
    sys.exit(1 if report.failures else 0)


if __name__ == "__main__":
    typer.run(main)
