"""The agency corrects its own decision (APL 75(2)): proposed, approved by another, withdrawn from the public, told to the credit
platform (APL 48(2)), given back, decided anew.
"""

from functools import partial
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import outside_pb2 as outside

from services.law.calendar import china
from services.law.procedures.court_enforcement.recorded import remedy_end
from tests.enforcement.department import Department
from tests.enforcement.papers import said as paper_says
from tests.enforcement.samples import CLERK, DAY, FINANCE, HEAD, REVIEWER, Dossier, fine, stamp, yuan
from tests.enforcement.stages_told import in_time, named, new_record, reasons, report, without
from tests.enforcement.test_announced import decided
from tests.enforcement.test_outcome import MET, RUNS, clocks, close, published, shown, withdraw
from tests.layers import example_law

FOUND = {
    "kind": cases.OUTCOME_KIND_ANNULLED,
    "ground": cases.OWN_ERROR_GROUND_FACTS,
    "reason": "主要证据系复印件，无法核对",
    "proof": "案卷评查记录",
}


async def propose(d: Department, dossier: Dossier, by: Any = REVIEWER, **more: Any) -> str:
    reply = await d.do("ProposeOwnCorrection", by, case_id=dossier.case_id, **(FOUND | more))
    return str(reply.own_correction.correction_id)


async def decide(d: Department, dossier: Dossier, own: str, by: Any = HEAD, **more: Any) -> cases.Case:
    told = {"correction_id": own, "approved": True, "opinion": "同意纠正", **more}
    return (await d.do("DecideOwnCorrection", by, case_id=dossier.case_id, **told)).case


async def test_a_wrong_decision_is_annulled_and_all_that_follows_is_done(department: Department) -> None:
    d, dossier = department, await published(department)
    was = (await d.case(dossier.case_id)).publication.decision
    await d.pay(dossier, 30000)

    own = await propose(d, dossier)
    assert not (await d.case(dossier.case_id)).HasField("set_aside"), "it holds until another approves"
    async with d.refused("OWN_CORRECTION_PENDING"):
        await propose(d, dossier)
    case = await decide(d, dossier, own)

    assert case.set_aside.kind == cases.SET_ASIDE_KIND_ANNULLED
    assert (case.outcomes[0].remedy, case.outcomes[0].authority) == (cases.REMEDY_OWN, case.body_name)
    assert case.set_aside.document == case.own_corrections[0].document_number != ""
    assert d.names(case.case_id)[-2:] == ["OwnCorrectionProposed", "DecisionAnnulled"]
    assert clocks(case)["PEN-24"] == RUNS and "PEN-30" not in clocks(case)
    async with d.refused("NOTHING_WITHDRAWN"):
        await d.do("CorrectCredit", CLERK, case_id=case.case_id, receipt="信用回执8号")
    case = await withdraw(d, dossier)
    assert clocks(case)["PEN-24"] == MET and clocks(case)["PEN-30"] == RUNS
    assert (await shown(d, was)).explanation and not (await shown(d, was)).party_name
    case = (await d.do("CorrectCredit", CLERK, case_id=case.case_id, receipt="信用回执8号")).case
    assert clocks(case)["PEN-30"] == MET and case.withdrawal.credit_receipt == "信用回执8号"
    async with d.refused("NOTHING_WITHDRAWN"):
        await d.do("CorrectCredit", CLERK, case_id=case.case_id, receipt="信用回执9号")
    async with d.refused("REFUND_DUE"):
        await close(d, dossier)
    given = {"amount": yuan(30000), "bank_reference": f"BACK-{case.case_id}"}
    await d.do("RecordRefund", FINANCE, case_id=case.case_id, **given)
    assert (await close(d, dossier)).state == cases.CASE_STATE_CLOSED


async def test_the_paper_of_a_correction_is_served_with_its_proof(
    department: Department,
) -> None:
    d, dossier = department, await published(department)
    async with d.refused("OWN_CORRECTION_NOT_SERVABLE", law="APL-2021:61(1);APL-2021:75(2)"):
        await d.act("ServeOwnCorrection", dossier)
    case = await decide(d, dossier, await propose(d, dossier, anew=True))
    paper, made = case.correcting_paper, d.now
    assert (paper.document_number, paper.correction_id) == (
        case.own_corrections[0].document_number, case.own_corrections[0].correction_id,
    )  # fmt: skip
    text = await paper_says(d, dossier.case_id, "own_correction")
    for part in (
        paper.document_number,
        FOUND["reason"],
        "撤销原决定",
        case.earlier_decisions[0].decision.document_number,
    ):
        assert part in text, part

    d.now += 2 * DAY
    for lacks, reason in (
        ({"receipt": " "}, "SERVICE_PROOF_MISSING"), ({"method": cases.SERVICE_METHOD_POST}, "DIRECT_SERVICE_FIRST"),
        ({"serve_time": stamp(made - DAY)}, "ACTS_OUT_OF_ORDER"), ({"method": 5}, "PUBLIC_NOTICE_RUNS"),
    ):  # fmt: skip
        async with d.refused(reason):
            await d.act("ServeOwnCorrection", dossier, **lacks)
    case = (await d.act("ServeOwnCorrection", dossier)).case
    async with d.refused("OWN_CORRECTION_NOT_SERVABLE"):
        await d.act("ServeOwnCorrection", dossier)

    assert d.names(case.case_id)[-1] == "OwnCorrectionServed" and case.correcting_paper.service.receipt


async def test_the_time_to_challenge_a_changed_decision_runs_from_the_service_of_its_change(
    department: Department,
) -> None:
    """Six months from the day on which the party got it (ALIT 46(1))."""
    d, dossier = department, await department.served()
    changed = {"kind": cases.OUTCOME_KIND_CHANGED, "penalty": fine(20000)}
    over = partial(remedy_end, parameters=example_law(), calendar=china())
    first = over(await d.case(dossier.case_id))
    d.now += 30 * DAY
    case = await decide(d, dossier, await propose(d, dossier, **changed))
    assert over(case) is None, "the party does not know of the change"
    case = (await d.act("ServeOwnCorrection", dossier)).case

    assert first is not None and over(case) - first >= 29 * DAY


async def test_the_paper_of_a_correction_is_announced_for_a_party_that_cannot_be_found(
    department: Department,
) -> None:
    """Served when thirty days have passed since (CPL 95(1)); of the notice a recording is asked for."""
    d, dossier = department, await decided(department)
    said = {
        "case_id": dossier.case_id,
        "cause": "下落不明",
        "address": "本机关公告栏和门户网站",
        "whereabouts": dossier.lost,
    }
    async with d.refused("OWN_CORRECTION_NOT_SERVABLE"):
        await d.do("AnnounceOwnCorrection", CLERK, **said)
    await decide(d, dossier, await propose(d, dossier))

    for lacking in ({"cause": " "}, {"whereabouts": "派出所查询证明"}):
        async with d.refused("OTHER_WAYS_LEFT", law="APL-2021:61(1);CPL-2023:95(1)"):
            await d.do("AnnounceOwnCorrection", CLERK, **(said | lacking))
    case = (await d.do("AnnounceOwnCorrection", CLERK, **said)).case
    async with d.refused("ALREADY_DONE"):
        await d.do("AnnounceOwnCorrection", CLERK, **said)
    assert case.correcting_paper.announcement.whereabouts == dossier.lost and not case.HasField(
        "announcement"
    )
    assert clocks(case)["PEN-17"] == clocks(case)["AVR-03"] == RUNS
    by_notice = {"method": cases.SERVICE_METHOD_PUBLIC_NOTICE, "receipt": "公告截图"}
    d.now += 30 * DAY
    async with d.refused("PUBLIC_NOTICE_RUNS"):
        await d.act("ServeOwnCorrection", dossier, **by_notice)
    d.now += DAY
    case = (await d.act("ServeOwnCorrection", dossier, **by_notice)).case

    assert clocks(case)["PEN-17"] == MET
    assert case.correcting_paper.service.method == cases.SERVICE_METHOD_PUBLIC_NOTICE


async def test_nobody_corrects_a_decision_alone(department: Department) -> None:
    d, dossier = department, await department.served()
    proposer = (HEAD[0], "LEGAL_REVIEWER")

    own = await propose(d, dossier, proposer)
    async with d.refused("SOD_VIOLATION"):
        await decide(d, dossier, own)
    itself = {"kind": cases.OUTCOME_KIND_ANNULLED, "document": "纠1号", "authority": "本机关"}
    own_name = {"authority": (await d.case(dossier.case_id)).body_name, "remedy": cases.REMEDY_SUPERVISION}
    for told in ({"remedy": cases.REMEDY_OWN}, own_name):
        async with d.refused("OWN_CORRECTION_NOT_DECIDED", law="APL-2021:75(2)"):
            await d.do("RecordOutcome", CLERK, case_id=dossier.case_id, **(itself | told))

    assert not (await d.case(dossier.case_id)).outcomes


async def test_a_change_of_its_own_is_lighter_and_one_refused_leaves_all_as_it_was(
    department: Department,
) -> None:
    d, dossier = department, await published(department)
    changed = {"kind": cases.OUTCOME_KIND_CHANGED, "ground": cases.OWN_ERROR_GROUND_CONTENT}

    for sum_of in (30000, 30001):
        async with d.refused("OWN_CHANGE_NOT_LIGHTER", law="APL-2021:44;APL-2021:75(2)"):
            await propose(d, dossier, **changed, penalty=fine(sum_of))
    async with d.refused("MALFORMED") as told:
        await propose(d, dossier, **changed)
    assert told.fields == ["penalty"]
    handling = (await d.case(dossier.case_id)).officers[0].officer_id, "HANDLING_OFFICER"
    own = await propose(d, dossier, handling, **changed, penalty=fine(20000))
    case = await decide(d, dossier, own, approved=False)
    assert d.names(case.case_id)[-1] == "OwnCorrectionRefused" and not case.outcomes
    async with d.refused("OWN_CORRECTION_NOT_PENDING"):
        await decide(d, dossier, own)
    case = await decide(d, dossier, await propose(d, dossier, **changed, penalty=fine(20000)))

    assert case.decision.penalty.fine == yuan(20000) and case.decision.decided.fine == yuan(30000)
    assert clocks(case)["PEN-24"] == RUNS and clocks(case)["PEN-19"] == RUNS


async def test_what_has_to_be_decided_anew_is_back_in_inquiry(department: Department) -> None:
    d, dossier = department, await published(department)

    case = await decide(d, dossier, await propose(d, dossier, anew=True, procedure_only=True))

    assert case.state == cases.CASE_STATE_INVESTIGATING and d.names(case.case_id)[-1] == "CaseReopened"
    assert case.earlier_decisions[0].anew.remedy == cases.REMEDY_OWN
    await withdraw(d, dossier)
    d.now += DAY
    case = (await d.do("CorrectCredit", CLERK, case_id=case.case_id, receipt="信用回执8号")).case
    assert case.earlier_decisions[0].withdrawal.credit_receipt and clocks(case)["PEN-30"] == MET


def annulled_elsewhere(*, by: str = "head-1", withdrawn: bool = True) -> list[outside.OutsideStage]:
    """A case that another system keeps, whose decision its agency annulled itself, withdrew, and told the credit platform of."""
    told = without(in_time(new_record("ordinary")), "record_outcome", "withdraw_publication", "record_payment", "close_case",
                   "file_major_penalty", "request_deferral", "decide_deferral")  # fmt: skip
    first, last = told[0], max(s.act_time.seconds for s in told)
    steps = {
        "propose_own_correction": FOUND,
        "decide_own_correction": {
            "correction_id": "propose_own_correction",
            "approved": True,
            "opinion": "同意",
        },
        "serve_own_correction": {"method": cases.SERVICE_METHOD_DIRECT, "receipt": "送达回证"},
        "withdraw_publication": {"explanation": "决定已撤销", "address": "门户网站"},
        "correct_credit": {"receipt": "信用回执8号"},
    }
    for n, (name, said) in enumerate(steps.items() if withdrawn else [*steps.items()][:2], 1):
        stage = outside.OutsideStage(
            system=first.system, source_case=first.source_case, stage_id=name, actor="clerk-1", **{name: said}
        )
        stage.matter.CopyFrom(first.matter)
        stage.act_time.seconds = last + n * 3600
        told.append(stage)
    decided = named(told, "decide_own_correction")
    decided.actor, decided.document_number = by, "示环罚纠〔2026〕3号"
    return told


async def test_one_of_another_system_is_followed_however_it_is_told(world: Department) -> None:
    for told in (annulled_elsewhere(), [*reversed(annulled_elsewhere())]):
        standing = await report(world, *told)

        case = await world.case(standing.case_id)
        assert not standing.breaches
        assert case.set_aside.kind == cases.SET_ASIDE_KIND_ANNULLED
        assert [(o.remedy, o.document) for o in case.outcomes] == [(cases.REMEDY_OWN, "示环罚纠〔2026〕3号")]
        assert clocks(case)["PEN-24"] == clocks(case)["PEN-30"] == MET
        assert case.correcting_paper.service.receipt and case.correcting_paper.document_number
        assert {"OwnCorrectionProposed", "DecisionAnnulled", "OwnCorrectionServed", "CreditCorrected"} <= set(
            world.names(case.case_id)
        )


async def test_one_of_another_system_is_told_what_it_lacks(world: Department) -> None:
    alone = await report(world, *annulled_elsewhere(by="clerk-1", withdrawn=False))
    unproposed = await report(world, *without(annulled_elsewhere(), "propose_own_correction"))

    assert reasons(alone, "DecideOwnCorrection") >= {"SOD_VIOLATION", "HEAD_NOT_IN_OFFICE"}
    assert "OWN_CORRECTION_NOT_PENDING" in reasons(unproposed, "DecideOwnCorrection")
    assert not (await world.case(unproposed.case_id)).outcomes
