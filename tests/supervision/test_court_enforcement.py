"""Enforcement by the court at the city: shown with its case, its terms run, and its rules are judged again (ACL 53–55)."""

from collections.abc import AsyncIterator
from datetime import datetime
from itertools import count
from typing import Any

import pytest
import pytest_asyncio
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import court_enforcement_pb2 as pb
from yifa.enforcement.v1.surcharge_pb2 import (
    REMEDY_END_SET_ASIDE,
    REMEDY_KIND_RECONSIDERATION,
    REMEDY_KIND_SUIT,
    RemedyTime,
)

from services.given.measure import stamp
from services.law.procedures.penalty.outcome import put_back
from services.supervision.warning.backtest import backtest
from tests.supervision.office import OPEN, Office, at, lawful, new_case, running_office

SUED_BY = at("2026-09-10 23:59")
BODY = "B-1"
PAPERS = pb.CourtPaper.values()[1:]
SERIAL = count(1)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def city(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    folder = tmp_path_factory.mktemp("court")
    async with running_office(folder, "2026-10-20 09:00") as office:
        await office.appoint(BODY, "head-1", "H-1", "H-2")
        yield office


async def served(city: Office) -> cases.Case:
    """A case served on 10 March, of which nothing is paid."""
    case = lawful(new_case(f"C-{next(SERIAL)}"))
    case.state = cases.CASE_STATE_SERVED
    case.service.receipt = "送达回证"
    case.service.serve_time.CopyFrom(stamp(at("2026-03-10 00:00")))
    case.decision.penalty.fine.fen = 100_000
    await city.tell(case, "DecisionServed", "2026-03-10 00:00")
    return case


async def applied(
    city: Office, demanded: datetime, when: datetime, **more: Any
) -> tuple[cases.Case, pb.CourtEnforcement]:
    case = await served(city)
    court = pb.CourtEnforcement(
        enforcement_id=f"Q-{case.case_id}", case_id=case.case_id, node=case.node, body_id=BODY,
        state=pb.COURT_ENFORCEMENT_STATE_EXPIRED,
    )  # fmt: skip
    court.remedy_end_time.CopyFrom(stamp(SUED_BY))
    await city.tell_beside(court, "RemedyPeriodOver", SUED_BY)
    court.demand.CopyFrom(
        pb.PerformanceDemand(
            document_number="示罚催〔2026〕1号", manner="缴至银行", rights_told=True, receipt="送达回证",
            term_end_time=stamp(when), serve_time=stamp(demanded), amount={"fen": 100_000},
        )
    )  # fmt: skip
    court.state = pb.COURT_ENFORCEMENT_STATE_DEMANDED
    await city.tell_beside(court, "PerformanceDemanded", demanded)
    court.application.CopyFrom(
        pb.CourtApplication(
            court="示例区人民法院", papers=more.pop("papers", PAPERS), head=more.pop("head", "head-1"),
            apply_time=stamp(when), **more,
        )
    )  # fmt: skip
    court.state = pb.COURT_ENFORCEMENT_STATE_APPLIED
    await city.tell_beside(court, "CourtApplied", when)
    return case, court


async def warned(city: Office, case_id: str) -> set[tuple[str, str]]:
    found = (await city.case(case_id)).warnings
    return {(w.rule_id, w.citation.code) for w in found if w.state == OPEN and w.rule_id == "EW-35"}


async def test_it_is_shown_with_its_case_and_its_terms_run(city: Office) -> None:
    case, court = await applied(city, at("2026-09-11 09:00"), at("2026-10-16 09:00"))

    seen = await city.case(case.case_id)

    assert [e.enforcement_id for e in seen.court_enforcements] == [court.enforcement_id]
    clocks = {d.clock_id: d.state for d in seen.deadlines if d.subject_id == court.enforcement_id}
    assert clocks == {"ENF-06": 2, "ENF-09": 1}
    assert await warned(city, case.case_id) == set()


async def test_an_application_before_the_ten_days_or_without_its_papers_is_a_warning(city: Office) -> None:
    case, _ = await applied(city, at("2026-09-11 09:00"), at("2026-09-18 09:00"), papers=PAPERS[:2])

    async def told() -> bool:
        return await warned(city, case.case_id) == {
            ("EW-35", "ACL-2011:54;ACL-2011:69"),
            ("EW-35", "ACL-2011:55(1)"),
        }

    await city.until(told, "the warnings")


async def test_an_application_that_no_head_of_the_body_signed_is_a_warning(city: Office) -> None:
    case, _ = await applied(city, at("2026-09-11 09:00"), at("2026-10-16 09:00"), head="O-1")

    async def told() -> bool:
        return await warned(city, case.case_id) == {("EW-35", "ACL-2011:55(2)")}

    await city.until(told, "the warning")


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"urgency": "汛期将至", "public_safety": "下游居民的安全"}, False),
        ({"urgency": "汛期将至"}, True),
        ({}, True),
    ],
)
async def test_who_asks_to_enforce_at_once_need_not_wait(
    city: Office, said: dict[str, str], wrong: bool
) -> None:
    """It may be asked for after the demand too; what says not what is urgent and what is protected is no such application."""
    case, _ = await applied(city, at("2026-09-11 09:00"), at("2026-09-12 09:00"), papers=PAPERS[:2], **said)

    assert bool(await warned(city, case.case_id)) is wrong


@pytest.mark.parametrize(("sued", "wrong"), [("2026-10-19 10:00", False), ("2026-09-01 10:00", True)])
async def test_a_suit_that_began_after_the_application_speaks_not_against_it(
    city: Office, sued: str, wrong: bool
) -> None:
    """What is judged again when that comes to light is the remedies that there were (ACL 53)."""
    case, _ = await applied(city, at("2026-09-11 09:00"), at("2026-10-16 09:00"))
    case.remedies.add(
        kind=REMEDY_KIND_SUIT, authority="示例区人民法院", document="受理通知书", begin_time=stamp(at(sued))
    )
    await city.tell(case, "SuitRecorded", "2026-10-19 11:00")

    found = backtest(city.running.view(), "EW-35")

    assert ((case.case_id, "REMEDY_OPEN") in {(about, f.reason) for about, f in found}) is wrong


@pytest.mark.parametrize(
    ("begun", "wrong"), [("2026-10-17 10:00", False), ("", False), ("2026-09-01 10:00", True)]
)
async def test_an_application_for_a_decision_that_was_annulled_since_is_judged_by_that_decision(
    city: Office, begun: str, wrong: bool
) -> None:
    """A remedy of which only the end is known accuses nobody of having passed it over (ACL 53)."""
    case, _ = await applied(city, at("2026-09-11 09:00"), at("2026-10-16 09:00"))
    ended = "2026-10-19 10:00"
    case.remedies.append(
        RemedyTime(
            kind=REMEDY_KIND_RECONSIDERATION, authority="示例市人民政府", end_time=stamp(at(ended)),
            begin_time=stamp(at(begun)) if begun else None, end=REMEDY_END_SET_ASIDE,
        )
    )  # fmt: skip
    outcome = cases.Outcome(
        kind=cases.OUTCOME_KIND_ANNULLED, remedy=cases.REMEDY_RECONSIDERATION, authority="示例市人民政府",
        document="示府行复〔2026〕1号", outcome_time=stamp(at(ended)), anew=True,
    )  # fmt: skip
    put_back(case, outcome)
    case.state = cases.CASE_STATE_INVESTIGATING
    await city.tell(case, "CaseReopened", ended, outcome=outcome)

    found = backtest(city.running.view(), "EW-35")

    assert ((case.case_id, "REMEDY_OPEN") in {(about, f.reason) for about, f in found}) is wrong
