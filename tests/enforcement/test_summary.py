"""The summary procedure: on the spot, up to 200 or 3,000 yuan."""

import asyncio
from datetime import datetime

import grpc
import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties

from services.law.calendar import SHANGHAI
from tests.city import read_refusal
from tests.enforcement.department import Department, number_of
from tests.enforcement.papers import said
from tests.enforcement.samples import (
    DAY,
    HEAD,
    INSTANT,
    START,
    Dossier,
    fine,
    serial,
    stamp,
)

CITIZEN, TRADER, FIRM = (
    parties.PARTY_KIND_CITIZEN,
    parties.PARTY_KIND_SOLE_TRADER,
    parties.PARTY_KIND_ORGANISATION,
)


def somebody(kind: int = FIRM) -> parties.Party:
    return parties.Party(kind=kind, name=f"示例当事人{next(serial)}", identity_number=number_of(kind))


def fined(amount: float, *kinds: int) -> penalties.Penalty:
    kinds = kinds or (penalties.PENALTY_KIND_FINE,)
    return fine(amount, kinds=kinds, band_code="5" if penalties.PENALTY_KIND_FINE in kinds else "3")


@pytest.mark.parametrize(
    ("kind", "penalty", "allowed"),
    [
        (CITIZEN, fined(200), True),
        (CITIZEN, fined(200.01), False),
        (TRADER, fined(200), True),
        (TRADER, fined(200.01), False),
        (FIRM, fined(3000), True),
        (FIRM, fined(3000.01), False),
        (CITIZEN, fined(0, penalties.PENALTY_KIND_WARNING), True),
        (FIRM, fined(3000, penalties.PENALTY_KIND_WARNING, penalties.PENALTY_KIND_FINE), True),
        (FIRM, fined(0, penalties.PENALTY_KIND_CIRCULATED_CRITICISM), False),
    ],
)
async def test_the_limit_on_the_spot(
    department: Department, kind: int, penalty: penalties.Penalty, allowed: bool
) -> None:
    if not allowed:
        async with department.refused("SIMPLE_LIMIT_EXCEEDED", law="APL-2021:51") as told:
            await department.spot(party=somebody(kind), penalty=penalty)
        assert told.metadata["limit"] == ("3000.00" if kind == FIRM else "200.00")
        return
    number = f"当场{next(serial)}号"
    case = (await department.spot(party=somebody(kind), penalty=penalty, form_number=number)).case
    assert case.state == cases.CASE_STATE_SERVED and case.procedure == cases.PROCEDURE_SUMMARY
    assert case.decision.document_number == number


@pytest.mark.parametrize("defect", [{"form_number": " "}, {"rights_told": False}, {"statement_heard": False}])
async def test_the_form_is_complete(department: Department, defect: dict[str, object]) -> None:
    async with department.refused("SIMPLE_FORM_DEFECT", law="APL-2021:52(1);APL-2021:44"):
        await department.spot(**defect)


async def test_the_form_tells_that_reconsideration_comes_first(department: Department) -> None:
    """And the paper says it, with the authority to which the party turns (ARL 23)."""
    for silent in ("", " "):
        async with department.refused(
            "RECONSIDERATION_FIRST_NOT_TOLD", law="ARL-2023:23(2);ARL-2023:23(1)[1]"
        ):
            await department.spot(reconsideration_authority=silent)
    case = (await department.spot(reconsideration_authority="示例县人民政府")).case

    assert case.spot.reconsideration_authority == "示例县人民政府"
    assert "示例县人民政府" in await said(department, case.case_id, "spot_decision")


async def test_certificates_are_shown_on_the_spot(department: Department) -> None:
    async with department.refused("CERTIFICATE_NOT_SHOWN"):
        await department.spot(certificate_shown=False)


async def test_two_certified_officers_act_on_the_spot(department: Department) -> None:
    body_id = await department.body()
    officers = [await department.officer(body_id) for _ in range(2)]
    trainee = await department.officer(body_id, certified=False)

    async with department.refused("TOO_FEW_OFFICERS"):
        await department.spot(body_id=body_id, officers=officers[:1])
    async with department.refused("TWO_CERTIFIED_OFFICERS"):
        await department.spot(body_id=body_id, officers=[officers[0], trainee])
    await department.suspend(officers[1], START)
    async with department.refused("CERTIFICATE_SUSPENDED"):
        await department.spot(body_id=body_id, officers=officers)
    earlier = stamp(START - INSTANT)
    reply = await department.spot(body_id=body_id, officers=officers, decide_time=earlier)

    assert reply.case.decision.decide_time == earlier


async def test_the_caller_is_one_of_the_officers(department: Department) -> None:
    async with department.refused("NOT_ON_CASE"):
        await department.spot(by=("O-else", "HANDLING_OFFICER"))


async def test_an_unconfirmed_body_imposes_nothing(department: Department) -> None:
    officers = [await department.officer(await department.body()) for _ in range(2)]

    async with department.refused("SUBJECT_NOT_QUALIFIED"):
        await department.spot(body_id="B-none", officers=officers)


async def test_a_spot_decision_is_not_made_in_the_future(department: Department) -> None:
    async with department.refused("ACT_IN_FUTURE"):
        await department.spot(decide_time=stamp(START + INSTANT))


async def test_a_fine_on_the_spot_has_its_amount(department: Department) -> None:
    async with department.refused("SANCTION_KIND_NOT_ALLOWED"):
        await department.spot(penalty=fined(0))


async def test_the_way_of_a_spot_decision(department: Department) -> None:
    body_id = await department.body()
    officers = [await department.officer(body_id) for _ in range(2)]
    case = (await department.spot(body_id=body_id, officers=officers)).case
    dossier = Dossier(case.case_id, body_id, officers)

    async with department.refused("CLOSE_NOT_ALLOWED"):
        await department.do("CloseCase", HEAD, case_id=case.case_id, report="结案")
    stranger = await department.officer(body_id)
    async with department.refused("NOT_ON_CASE"):
        await department.do("ReportSpotDecision", stranger.who, case_id=case.case_id)
    reported = await department.do("ReportSpotDecision", dossier.who, case_id=case.case_id)
    async with department.refused("ALREADY_DONE", law="APL-2021:52(3)"):
        await department.do("ReportSpotDecision", dossier.who, case_id=case.case_id)
    await department.pay(dossier, 200)
    closed = await department.do("CloseCase", HEAD, case_id=case.case_id, report="结案")

    assert reported.case.spot_report_time == stamp(START)
    assert {d.clock_id: d.state for d in case.deadlines} == {
        "PEN-16": 2,  # handed over on the spot
        "PEN-18": 1,
        "PEN-19": 1,
        "PEN-23": 1,
    }
    assert closed.case.state == cases.CASE_STATE_CLOSED
    assert department.names(case.case_id) == [
        "SpotDecisionMade",
        "DecisionServed",
        "SpotDecisionReported",
        "PaymentCompleted",
        "CaseClosed",
    ]


@pytest.mark.parametrize(
    ("at", "reason", "law"),
    [
        (datetime(1999, 5, 4, tzinfo=SHANGHAI), "LIMITATION_EXPIRED", "APL-2021:36(1)"),
        (datetime(1996, 9, 30, tzinfo=SHANGHAI), "LIMITATION_EXPIRED", "APL-2021:36(1)"),
        (START + DAY, "ACTS_OUT_OF_ORDER", "APL-2021:36(2)"),
        (None, "OCCUR_TIME_MISSING", "APL-2021:36(2)"),
    ],
)
async def test_what_is_penalised_on_the_spot_happened_and_not_too_long_ago(
    department: Department, at: datetime | None, reason: str, law: str
) -> None:
    act = penalties.Violation(title="示例违法行为")
    if at is not None:
        act.occur_time.CopyFrom(stamp(at))

    async with department.refused(reason, law=law):
        await department.spot(party=somebody(), violation=act)


@pytest.mark.parametrize(
    ("left_out", "reasons"),
    [
        ({"benchmark_id": "", "band_code": ""}, ("DISCRETION_NOT_STATED", "DISCRETION_OUT_OF_BAND")),
        ({"band_code": "4"}, ("DISCRETION_NOT_STATED", "DISCRETION_OUT_OF_BAND")),
        ({"correction_order": " "}, ("CORRECTION_ORDER_MISSING",)),
        ({"band_code": "1"}, ("DISCRETION_OUT_OF_BAND",)),
        # Who is there decides, and no head: so nobody can let the band be left.
        (
            {"band_code": "1", "deviation_reason": "情节轻微", "deviation_approver": "head-1"},
            ("DEVIATION_NOT_APPROVED",),
        ),
    ],
    ids=str,
)
async def test_on_the_spot_the_penalty_says_what_every_penalty_says(
    department: Department, left_out: dict[str, str], reasons: tuple[str, ...]
) -> None:
    """APL 28, 34; GBF-2022-27 (12)."""
    async with department.refused(*reasons):
        await department.spot(penalty=fine(200, **({"band_code": "5"} | left_out)))


async def test_no_officer_who_is_there_lets_the_band_be_left(department: Department) -> None:
    body_id = await department.body()
    officers = [await department.officer(body_id) for _ in range(2)]
    left = fine(200, deviation_reason="情节轻微", deviation_approver=officers[1].officer_id)

    async with department.refused("DISCRETION_OUT_OF_BAND"):
        await department.spot(body_id=body_id, officers=officers, penalty=left)


async def test_the_form_states_the_act_and_on_what_the_penalty_rests(department: Department) -> None:
    async with department.refused("VIOLATION_NOT_STATED", "OCCUR_TIME_MISSING", law="APL-2021:52(2)"):
        await department.spot(party=somebody(), violation=penalties.Violation())


async def test_who_refuses_to_sign_is_noted_on_the_form(department: Department) -> None:
    async with department.refused("SIMPLE_FORM_DEFECT", law="APL-2021:52(1)"):
        await department.spot(party_signed=False, refusal_note=" ")
    async with department.refused("SIMPLE_FORM_DEFECT"):
        await department.spot(party_signed=True, refusal_note="当事人拒绝签收")

    case = (await department.spot(party_signed=False, refusal_note="当事人拒绝签收，两名执法人员在场")).case

    assert case.spot == cases.SpotRecord(
        certificate_shown=True,
        rights_told=True,
        statement_heard=True,
        reconsideration_authority="示例市人民政府",
        refusal_note="当事人拒绝签收，两名执法人员在场",
    )
    assert (await department.case(case.case_id)).spot == case.spot
    assert case.spot.refusal_note in await said(department, case.case_id, "spot_decision")


# The form ------------------------------------------------------------------------------------------


async def test_the_number_of_a_form_stands_on_one_decision_of_the_body(department: Department) -> None:
    body_id, number = await department.body(), f"当场A{next(serial)}号"
    await department.spot(body_id=body_id, form_number=number)

    for again in (number, f" {number.lower()} ", number.replace("号", " 号"), number.replace("A", "Ａ")):
        async with department.refused("FORM_NUMBER_USED", law="APL-2021:52(1)") as told:
            await department.spot(body_id=body_id, party=somebody(), form_number=again)
        assert told.metadata["form_number"] == again.strip()
    await department.spot(party=somebody(), form_number=number)


async def test_of_many_at_once_one_has_the_form(department: Department) -> None:
    body_id, number = await department.body(), f"当场B{next(serial)}号"
    officers = [await department.officer(body_id) for _ in range(2)]

    made = await asyncio.gather(
        *(
            department.spot(body_id=body_id, officers=officers, party=somebody(), form_number=number)
            for _ in range(20)
        ),
        return_exceptions=True,
    )

    assert sum(not isinstance(one, Exception) for one in made) == 1
    refusals = [read_refusal(one) for one in made if isinstance(one, grpc.aio.AioRpcError)]
    assert {r.reason for r in refusals} == {"FORM_NUMBER_USED"} and len(refusals) == 19
