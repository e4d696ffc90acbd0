"""The summary procedure: on the spot, up to 200 or 3,000 yuan."""

from datetime import datetime

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties

from services.law.calendar import SHANGHAI
from tests.enforcement.department import Department
from tests.enforcement.samples import DAY, HEAD, INSTANT, START, Dossier, stamp, yuan

CITIZEN = parties.Party(
    kind=parties.PARTY_KIND_CITIZEN, name="示例当事人", identity_number="440700198001010013"
)
TRADER = parties.Party(kind=parties.PARTY_KIND_SOLE_TRADER, name="示例个体户")
FIRM = parties.Party(kind=parties.PARTY_KIND_ORGANISATION, name="示例企业")


def fined(amount: float, *kinds: int) -> penalties.Penalty:
    return penalties.Penalty(kinds=kinds or [penalties.PENALTY_KIND_FINE], fine=yuan(amount))


@pytest.mark.parametrize(
    ("party", "penalty", "allowed"),
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
    department: Department, party: parties.Party, penalty: penalties.Penalty, allowed: bool
) -> None:
    if not allowed:
        async with department.refused("SIMPLE_LIMIT_EXCEEDED", law="APL-2021:51") as told:
            await department.spot(party=party, penalty=penalty)
        assert told.metadata["limit"] == ("3000.00" if party is FIRM else "200.00")
        return
    case = (await department.spot(party=party, penalty=penalty)).case
    assert case.state == cases.CASE_STATE_SERVED and case.procedure == cases.PROCEDURE_SUMMARY
    assert case.decision.document_number == "当场0001号"


@pytest.mark.parametrize("defect", [{"form_number": " "}, {"rights_told": False}, {"statement_heard": False}])
async def test_the_form_is_complete(department: Department, defect: dict[str, object]) -> None:
    async with department.refused("SIMPLE_FORM_DEFECT", law="APL-2021:52(1);APL-2021:44"):
        await department.spot(**defect)


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
        await department.spot(violation=act)
