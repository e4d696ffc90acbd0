"""No penalty: the grounds of the law, each with its proof, and what follows (APL 30, 31, 33, 36, 57)."""

from datetime import datetime
from typing import Any

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import evidence_mark_pb2 as expertise
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.law.v1.law_pb2 import CLOCK_STATE_RUNNING

from services.given.case import violation
from services.law.calendar import SHANGHAI
from tests.enforcement.department import Department, number_of
from tests.enforcement.samples import DAY, HEAD, REVIEWER, Dossier, fine, stamp

REASONS = "违法行为轻微，当场改正，没有造成危害后果"
# Born on 2012-03-01 and on 2012-02-28: the one is fourteen on the day of the act, 2026-03-01, only the day after.
ACT_DAY = datetime(2026, 3, 1, 10, 0, tzinfo=SHANGHAI)
CHILD, YOUTH = "440700201203010016", "440700201202280014"


def person(number: str, **more: str) -> dict[str, Any]:
    party = parties.Party(kind=parties.PARTY_KIND_CITIZEN, name="示例当事人", identity_number=number, **more)
    return {"party": party, "violation": violation(ACT_DAY, law="示例法第一条")}


def clue_about(number: str) -> dict[str, Any]:
    """A clue about what a person did on the day before the tests begin."""
    return {"kind": parties.PARTY_KIND_CITIZEN, "number": number}


def ground(name: str, **more: Any) -> penalties.NoPenalty:
    values = {"reasons": REASONS, "education": "当场教育，当事人签字", **more}
    return penalties.NoPenalty(ground=penalties.NoPenaltyGround.Value(f"NO_PENALTY_GROUND_{name}"), **values)


async def inquired(d: Department, **clue: Any) -> tuple[Dossier, str]:
    """A case in inquiry, and the id of its piece of evidence, a site record."""
    dossier = await d.investigating(**clue)
    return dossier, (await d.evidence(dossier)).evidence.evidence_id


async def propose(d: Department, dossier: Dossier, outcome: penalties.NoPenalty) -> cases.Case:
    fields = {"case_id": dossier.case_id, "report": "调查终结报告", "no_penalty": outcome}
    return (await d.do("SubmitReport", dossier.who, **fields)).case


async def let_go(d: Department, dossier: Dossier, **more: Any) -> cases.Case:
    return (await d.do("DecideNoPenalty", HEAD, case_id=dossier.case_id, **more)).case


def running(case: cases.Case) -> set[str]:
    return {each.clock_id for each in case.deadlines if each.state == CLOCK_STATE_RUNNING}


async def test_the_way_of_a_minor_act_from_the_report_to_the_archive(department: Department) -> None:
    dossier, evidence = await inquired(department)

    reported = await propose(department, dossier, ground("MINOR", evidence_ids=[evidence]))
    decided = await let_go(department, dossier)
    async with department.refused("CLOSE_NOT_ALLOWED", law="APL-2021:61(1)"):
        await department.act("CloseCase", dossier)
    async with department.refused("ESERVICE_CONSENT_MISSING", law="APL-2021:61(2)"):
        await department.serve(dossier, method=cases.SERVICE_METHOD_ELECTRONIC, address="a@example.cn")
    served = (await department.serve(dossier)).case
    async with department.refused("ALREADY_DONE", law="APL-2021:61(1)"):
        await department.serve(dossier)
    closed = (await department.act("CloseCase", dossier)).case

    assert reported.state == cases.CASE_STATE_INVESTIGATED and not reported.HasField("proposal")
    assert decided.state == served.state == cases.CASE_STATE_NO_PENALTY
    assert decided.no_penalty.outcome == reported.no_penalty.outcome
    assert decided.no_penalty.decider == HEAD[0] and "不罚决〔2026〕" in decided.no_penalty.document_number
    assert not decided.HasField("decision")
    assert "PEN-15" not in running(decided) and "PEN-25" in running(decided), "only the closing is due"
    assert "PEN-19" not in running(served)
    assert closed.state == cases.CASE_STATE_CLOSED
    assert department.names(dossier.case_id)[-4:] == [
        "ReportSubmitted", "NoPenaltyDecided", "DecisionServed", "CaseClosed",
    ]  # fmt: skip


async def test_what_the_party_said_may_lead_to_no_penalty(department: Department) -> None:
    dossier = await department.noticed()
    [evidence] = (await department.do("ListEvidence", HEAD, case_id=dossier.case_id)).evidence
    await department.act("RecordStatement", dossier)
    await department.act("RecheckDefence", dossier)

    case = await let_go(
        department, dossier, no_penalty=ground("NO_FAULT", evidence_ids=[evidence.evidence_id])
    )

    assert case.state == cases.CASE_STATE_NO_PENALTY


async def test_a_report_proposes_a_penalty_or_none(department: Department) -> None:
    dossier, evidence = await inquired(department)
    both = {"proposal": fine(30_000), "no_penalty": ground("MINOR", evidence_ids=[evidence])}

    for proposed in (both, {}):
        async with department.refused("MALFORMED"):
            await department.do(
                "SubmitReport", dossier.who, case_id=dossier.case_id, report="报告", **proposed
            )


async def test_a_penalty_is_not_told_where_none_was_proposed(department: Department) -> None:
    """The report says none; a review that agrees makes no penalty of it."""
    dossier, evidence = await inquired(department)
    await propose(department, dossier, ground("MINOR", evidence_ids=[evidence]))
    await department.act("SubmitForReview", dossier)
    await department.act("ConcludeReview", dossier)

    async with department.refused("PRIOR_NOTICE_INCOMPLETE"):
        await department.notice(dossier)
    listed = await department.do("ListOpenActs", HEAD, case_id=dossier.case_id)
    [notice] = [act for act in listed.acts if act.act == "SERVE_PRIOR_NOTICE"]
    assert [each.reason for each in notice.obstacles] == ["PRIOR_NOTICE_INCOMPLETE"] and not notice.open


async def test_a_returned_report_may_propose_the_other(department: Department) -> None:
    dossier, evidence = await inquired(department)
    await propose(department, dossier, ground("MINOR", evidence_ids=[evidence]))
    await department.act("SubmitForReview", dossier)
    await department.do("ConcludeReview", REVIEWER, case_id=dossier.case_id, passed=False, opinion="应当处罚")

    case = (await department.report(dossier, fine(30_000))).case

    assert case.HasField("proposal") and not case.HasField("no_penalty")


GROUNDLESS = [
    (penalties.NoPenalty(reasons=REASONS), "NO_PENALTY_NOT_REASONED"),
    (ground("NOT_ESTABLISHED", reasons=" "), "NO_PENALTY_NOT_REASONED"),
    (ground("MINOR"), "NO_PENALTY_NOT_PROVED"),
    (ground("MINOR", evidence_ids=["E-elsewhere"]), "NO_PENALTY_NOT_PROVED"),
    (ground("LIMITATION"), "NO_PENALTY_GROUND_WRONG"),
]


@pytest.mark.parametrize(("outcome", "reason"), GROUNDLESS)
async def test_no_ground_is_taken_on_somebodys_word(
    department: Department, outcome: penalties.NoPenalty, reason: str
) -> None:
    dossier, _ = await inquired(department)

    async with department.refused(reason, more=True):
        await propose(department, dossier, outcome)


async def test_who_goes_unpunished_for_an_act_is_taught(department: Department) -> None:
    dossier, evidence = await inquired(department)

    async with department.refused("EDUCATION_MISSING", law="APL-2021:33(3);APL-2021:30;APL-2021:31"):
        await propose(department, dossier, ground("NO_FAULT", evidence_ids=[evidence], education=" "))
    await propose(department, dossier, ground("NOT_ESTABLISHED", education=""))


async def test_a_second_offence_is_not_waived_as_the_first(department: Department) -> None:
    """Until the penalty before was set aside."""
    number = "91440700000000006M"
    first = await department.served(number=number)
    dossier, evidence = await inquired(department, number=number)
    waiver = ground("FIRST_OFFENCE", evidence_ids=[evidence])

    async with department.refused("NO_PENALTY_GROUND_WRONG", law="APL-2021:33(1)"):
        await propose(department, dossier, waiver)
    annulled = {
        "kind": cases.SET_ASIDE_KIND_ANNULLED,
        "authority": "示例市人民政府",
        "document": "示府行复〔2026〕1号",
        "remedy": cases.REMEDY_RECONSIDERATION,
    }
    await department.do("RecordOutcome", ("clerk-1", "CLERK"), case_id=first.case_id, **annulled)
    await propose(department, dossier, waiver)


async def test_a_child_is_not_penalised_and_its_guardian_is_ordered(department: Department) -> None:
    """On the fourteenth birthday itself the fourteenth year is not complete."""
    dossier, _ = await inquired(department, **clue_about(CHILD))

    async with department.refused("PARTY_UNDER_FOURTEEN", law="APL-2021:30"):
        await department.report(dossier, fine(30_000))
    await propose(department, dossier, ground("UNDER_FOURTEEN", education="责令监护人加以管教"))
    untold = {}, {"guardian": "其父甲"}, {"guardian": " ", "guardian_told_time": stamp(department.now)}
    for said in (*untold, {"guardian": "其父甲", "guardian_told_time": stamp(department.now + DAY)}):
        async with department.refused("GUARDIAN_NOT_TOLD", law="APL-2021:30;APL-2021:31"):
            outcome = ground("UNDER_FOURTEEN", education="责令监护人加以管教", **said)
            await let_go(department, dossier, no_penalty=outcome)
    told = ground(
        "UNDER_FOURTEEN",
        education="责令监护人加以管教",
        guardian="其父甲",
        guardian_told_time=stamp(department.now),
    )
    case = await let_go(department, dossier, no_penalty=told)

    assert case.state == cases.CASE_STATE_NO_PENALTY and case.no_penalty.outcome.guardian == "其父甲"


async def test_who_is_fourteen_is_no_child(department: Department) -> None:
    dossier, evidence = await inquired(department, **clue_about(YOUTH))

    async with department.refused("NO_PENALTY_GROUND_WRONG", law="APL-2021:30"):
        await propose(department, dossier, ground("UNDER_FOURTEEN", evidence_ids=[evidence]))
    youth = penalties.Lenience(degree=1, grounds=[1], reasons="已满十四周岁不满十八周岁")
    await department.report(dossier, fine(30_000, lenience=youth))


async def test_on_the_spot_no_child_is_fined(department: Department) -> None:
    async with department.refused("PARTY_UNDER_FOURTEEN"):
        await department.spot(**person(CHILD))


async def test_nobody_is_fined_whose_age_is_not_known(department: Department) -> None:
    """A passport does not show it, so it is stated."""
    async with department.refused("BIRTH_DATE_MISSING", law="APL-2021:30"):
        await department.spot(**person("E12345678"))
    async with department.refused("PARTY_UNDER_FOURTEEN"):
        await department.spot(**person("E12345678", birth_date="2013-01-01"))
    await department.spot(**person("E12345678", birth_date="1990-01-01"))


async def found(d: Department, dossier: Dossier, responsibility: int) -> str:
    """The id of an expert's opinion that finds something of the party."""
    asked = {"kind": cases.EVIDENCE_KIND_EXPERT_OPINION, "responsibility": responsibility}
    return (await d.evidence(dossier, **asked)).evidence.evidence_id


async def test_in_spite_of_an_experts_opinion_nobody_is_penalised(department: Department) -> None:
    """Neither by the report, nor by a decision where the opinion comes later; one that finds the party well stops nothing."""
    dossier, _ = await inquired(department, **clue_about(number_of(parties.PARTY_KIND_CITIZEN)))
    await found(department, dossier, expertise.RESPONSIBILITY_FULL)
    await department.report(dossier, fine(20_000))
    for act in ("SubmitForReview", "ConcludeReview"):
        await department.act(act, dossier)
    await department.notice(dossier)
    opinion = await found(department, dossier, expertise.RESPONSIBILITY_NONE)
    await department.act("WaiveDefence", dossier)

    async with department.refused("PARTY_NOT_RESPONSIBLE", law="APL-2021:31") as told:
        await department.decide(dossier)
    other, _ = await inquired(department, **clue_about(number_of(parties.PARTY_KIND_CITIZEN)))
    await found(department, other, expertise.RESPONSIBILITY_NONE)
    async with department.refused("PARTY_NOT_RESPONSIBLE", law="APL-2021:31"):
        await department.report(other, fine(20_000))
    async with department.refused("MALFORMED") as wrong:
        await department.evidence(dossier, responsibility=expertise.RESPONSIBILITY_FULL)

    assert told.metadata["evidence"] == opinion and wrong.fields == ["responsibility"]


async def test_who_could_not_understand_what_he_did_is_let_go_on_an_experts_opinion(
    department: Department,
) -> None:
    number = number_of(parties.PARTY_KIND_CITIZEN)
    dossier, record = await inquired(department, **clue_about(number))
    well = await found(department, dossier, expertise.RESPONSIBILITY_FULL)
    opinion = await found(department, dossier, expertise.RESPONSIBILITY_NONE)

    for named in (record, well):
        async with department.refused("NO_PENALTY_GROUND_WRONG", law="APL-2021:31"):
            await propose(department, dossier, ground("NOT_RESPONSIBLE", evidence_ids=[named]))
    reported = await propose(department, dossier, ground("NOT_RESPONSIBLE", evidence_ids=[record, opinion]))
    async with department.refused("GUARDIAN_NOT_TOLD"):
        await let_go(department, dossier)
    told = reported.no_penalty.outcome
    told.guardian, told.education = "其配偶乙", "责令监护人严加看管和治疗"
    told.guardian_told_time.CopyFrom(stamp(department.now))
    await let_go(department, dossier, no_penalty=told)


async def test_who_investigated_does_not_let_go(department: Department) -> None:
    dossier, evidence = await inquired(department)
    await propose(department, dossier, ground("MINOR", evidence_ids=[evidence]))

    await department.appointed(dossier.body_id, dossier.ids[0])

    async with department.refused("SOD_VIOLATION"):
        await department.do("DecideNoPenalty", (dossier.ids[0], "AGENCY_HEAD"), case_id=dossier.case_id)


async def test_a_case_ends_without_a_decision_only_for_a_reason(department: Department) -> None:
    dossier = await department.filed()

    async with department.refused("TERMINATION_NOT_REASONED"):
        await department.do("TerminateCase", HEAD, case_id=dossier.case_id, cause=" ")
