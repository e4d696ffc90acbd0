"""Enforcement by the agency itself at the city: shown with its case, its terms run, its rules judged again (ACL 34–49)."""

from collections.abc import AsyncIterator
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import court_enforcement_pb2 as courts
from yifa.enforcement.v1 import enforcement_pb2 as pb
from yifa.registry.v1 import body_pb2, power_pb2
from yifa.registry.v1 import events_pb2 as registry

from services.given.measure import stamp
from tests.supervision.office import CITY, OPEN, Office, at, lawful, new_case, running_office

SERIAL = count(1)
BODY, POWERLESS, UNLISTED = "B-1", "B-2", "B-3"
BEGUN, URGED, DECIDED = at("2026-03-26 09:00"), at("2026-03-30 09:00"), at("2026-04-27 09:00")
SERVED, FORCED, AGREED = at("2026-04-27 10:00"), at("2026-04-28 10:00"), at("2026-04-29 10:00")
S = {name: pb.EnforcementState.Value(f"ENFORCEMENT_STATE_{name}") for name in (
    "UNPERFORMED", "DEMANDED", "DECIDED", "SERVED", "ENFORCING", "AGREED",
)}  # fmt: skip


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def city(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> AsyncIterator[Office]:
    """An office that knows a body with the power, one without, and one whose list it was not told of."""
    folder = tmp_path_factory.mktemp("enforcement")
    (folder / CITY).mkdir()
    (folder / CITY / migrated.name).write_bytes(migrated.read_bytes())
    async with running_office(folder, "2026-05-20 09:00") as office:
        for body_id in (BODY, POWERLESS, UNLISTED):
            body = body_pb2.EnforcementBody(
                body_id=body_id, node=new_case().node, name="示例机关", version=1, state=body_pb2.BODY_STATE_PUBLISHED,
                publish_time=stamp(at("2025-01-01 00:00")), power_list_version=int(body_id != UNLISTED),
            )  # fmt: skip
            await office.registry(registry.BodyPublished(body=body))
        item = power_pb2.PowerItem(
            item_id="P-1", body_id=BODY, kind=power_pb2.POWER_KIND_MONEY_ENFORCEMENT, version=1,
            from_time=stamp(at("2025-01-01 00:00")),
        )  # fmt: skip
        await office.registry(registry.PowerItemChanged(item=item))
        yield office


async def served(city: Office, body_id: str = BODY) -> cases.Case:
    """A case served on 10 March with three per cent a day told, of which nothing is paid."""
    case = lawful(new_case(f"C-{next(SERIAL)}"))
    case.state, case.body_id = cases.CASE_STATE_SERVED, body_id
    case.service.receipt = "送达回证"
    case.service.serve_time.CopyFrom(stamp(at("2026-03-10 00:00")))
    case.decision.penalty.fine.fen = 100_000
    case.decision.surcharge.daily_percent, case.decision.surcharge.cap_percent = 3, 100
    await city.tell(case, "DecisionServed", "2026-03-10 00:00")
    return case


def demand(when: datetime) -> courts.PerformanceDemand:
    return courts.PerformanceDemand(
        document_number="示罚催〔2026〕1号", manner="缴至银行", rights_told=True, receipt="送达回证",
        term_end_time=stamp(at("2026-04-09 00:00")), serve_time=stamp(when), amount={"fen": 115_000},
    )  # fmt: skip


async def enforced(city: Office, body_id: str = BODY, **wrong: Any) -> cases.Case:
    """The whole way, with what is wrong in it by the path of the field."""
    case = await served(city, body_id)
    own = pb.Enforcement(
        enforcement_id=f"Z-{case.case_id}", case_id=case.case_id, node=case.node, body_id=body_id,
        penalty_number=case.decision.document_number, begin_time=stamp(BEGUN), state=S["UNPERFORMED"],
    )  # fmt: skip

    async def tell(event: str, state: str, when: datetime) -> None:
        own.state = S[state]
        for path, value in wrong.items():
            part, field = path.split("__")
            if own.HasField(part):
                put(getattr(own, part), field, value)
        await city.tell_beside(own, event, when)

    await tell("EnforcementBegun", "UNPERFORMED", BEGUN)
    own.demand.CopyFrom(demand(URGED))
    await tell("EnforcementDemanded", "DEMANDED", URGED)
    own.decision.CopyFrom(pb.EnforcementDecision(
        document_number="示罚强执〔2026〕1号", reasons="逾期", basis="示例法第九条", manner="划拨", remedies="复议、诉讼",
        enforce_time=stamp(FORCED), decide_time=stamp(DECIDED), decider="head-1",
    ))  # fmt: skip
    await tell(
        "EnforcementDecided", "DECIDED", own.decision.decide_time.ToDatetime(at("2026-01-01 00:00").tzinfo)
    )
    own.decision.receipt = "送达回证"
    own.decision.serve_time.CopyFrom(stamp(SERVED))
    await tell("EnforcementDecisionServed", "SERVED", SERVED)
    own.execution.CopyFrom(pb.EnforcementExecution(
        means=pb.ENFORCEMENT_MEANS_TRANSFER, bank="示例银行", bank_notice="协助划拨通知书", residents_supplied=True,
        execute_time=stamp(FORCED),
    ))  # fmt: skip
    await tell("EnforcementStarted", "ENFORCING", FORCED)
    own.agreement.CopyFrom(pb.EnforcementAgreement(
        terms="分期", harmless=True, mended="已改正", waived={"fen": 50_000}, agree_time=stamp(AGREED), decider="head-1",
        stages=[pb.EnforcementStage(amount={"fen": 150_000}, due_time=stamp(at("2026-06-01 00:00")))],
    ))  # fmt: skip
    await tell("EnforcementAgreed", "AGREED", AGREED)
    return case


def put(record: Any, field: str, value: Any) -> None:
    if isinstance(value, datetime):
        getattr(record, field).CopyFrom(stamp(value))
    elif isinstance(value, dict):
        getattr(record, field).fen = value["fen"]
    else:
        setattr(record, field, value)


async def warned(city: Office, case_id: str) -> set[str]:
    found = (await city.case(case_id)).warnings
    return {w.citation.code for w in found if w.state == OPEN and w.rule_id == "EW-35"}


async def test_a_lawful_one_is_shown_with_its_case_and_raises_nothing(city: Office) -> None:
    case = await enforced(city)

    seen = await city.case(case.case_id)

    assert [e.state for e in seen.enforcements] == [S["AGREED"]]
    assert await warned(city, case.case_id) == set()
    assert not {n.reason for n in seen.not_judged} & {"NO_POWER_TO_ENFORCE", "SURCHARGE_TOO_SHORT"}
    clocks = {d.clock_id for d in seen.deadlines if d.subject_id == f"Z-{case.case_id}"}
    assert clocks == {"PUB-01"}


@pytest.mark.parametrize(
    ("wrong", "law"),
    [
        ({"demand__rights_told": False}, "ACL-2011:35"),
        ({"demand__receipt": " "}, "ACL-2011:38"),
        ({"demand__term_end_time": at("2026-05-01 00:00")}, "ACL-2011:37(1)"),
        ({"decision__decide_time": at("2026-04-24 09:00")}, "ACL-2011:46(1)"),
        ({"execution__execute_time": at("2026-05-01 10:00")}, "ACL-2011:43(1)"),
        ({"execution__execute_time": at("2026-04-28 22:00")}, "ACL-2011:43(1)"),
        ({"execution__residents_supplied": False}, "ACL-2011:43(2)"),
        ({"agreement__harmless": False}, "ACL-2011:42(1)"),
        ({"agreement__mended": " "}, "ACL-2011:42(1)"),
        ({"agreement__waived": {"fen": 100_001}}, "ACL-2011:42(1)"),
    ],
    ids=str,
)
async def test_a_rule_that_was_broken_is_a_warning(city: Office, wrong: dict[str, Any], law: str) -> None:
    case = await enforced(city, **wrong)

    async def told() -> bool:
        return law in await warned(city, case.case_id)

    await city.until(told, law)
    assert await warned(city, case.case_id) == {law}


async def test_a_body_without_the_power_is_a_warning_and_one_that_is_not_known_is_not_judged(
    city: Office,
) -> None:
    case, unknown = await enforced(city, POWERLESS), await enforced(city, UNLISTED)

    async def told() -> bool:
        return "ACL-2011:34" in await warned(city, case.case_id)

    await city.until(told, "the warning")
    assert await warned(city, unknown.case_id) == set()
    assert "NO_POWER_TO_ENFORCE" in {n.reason for n in (await city.case(unknown.case_id)).not_judged}


async def test_what_is_paid_afterwards_does_not_change_what_was_owed(city: Office) -> None:
    case = await enforced(city)
    case.payments.add(
        amount={"fen": 150_000}, surcharge={"fen": 50_000}, pay_time=stamp(at("2026-05-10 10:00"))
    )
    case.paid.fen, case.surcharge_paid.fen = 100_000, 50_000
    case.surcharge_waivers.add(
        amount={"fen": 50_000}, enforcement_id=f"Z-{case.case_id}", waive_time=stamp(AGREED)
    )
    await city.tell(case, "PaymentCompleted", "2026-05-10 10:00")

    assert await warned(city, case.case_id) == set()


@pytest.mark.parametrize(("body_id", "wanted"), [(BODY, {"ACL-2011:53"}), (POWERLESS, set())])
async def test_who_has_the_power_and_goes_to_the_court_is_a_warning(
    city: Office, body_id: str, wanted: set[str]
) -> None:
    city.clock("2026-10-20 09:00")
    case = await served(city, body_id)
    court = courts.CourtEnforcement(
        enforcement_id=f"Q-{case.case_id}", case_id=case.case_id, node=case.node, body_id=body_id,
        state=courts.COURT_ENFORCEMENT_STATE_EXPIRED, remedy_end_time=stamp(at("2026-09-10 23:59")),
    )  # fmt: skip
    await city.tell_beside(court, "RemedyPeriodOver", at("2026-09-11 09:00"))

    async def told() -> bool:
        return await warned(city, case.case_id) == wanted

    await city.until(told, "the warning")
