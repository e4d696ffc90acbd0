"""Agreements that waive of a surcharge are made while the process is killed -9: each stands with its waiver, once."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import enforcement_pb2 as pb
from yifa.enforcement.v1.enforcement_service_pb2_grpc import EnforcementServiceStub

from services.enforcement.case.act import act as on_case
from services.enforcement.case.model import Case
from services.enforcement.enforcement.act import act as on_enforcement
from services.enforcement.enforcement.model import Enforcement
from services.enforcement.head.model import Heads
from services.kit.access import mint
from services.kit.dial import channel
from services.kit.tx import Tx
from services.law import heads
from services.law.moment import put_moment
from tests.database import verified
from tests.enforcement.alone import BODY, NODE, Alone
from tests.enforcement.samples import DAY, stamp
from tests.supervision.office import at, lawful, new_case

MANY, HALF, CHIEF = 60, 15, "head-1"


def put_cases(tx: Tx) -> None:
    """A body with its head, and fines that are late beyond the cap, each with a decision to enforce it that was served."""
    term = {
        "appointment": "AP-1",
        "officer": CHIEF,
        "rank": heads.CHIEF,
        "from": 0,
        "until": None,
        "version": 1,
    }
    tx.add(Heads.new(body_id=BODY, terms=(term,)))
    for n in range(MANY):
        case = lawful(new_case(f"C-{n:02}", NODE), fine=100_000)
        case.state, case.body_id = cases.CASE_STATE_SERVED, BODY
        case.decision.surcharge.daily_percent, case.decision.surcharge.cap_percent = 3, 100
        case.service.serve_time.CopyFrom(stamp(at("2026-03-10 00:00")))
        own = pb.Enforcement(
            enforcement_id=f"Z-{n:02}", case_id=case.case_id, node=NODE, body_id=BODY,
            penalty_number=case.decision.document_number, state=pb.ENFORCEMENT_STATE_SERVED,
        )  # fmt: skip
        put_moment(own.begin_time, tx.now)
        for row, key, acts, record in (
            (Case, "case_id", on_case, case),
            (Enforcement, "enforcement_id", on_enforcement, own),
        ):
            made: dict[str, Any] = {key: getattr(record, key), **acts.columns(record)}
            tx.add(row.new(**made, record=record.SerializeToString(deterministic=True)))


def agreement(n: int) -> pb.AgreeOnEnforcementRequest:
    stage = pb.EnforcementStage(amount={"fen": 150_000}, due_time=stamp(datetime.now(UTC) + 90 * DAY))
    return pb.AgreeOnEnforcementRequest(
        request_id=f"R-{n:02}", enforcement_id=f"Z-{n:02}", terms="分期履行", stages=[stage], harmless=True,
        waived={"fen": 50_000}, mended="已改正",
    )  # fmt: skip


def stand(alone: Alone) -> list[tuple[bool, int]]:
    """Of each case: whether the agreement stands, and how many waivers the case shows."""
    agreed = [
        pb.Enforcement.FromString(r).state == pb.ENFORCEMENT_STATE_AGREED
        for (r,) in alone.rows("select record from enforcement order by case_id")
    ]
    shown = [
        len(cases.Case.FromString(r).surcharge_waivers)
        for (r,) in alone.rows('select record from "case" order by case_id')
    ]
    return list(zip(agreed, shown, strict=True))


async def test_an_agreement_and_its_waiver_stand_together_and_once(tmp_path: Path) -> None:
    alone = Alone(tmp_path)
    await alone.know()
    await alone.do(put_cases)
    token = mint((tmp_path / "token.key").read_bytes(), CHIEF, NODE, ("AGENCY_HEAD",))
    head = (("authorization", f"Bearer {token}"),)
    await alone.start()
    asked, answered = [agreement(n) for n in range(MANY)], list[str]()
    half = asyncio.Event()

    async def agree(request: pb.AgreeOnEnforcementRequest) -> None:
        async with channel(alone.target) as there:
            reply = await EnforcementServiceStub(there).AgreeOnEnforcement(request, metadata=head)
            answered.append(reply.enforcement.enforcement_id)
            if len(answered) >= HALF:
                half.set()

    async def one_by_one() -> None:
        for request in asked:
            await agree(request)

    refused = await alone.beside()
    assert "enforcement@huanbao" in refused and str(alone.process.pid) in refused
    doing = asyncio.ensure_future(one_by_one())
    enough = asyncio.ensure_future(half.wait())
    await asyncio.wait((doing, enough), timeout=60, return_when=asyncio.FIRST_COMPLETED)
    assert half.is_set(), doing
    await alone.kill()
    [_] = await asyncio.gather(doing, return_exceptions=True)
    killed_with = list(answered)
    assert HALF <= len(killed_with) < MANY
    halves = stand(alone)
    assert all(shown == int(agreed) for agreed, shown in halves), "neither stands without the other"
    assert all(halves[int(each.removeprefix("Z-"))][0] for each in killed_with)

    await alone.start()
    await asyncio.gather(*(agree(request) for request in asked))

    assert stand(alone) == [(True, 1)] * MANY
    for event in ("EnforcementAgreed", "SurchargeWaived"):
        [(told,)] = alone.rows(f"select count(*) from journal where type like '%.{event}'")
        assert told == MANY
    await alone.kill()
    assert verified(alone.file).faults == []
