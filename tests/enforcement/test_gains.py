"""Illegal gains: stated with every penalty, and confiscated as far as they do not go back (APL 28(2))."""

from typing import Any

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import penalty_pb2 as penalties

from services.given.case import NO_GAINS, gains
from services.law.discretion.grammar import fines_of
from tests.enforcement.department import Department
from tests.enforcement.papers import said
from tests.enforcement.samples import CLERK, HEAD, REVIEWER, fine, yuan
from tests.enforcement.stages_told import named, new_record, reasons, report, stages_of
from tests.enforcement.test_evaluation import publish
from tests.enforcement.test_no_penalty import inquired

LAW = "APL-2021:28(2)"
FINE, CONFISCATED = penalties.PENALTY_KIND_FINE, penalties.PENALTY_KIND_CONFISCATION_OF_GAINS
UNKNOWN = penalties.GAINS_FINDING_NOT_RECKONABLE
VICTIM = "受害人张某"


def taking(amount: float, of: penalties.IllegalGains) -> penalties.Penalty:
    return fine(30_000, kinds=[FINE, CONFISCATED], confiscation=yuan(amount), gains=of)


async def test_gains_are_stated_before_a_penalty_is_proposed(department: Department) -> None:
    dossier, _ = await inquired(department)
    unsaid = [
        None,
        penalties.IllegalGains(amount=yuan(1)),
        penalties.IllegalGains(finding=UNKNOWN, reasons=" "),
        penalties.IllegalGains(finding=penalties.GAINS_FINDING_AMOUNT, amount=yuan(1)),
    ]

    for gained in unsaid:
        async with department.refused("GAINS_NOT_STATED", law=LAW, more=True):
            await department.report(dossier, fine(30_000, gains=gained))
    unreckoned = penalties.IllegalGains(finding=UNKNOWN, reasons="账册灭失，无法查清")
    reported = (await department.report(dossier, fine(30_000, gains=unreckoned))).case

    assert reported.proposal.gains == unreckoned


async def test_gains_are_stated_on_the_spot_and_in_a_decision_of_its_own(department: Department) -> None:
    async with department.refused("GAINS_NOT_STATED", law=LAW):
        await department.spot(penalty=fine(200, band_code="5", gains=None))
    dossier = await department.noticed()
    await department.act("WaiveDefence", dossier)
    async with department.refused("GAINS_NOT_STATED", law=LAW):
        await department.decide(dossier, penalty=fine(30_000, gains=None))


@pytest.mark.parametrize(
    ("proposal", "reason"),
    [
        (fine(30_000, gains=gains(100, 101, VICTIM)), "GAINS_DISAGREE"),
        (fine(30_000, gains=gains(100, 40)), "GAINS_DISAGREE"),
        (fine(30_000, gains=gains(100, 0, VICTIM)), "GAINS_DISAGREE"),
        (fine(30_000, gains=gains(0)), "GAINS_DISAGREE"),
        (fine(30_000, gains=gains(100), measures=[{"of": "违法所得", "value": 100_01}]), "GAINS_DISAGREE"),
        (taking(60.01, gains(100, 40, VICTIM)), "GAINS_CONFISCATED_BEYOND"),
        (taking(1, NO_GAINS), "GAINS_CONFISCATED_BEYOND"),
    ],
)
async def test_what_is_said_of_gains_agrees(
    department: Department, proposal: penalties.Penalty, reason: str
) -> None:
    dossier, _ = await inquired(department)

    async with department.refused(reason, law=LAW):
        await department.report(dossier, proposal)


async def test_no_sum_of_gains_is_below_zero(department: Department) -> None:
    dossier, _ = await inquired(department)

    async with department.refused("MALFORMED") as told:
        await department.report(dossier, fine(30_000, gains=gains(-1)))

    assert told.fields == ["proposal.gains.amount.fen"]


async def test_notice_and_decision_tell_what_was_gained_and_what_goes_back(department: Department) -> None:
    dossier = await department.decided(taking(60, gains(100, 40, VICTIM)))

    papers = [await said(department, dossier.case_id, kind) for kind in ("prior_notice", "decision")]

    for text in papers:
        assert "违法所得为人民币100元" in text and "销售收入减去购进价款" in text
        assert "人民币40元（大写：肆拾元整）依法应当退赔受害人张某" in text
        assert "没收违法所得人民币60元" in text


async def test_a_band_is_reckoned_by_the_gains_that_are_stated(department: Department) -> None:
    """Twice to five times what was gained; what the request says besides of one base is not a second figure."""
    standard = "处违法所得二倍以上五倍以下罚款"
    item = await publish(department, "违法所得-1", standard)
    dossier, _ = await inquired(department)
    by: dict[str, Any] = {"benchmark_id": item, "band_code": "1", "gains": gains(10_000, 10_000, VICTIM)}
    assert fines_of(standard)[0].of == "违法所得"

    async with department.refused("DISCRETION_OUT_OF_BAND", more=True):
        await department.report(dossier, fine(50_000.01, base=yuan(20_000), **by))
    reported = (await department.report(dossier, fine(50_000, **by))).case
    weighed = await department.do("EvaluatePenalty", HEAD, case_id=dossier.case_id)

    assert reported.proposal.fine == yuan(50_000)
    assert [(r.low.fen, r.high.fen) for r in weighed.evaluation.ranges] == [(20_000_00, 50_000_00)]


async def test_what_takes_the_place_of_a_decision_is_asked_about_gains_too(department: Department) -> None:
    """Changed or agreed on in reconsideration, and changed by the agency itself."""
    d, dossier = department, await department.served()
    remedied = {
        "case_id": dossier.case_id,
        "remedy": cases.REMEDY_RECONSIDERATION,
        "authority": "示例市人民政府",
    }
    own = {
        "ground": cases.OWN_ERROR_GROUND_CONTENT,
        "reason": "数额偏高",
        "proof": "检查记录",
        "case_id": dossier.case_id,
    }
    changed, silent = cases.OUTCOME_KIND_CHANGED, fine(20_000, gains=None)

    for kind in (changed, cases.OUTCOME_KIND_MEDIATED):
        async with d.refused("GAINS_NOT_STATED", law="APL-2021:28(2)"):
            await d.do("RecordOutcome", CLERK, **remedied, kind=kind, document="复议8号", penalty=silent)
    async with d.refused("GAINS_NOT_STATED", law="APL-2021:28(2)"):
        await d.do("ProposeOwnCorrection", REVIEWER, **own, kind=changed, penalty=silent)
    beyond = fine(20_000, kinds=[FINE, CONFISCATED], confiscation=yuan(61), gains=gains(100, 40, VICTIM))
    async with d.refused("GAINS_CONFISCATED_BEYOND", more=True):
        await d.do("RecordOutcome", CLERK, **remedied, kind=changed, document="复议8号", penalty=beyond)
    async with d.refused("REMEDY_NOT_NAMED", law="APL-2021:75(2)"):
        unnamed = remedied | {"remedy": cases.REMEDY_UNSPECIFIED}
        await d.do("RecordOutcome", CLERK, **unnamed, kind=changed, document="复议8号", penalty=fine(20_000))
    case = (
        await d.do("RecordOutcome", CLERK, **remedied, kind=changed, document="复议8号", penalty=fine(20_000))
    ).case

    assert case.decision.penalty.gains.finding == NO_GAINS.finding and len(case.outcomes) == 1


async def test_gains_that_nobody_confiscates_are_warned_of(department: Department) -> None:
    """The act is done here, and what another system reports is written down; the city warns of both."""
    left = fine(30_000, gains=gains(100, 40, VICTIM))
    dossier, _ = await inquired(department)
    case = new_record("ordinary")
    case.body_id = dossier.body_id
    for penalty in (case.proposal, case.notice.penalty, case.decision.penalty):
        penalty.CopyFrom(left)
    told = stages_of(case)

    reported = await department.report(dossier, left)
    standing = await report(department, named(told, "submit_report"), named(told, "make_decision"))

    assert reported.case.proposal.gains.restitution_to == VICTIM
    assert "ILLEGAL_GAINS_UNTREATED" in reasons(standing, "SubmitReport")
    assert "ILLEGAL_GAINS_UNTREATED" in reasons(standing, "MakeDecision")
