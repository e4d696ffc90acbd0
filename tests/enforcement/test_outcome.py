"""Remedies end: each outcome, on a whole case from the clue to its end (ARL 63-73; ALIT 69-77; APL 48(2), 73(3), 75(2))."""

from typing import Any

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.enforcement.v1 import publication_pb2 as publications

from services.law.moment import moment_at
from services.law.procedures.penalty.outcome import ROUND
from tests.enforcement.department import Department
from tests.enforcement.samples import (
    CLERK,
    DAY,
    FINANCE,
    HEAD,
    INSTANT,
    REVIEWER,
    START,
    WINDOW_END,
    Dossier,
    fine,
    stamp,
    yuan,
)

DECIDED = WINDOW_END + INSTANT
PUBLIC = {"address": "门户网站"}
RUNS, MET = 1, 2
UPHELD, CHANGED, MEDIATED = cases.OUTCOME_KIND_UPHELD, cases.OUTCOME_KIND_CHANGED, cases.OUTCOME_KIND_MEDIATED
ANNULLED, VOID = cases.OUTCOME_KIND_ANNULLED, cases.OUTCOME_KIND_VOID


async def ended(
    d: Department, dossier: Dossier, kind: int, document: str = "复决1号", **more: Any
) -> cases.Case:
    """A remedy ended by a paper of the government."""
    said = {
        "kind": kind,
        "authority": "示例市人民政府",
        "document": document,
        "remedy": cases.REMEDY_RECONSIDERATION,
    }
    return (await d.do("RecordOutcome", REVIEWER, case_id=dossier.case_id, **(said | more))).case


async def published(d: Department, **more: Any) -> Dossier:
    dossier = await d.served(**more)
    await d.act("PublishDecision", dossier)
    return dossier


def clocks(case: cases.Case) -> dict[str, int]:
    return {deadline.clock_id: deadline.state for deadline in case.deadlines}


async def close(d: Department, dossier: Dossier, **closing: Any) -> cases.Case:
    return (await d.do("CloseCase", HEAD, case_id=dossier.case_id, report="结案报告", closing=closing)).case


async def withdraw(d: Department, dossier: Dossier) -> cases.Case:
    said = {"explanation": "该决定已不再有效", **PUBLIC}
    return (await d.do("WithdrawPublication", CLERK, case_id=dossier.case_id, **said)).case


async def shown(d: Department, was: publications.PublicDecision) -> publications.PublicDecision:
    """What everybody sees now of what was made public."""
    asked = {"document_number": was.document_number}
    reply = await d.do("ListPublishedDecisions", ("anybody", "PUBLIC"), **asked)
    [found] = (each for each in reply.decisions if each.publication_id == was.publication_id)
    return found


@pytest.mark.parametrize("kind", [UPHELD, cases.OUTCOME_KIND_WITHDRAWN, cases.OUTCOME_KIND_PERFORMANCE])
async def test_a_decision_that_stands_is_paid_and_closed_as_it_was(department: Department, kind: int) -> None:
    dossier = await published(department)
    department.now += 20 * DAY
    since = DECIDED + 5 * DAY

    case = await ended(department, dossier, kind, remedy_from_time=stamp(since))

    assert case.state == cases.CASE_STATE_SERVED and not case.HasField("set_aside")
    [remedy] = case.remedies
    assert (moment_at(remedy, "begin_time"), moment_at(remedy, "end_time")) == (since, department.now)
    assert department.names(case.case_id)[-1] == "DecisionUpheld"
    assert "PEN-24" not in clocks(case)
    await department.pay(dossier, 30000)
    assert (await close(department, dossier)).state == cases.CASE_STATE_CLOSED


async def test_a_changed_decision_is_owed_as_it_was_changed(department: Department) -> None:
    dossier = await published(department)
    was = (await department.case(dossier.case_id)).publication.decision

    async with department.refused("MALFORMED") as told:
        await ended(department, dossier, CHANGED)
    assert told.fields == ["penalty"]
    async with department.refused("REFORMATIO_IN_PEIUS", law="ARL-2023:63(2);ALIT-2017:77(2)") as told:
        await ended(department, dossier, CHANGED, penalty=fine(30001))
    assert (told.metadata["decided"], told.metadata["changed"]) == ("30000.00", "30001.00")
    case = await ended(department, dossier, CHANGED, penalty=fine(20000))

    assert (case.decision.penalty.fine, case.decision.decided.fine) == (yuan(20000), yuan(30000))
    assert clocks(case)["PEN-24"] == RUNS and clocks(case)["PEN-19"] == RUNS, (
        "it is to be paid, as it was changed"
    )
    async with department.refused("OVERPAID"):
        await department.pay(dossier, 20000.01)
    assert clocks(await withdraw(department, dossier))["PEN-24"] == MET
    assert (await shown(department, was)).explanation
    await department.pay(dossier, 20000)
    assert (await close(department, dossier)).state == cases.CASE_STATE_CLOSED


async def test_what_a_third_party_asked_for_may_be_heavier(department: Department) -> None:
    dossier = await department.served()

    case = await ended(department, dossier, CHANGED, penalty=fine(40000), third_party_request="受害人申请")

    assert case.decision.penalty.fine == yuan(40000)


async def test_what_was_agreed_takes_its_place_and_is_corrected_in_public(department: Department) -> None:
    dossier = await published(department)

    case = await ended(department, dossier, MEDIATED, penalty=fine(25000))
    reply = await department.do("CorrectPublication", CLERK, case_id=dossier.case_id, reason="经调解达成协议")

    assert not case.HasField("set_aside") and "PEN-24" not in clocks(case)
    found = await shown(department, reply.case.publication.decision)
    assert found.version == 2 and "25000" in found.text.replace(",", "")
    assert reply.case.decision.penalty.fine == yuan(25000)


async def test_an_unlawful_decision_keeps_its_effect(department: Department) -> None:
    dossier = await published(department)

    case = await ended(department, dossier, cases.OUTCOME_KIND_UNLAWFUL)

    assert clocks(case)["PEN-24"] == RUNS and clocks(case)["PEN-19"] == RUNS
    assert department.names(case.case_id)[-1] == "DecisionSetAside"
    await withdraw(department, dossier)
    await department.pay(dossier, 30000)
    assert (await close(department, dossier)).state == cases.CASE_STATE_CLOSED


@pytest.mark.parametrize("kind", [ANNULLED, VOID])
async def test_of_an_undone_decision_nothing_is_owed_and_what_was_paid_is_given_back(
    department: Department, kind: int
) -> None:
    dossier = await published(department)
    await department.pay(dossier, 10000)

    case = await ended(department, dossier, kind)

    assert [o.refund for o in case.outcomes] == [yuan(10000)]
    assert clocks(case)["PEN-19"] == MET and clocks(case)["PEN-24"] == RUNS
    async with department.refused("DECISION_SET_ASIDE"):
        await ended(department, dossier, CHANGED, "行终2号", penalty=fine(10000))
    await withdraw(department, dossier)
    given = {"amount": yuan(10000), "bank_reference": f"BACK-{dossier.case_id}"}
    await department.do("RecordRefund", FINANCE, case_id=dossier.case_id, **given)
    assert (
        await close(department, dossier, ground=cases.CLOSE_GROUND_SET_ASIDE)
    ).state == cases.CASE_STATE_CLOSED


async def test_an_outcome_counts_once_and_one_that_comes_late_takes_its_place(department: Department) -> None:
    """The court's judgment of the tenth day is known before the reconsideration decision of the fifth."""
    dossier = await department.served()
    department.now += 20 * DAY
    court = {
        "remedy": cases.REMEDY_SUIT,
        "authority": "示例市中级人民法院",
        "outcome_time": stamp(DECIDED + 10 * DAY),
    }
    await ended(department, dossier, CHANGED, "行终1号", penalty=fine(20000), **court)

    case = await ended(
        department, dossier, CHANGED, "复决1号", penalty=fine(20000), outcome_time=stamp(DECIDED + 5 * DAY)
    )
    async with department.refused("ALREADY_DONE") as told:
        await ended(department, dossier, CHANGED, " 复决1号", penalty=fine(20000))
    async with department.refused("ACTS_OUT_OF_ORDER"):
        await ended(department, dossier, UPHELD, "复决2号", outcome_time=stamp(DECIDED - DAY))
    async with department.refused("ACT_IN_FUTURE"):
        await ended(department, dossier, UPHELD, "复决2号", outcome_time=stamp(department.now + DAY))

    assert told.metadata["document"] == "复决1号"
    assert [o.document for o in case.outcomes] == ["复决1号", "行终1号"]
    assert case.set_aside.document == "行终1号" and case.decision.decided.fine == yuan(30000)


def test_an_earlier_decision_holds_what_the_case_held_under_the_same_numbers() -> None:
    """It is read as a case again, to be judged as it stood."""
    ours, theirs = cases.Case.DESCRIPTOR.fields_by_name, cases.EarlierDecision.DESCRIPTOR.fields_by_name

    for name in ROUND:
        assert (ours[name].number, ours[name].message_type) == (
            theirs[name].number,
            theirs[name].message_type,
        )


async def test_a_remedy_is_against_a_decision(department: Department) -> None:
    dossier = await department.noticed()

    async with department.refused("ACT_NOT_OPEN"):
        await ended(department, dossier, ANNULLED)


@pytest.mark.parametrize(
    ("kind", "more", "field"),
    [
        (UPHELD, {"anew": True}, "anew"),
        (ANNULLED, {"procedure_only": True}, "procedure_only"),
        (ANNULLED, {"penalty": fine(1)}, "penalty"),
        (UPHELD, {"remedy_from_time": stamp(DECIDED - DAY)}, "remedy_from_time"),
        (UPHELD, {"unanswered": True}, "unanswered"),
        (CHANGED, {"unanswered": True, "penalty": fine(1)}, "unanswered"),
        (ANNULLED, {"unanswered": True, "remedy": cases.REMEDY_SUIT}, "unanswered"),
    ],
)
async def test_a_paper_does_not_say_what_it_cannot(
    department: Department, kind: int, more: dict[str, Any], field: str
) -> None:
    dossier = await department.served()

    async with department.refused("MALFORMED") as told:
        await ended(department, dossier, kind, **more)

    assert told.fields == [field]


# Annulled, and ordered to be decided anew --------------------------------------------------------------


async def to_the_notice(d: Department, dossier: Dossier, amount: float) -> None:
    """Reported, reviewed and told once more; the party waives its answer."""
    dossier.proposal = fine(amount)
    for rpc in ("SubmitReport", "SubmitForReview", "ConcludeReview", "ServePriorNotice", "WaiveDefence"):
        await d.act(rpc, dossier)


async def test_a_case_to_be_decided_anew_is_back_in_inquiry(department: Department) -> None:
    """The decision stays to be seen, its publication is withdrawn, and the new one has its own number and publication."""
    dossier = await published(department)
    first = await department.case(dossier.case_id)
    department.now += 30 * DAY

    case = await ended(department, dossier, ANNULLED, anew=True)

    assert case.state == cases.CASE_STATE_INVESTIGATING and not case.HasField("decision")
    [was] = case.earlier_decisions
    assert (was.decision, was.notice, was.publication) == (first.decision, first.notice, first.publication)
    assert was.anew.document == "复决1号"
    running = {c.clock_id: c for c in case.deadlines if c.state == RUNS}
    assert moment_at(running["PEN-15"], "start_time") == department.now and "PEN-19" not in running
    assert "PEN-24" in running, "what is public of it is withdrawn in three days"
    assert department.names(case.case_id)[-1] == "CaseReopened"

    case = await withdraw(department, dossier)
    assert case.earlier_decisions[0].HasField("withdrawal") and clocks(case)["PEN-24"] == MET
    async with department.refused("NOT_TO_BE_WITHDRAWN"):
        await withdraw(department, dossier)

    await department.evidence(dossier)
    await to_the_notice(department, dossier, 30000)
    await department.act("MakeDecision", dossier)
    await department.serve(dossier)
    case = (await department.act("PublishDecision", dossier)).case
    old, new = first.publication.decision, case.publication.decision
    assert (
        old != new and first.publication.decision.publication_id != case.publication.decision.publication_id
    )
    assert (await shown(department, old)).explanation and (await shown(department, new)).text
    await department.pay(dossier, 30000)
    assert (await close(department, dossier)).state == cases.CASE_STATE_CLOSED


@pytest.mark.parametrize(
    ("amount", "same"),
    [(30000, True), (27000.01, True), (26999.99, False)],
    ids=["same", "little less", "less"],
)
async def test_the_same_is_not_decided_on_the_same_facts(
    department: Department, amount: float, same: bool
) -> None:
    dossier = await department.served()
    await ended(department, dossier, ANNULLED, anew=True)
    await to_the_notice(department, dossier, amount)

    if same:
        async with department.refused("SAME_ACT_REPEATED", law="ARL-2023:64(2);ALIT-2017:71") as told:
            await department.act("MakeDecision", dossier)
        assert told.metadata["document"] == "复决1号"
        return
    assert (await department.act("MakeDecision", dossier)).case.state == cases.CASE_STATE_DECIDED


async def test_what_was_wrong_in_procedure_alone_may_be_decided_the_same(department: Department) -> None:
    dossier = await department.served()
    await ended(department, dossier, ANNULLED, anew=True, procedure_only=True)
    await to_the_notice(department, dossier, 30000)

    assert (await department.act("MakeDecision", dossier)).case.decision.penalty.fine == yuan(30000)


async def test_no_penalty_that_was_annulled_is_not_decided_again_on_the_same_ground(
    department: Department,
) -> None:
    dossier = await department.investigating()
    await department.evidence(dossier)
    none = penalties.NoPenalty(ground=penalties.NO_PENALTY_GROUND_NOT_ESTABLISHED, reasons="违法事实不能成立")
    report = {"report": "调查终结报告", "no_penalty": none}
    await department.do("SubmitReport", dossier.who, case_id=dossier.case_id, **report)
    await department.do("DecideNoPenalty", HEAD, case_id=dossier.case_id)
    await department.serve(dossier)

    case = await ended(department, dossier, ANNULLED, anew=True)
    assert case.earlier_decisions[0].no_penalty.outcome.ground == none.ground
    await department.do("SubmitReport", dossier.who, case_id=dossier.case_id, **report)
    async with department.refused("SAME_ACT_REPEATED"):
        await department.do("DecideNoPenalty", HEAD, case_id=dossier.case_id)
    reply = await department.do("ListOpenActs", HEAD, case_id=dossier.case_id)
    [listed] = (a for a in reply.acts if a.act == "DECIDE_NO_PENALTY")
    assert "SAME_ACT_REPEATED" in {o.reason for o in listed.obstacles}


async def test_what_was_decided_on_the_spot_is_a_clue_again(department: Department) -> None:
    case = (await department.spot()).case
    officers = [o.officer_id for o in case.officers]
    dossier = Dossier(case.case_id, case.body_id, officers)

    case = await ended(department, dossier, ANNULLED, anew=True)

    assert (case.state, case.procedure) == (cases.CASE_STATE_CLUE, cases.PROCEDURE_ORDINARY)
    assert clocks(case)["PEN-19"] == MET and clocks(case)["PEN-03"] == RUNS
    assert department.names(case.case_id)[-2:] == ["DecisionAnnulled", "ClueRegistered"]
    filed = await department.do("FileCase", HEAD, case_id=case.case_id, law="《示例法》第一条")
    assert filed.case.state == cases.CASE_STATE_FILED


async def test_decisions_that_were_changed_or_undone_are_compared_as_they_are_now(
    department: Department,
) -> None:
    """The spread of decided cases takes the changed sum, and leaves out what was undone."""
    await department.benchmark(code="O-1")
    about = {"benchmark_id": "示例法:O-1"}

    async def spread() -> Any:
        asked = await department.clue()
        reply = await department.do(
            "EvaluatePenalty", HEAD, case_id=asked.case_id, penalty=fine(20000, **about)
        )
        return reply.evaluation.spread

    async def served() -> Dossier:
        department.now = START
        return await department.served(fine(110000, **about))

    changed, undone = await served(), await served()
    assert ((await spread()).count, (await spread()).median) == (2, 500_000)

    await ended(department, changed, CHANGED, penalty=fine(65000, **about))
    assert (await spread()).lower_quartile < 500_000
    await ended(department, undone, ANNULLED, "复决2号")

    assert ((await spread()).count, (await spread()).median) == (1, 250_000)


async def test_the_event_carries_the_outcome(department: Department) -> None:
    dossier = await department.served()
    case = await ended(department, dossier, ANNULLED, unanswered=True)

    [*_, last] = department.events(dossier.case_id)
    told = events.DecisionAnnulled.FromString(last.data)

    assert told.outcome == case.outcomes[0] and told.outcome.document_number == case.decision.document_number
    assert told.outcome.unanswered
