"""The decision: when it may be made, by whom, how heavy; its service, publication and filing."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import file_pb2 as pb
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.law.v1.law_pb2 import CLOCK_STATE_RUNNING

from services.given import case as given
from services.law.calendar import SHANGHAI
from tests.enforcement.department import SEAL, Department
from tests.enforcement.handing_in import handed_in
from tests.enforcement.samples import (
    CLERK,
    HEAD,
    HOUR,
    INSTANT,
    REVIEWER,
    START,
    WINDOW_END,
    fine,
    stamp,
    yuan,
)
from tests.enforcement.test_defence import hold, recheck, request, statement, waive

AFTER = WINDOW_END + INSTANT
CONSENT = {
    "kind": cases.EVIDENCE_KIND_DOCUMENT,
    "title": "送达地址确认书",
    "source": "当事人签名提交",
    "sha256": sha256("送达地址确认书".encode()).digest(),
    "location": "案卷第三十一页",
}
MEMBERS = {"discussion": "集体讨论记录", "discussion_members": ["head-1", "head-2"]}


async def test_no_decision_in_the_window(department: Department) -> None:
    dossier = await department.noticed()
    department.now = WINDOW_END

    async with department.refused("NO_DECISION_WITHOUT_NOTICE", law="APL-2021:62") as told:
        await department.decide(dossier)
    department.now = AFTER
    reply = await department.decide(dossier)

    assert told.metadata["window_end"] == "2026-03-09T23:59:59+08:00"
    assert reply.case.state == cases.CASE_STATE_DECIDED
    assert reply.case.decision.penalty == fine(30000), "without a penalty of its own it takes the notice's"
    assert reply.case.decision.decider == "head-1" and not reply.case.decision.major


async def test_a_waiver_opens_the_window(department: Department) -> None:
    dossier = await department.noticed()
    await waive(department, dossier)

    reply = await department.decide(dossier)

    assert reply.case.state == cases.CASE_STATE_DECIDED
    assert {d.clock_id for d in reply.case.deadlines if d.state == 1} == {"PEN-16", "PEN-23", "PEN-31"}


async def test_a_statement_does_not_shorten_the_window(department: Department) -> None:
    dossier = await department.noticed()
    await statement(department, dossier)
    await recheck(department, dossier)

    async with department.refused("NO_DECISION_WITHOUT_NOTICE"):
        await department.decide(dossier)


async def test_no_decision_without_notice(department: Department) -> None:
    dossier = await department.reviewed()

    async with department.refused("NO_DECISION_WITHOUT_NOTICE", more=True):
        await department.decide(dossier)
    async with department.refused("NO_DECISION_WITHOUT_NOTICE"):
        await department.decide(dossier, penalty=fine(30000))


async def test_a_decision_far_too_early_says_all_that_misses(department: Department) -> None:
    dossier = await department.reviewing()

    async with department.refused(
        "ACT_NOT_OPEN", "LEGAL_REVIEW_NOT_PASSED", "NO_DECISION_WITHOUT_NOTICE"
    ) as told:
        await department.decide(dossier)

    assert told.reason == "ACT_NOT_OPEN"


async def test_no_decision_before_the_recheck(department: Department) -> None:
    dossier = await department.noticed()
    await statement(department, dossier)
    department.now = AFTER

    async with department.refused("ACT_NOT_OPEN"):
        await department.decide(dossier)


async def test_a_withdrawn_hearing_leaves_the_statement_to_recheck(department: Department) -> None:
    dossier = await department.noticed()
    await statement(department, dossier)
    await request(department, dossier)
    department.now = AFTER

    async with department.refused("HEARING_NOT_HELD", "DEFENCE_NOT_RECHECKED", law="APL-2021:45(1)"):
        await department.decide(dossier)
    await waive(department, dossier)
    async with department.refused("DEFENCE_NOT_RECHECKED"):
        await department.decide(dossier)
    await recheck(department, dossier)
    reply = await department.decide(dossier)

    assert reply.case.state == cases.CASE_STATE_DECIDED


async def test_a_request_after_the_waiver_has_to_be_heard(department: Department) -> None:
    dossier = await department.noticed()
    await waive(department, dossier)
    department.now += HOUR
    await request(department, dossier)

    async with department.refused("HEARING_NOT_HELD"):
        await department.decide(dossier)


async def test_a_heard_case_is_decided_after_the_recheck(department: Department) -> None:
    dossier = await department.noticed(fine(120000))
    await request(department, dossier)
    await hold(department, dossier)

    async with department.refused("ACT_NOT_OPEN", "LEGAL_REVIEW_NOT_PASSED"):
        await department.decide(dossier, **MEMBERS)
    await recheck(department, dossier)
    async with department.refused("LEGAL_REVIEW_NOT_PASSED", law="APL-2021:58(1)[2]"):
        await department.decide(dossier, **MEMBERS)
    await department.reviewed_again(dossier)
    reply = await department.decide(dossier, **MEMBERS)

    assert reply.case.decision.major
    assert list(reply.case.decision.discussion_members) == ["head-1", "head-2"]


@pytest.mark.parametrize(("who", "law"), [("investigator", "APL-2021:57(1)"), ("reviewer", "EX-ERS")])
async def test_investigator_and_reviewer_do_not_decide(department: Department, who: str, law: str) -> None:
    """The latter is the city's own system: no law says it."""
    dossier = await department.noticed()
    department.now = AFTER
    person = dossier.ids[1] if who == "investigator" else "reviewer-1"
    await department.appointed(dossier.body_id, person)

    async with department.refused("SOD_VIOLATION", law=law) as told:
        await department.decide(dossier, by=(person, "AGENCY_HEAD"))

    assert told.metadata["person"] == person


GAINS = [penalties.PENALTY_KIND_FINE, penalties.PENALTY_KIND_CONFISCATION_OF_GAINS]
CRITICISED = [penalties.PENALTY_KIND_CIRCULATED_CRITICISM]


@pytest.mark.parametrize(
    ("noticed", "decided", "heavier"),
    [
        (fine(30000), fine(30000), False),
        (fine(30000), fine(29999.99), False),
        (fine(30000), fine(30000.01), True),
        (fine(30000), fine(30000, kinds=[*GAINS], confiscation=yuan(1)), True),
        (
            fine(30000, kinds=GAINS, confiscation=yuan(10)),
            fine(30000, kinds=GAINS, confiscation=yuan(10.01)),
            True,
        ),
        (fine(30000), fine(30000, kinds=[penalties.PENALTY_KIND_WARNING, penalties.PENALTY_KIND_FINE]), True),
        (fine(0, kinds=CRITICISED, band_code="3"), fine(0, kinds=[1], band_code="3"), False),
        (fine(0, kinds=[1], band_code="3"), fine(0, kinds=CRITICISED, band_code="3"), True),
    ],
)
async def test_the_decision_is_not_heavier_than_the_notice(
    department: Department, noticed: penalties.Penalty, decided: penalties.Penalty, heavier: bool
) -> None:
    dossier = await department.noticed(noticed)
    await statement(department, dossier)
    await recheck(department, dossier)
    department.now = AFTER

    if heavier:
        async with department.refused("AGGRAVATED_AFTER_DEFENCE", law="APL-2021:45(2);APL-2021:62") as told:
            await department.decide(dossier, penalty=decided)
        assert {"noticed", "decided"} <= told.metadata.keys()
        return
    reply = await department.decide(dossier, penalty=decided)
    assert reply.case.decision.penalty == decided


async def test_the_decision_stays_inside_the_band(department: Department) -> None:
    dossier = await department.noticed()
    department.now = AFTER

    async with department.refused("DISCRETION_OUT_OF_BAND"):
        await department.decide(dossier, penalty=fine(19000))
    async with department.refused("DEVIATION_NOT_APPROVED", law="GBF-2022-27:12") as told:
        await department.decide(dossier, penalty=left_by("head-2"))
    reply = await department.decide(dossier, penalty=left_by("head-1"))

    assert told.metadata["approver"] == "head-2"
    assert reply.case.decision.penalty.deviation_approver == "head-1"


async def test_the_heads_who_discussed_a_case_may_let_it_leave_the_band(department: Department) -> None:
    dossier = await department.noticed()
    department.now = AFTER
    talk = {"discussion": "集体讨论笔录", "discussion_members": ["head-1", "head-2"]}

    async with department.refused("DEVIATION_NOT_APPROVED"):
        await department.decide(dossier, penalty=left_by("head-3"), **talk)
    async with department.refused("DEVIATION_NOT_APPROVED"):
        await department.decide(dossier, penalty=left_by("head-2"), **(talk | {"discussion": " "}))
    reply = await department.decide(dossier, penalty=left_by("head-2"), **talk)

    assert reply.case.state == cases.CASE_STATE_DECIDED


async def test_no_approval_lifts_a_fine_above_the_statute(department: Department) -> None:
    dossier = await department.noticed()
    department.now = AFTER

    async with department.refused("AMOUNT_OUT_OF_RANGE", law="APL-2021:5;GF-2024-5", more=True) as told:
        await department.decide(dossier, penalty=left_by("head-1", 1_000_000.01))

    assert told.metadata["highest"] == "1000000.00"


def left_by(approver: str, amount: float = 19_000) -> penalties.Penalty:
    """A fine outside the band that somebody approved."""
    return fine(amount, deviation_reason="主动消除危害", deviation_approver=approver)


FINE, GAINS = penalties.PENALTY_KIND_FINE, penalties.PENALTY_KIND_CONFISCATION_OF_GAINS
CLOSURE = [FINE, penalties.PENALTY_KIND_CLOSURE]


def confiscated(amount: float) -> penalties.Penalty:
    return fine(30000, kinds=[FINE, GAINS], confiscation=yuan(amount))


@pytest.mark.parametrize(
    ("kind", "proposal", "major"),
    [
        (parties.PARTY_KIND_ORGANISATION, fine(50000), True),
        (parties.PARTY_KIND_ORGANISATION, fine(49999.99), False),
        (parties.PARTY_KIND_CITIZEN, fine(5000, band_code="2", base=yuan(2000)), True),
        (parties.PARTY_KIND_CITIZEN, fine(4999.99, band_code="2", base=yuan(2000)), False),
        (parties.PARTY_KIND_ORGANISATION, fine(20000, kinds=CLOSURE), True),
        (parties.PARTY_KIND_ORGANISATION, confiscated(50000), True),
        (parties.PARTY_KIND_ORGANISATION, confiscated(49999.99), False),
    ],
)
async def test_major_penalties_are_filed(
    department: Department, kind: int, proposal: penalties.Penalty, major: bool
) -> None:
    dossier = await department.noticed(proposal, kind=kind)
    department.now = AFTER

    reply = await department.decide(dossier, **MEMBERS)
    if not major:
        async with department.refused("NOT_MAJOR", law="EX-SUP"):
            await department.do("FileMajorPenalty", HEAD, case_id=dossier.case_id)
        assert not reply.case.decision.major
        return
    filed = await department.do("FileMajorPenalty", HEAD, case_id=dossier.case_id)
    async with department.refused("ALREADY_DONE"):
        await department.do("FileMajorPenalty", HEAD, case_id=dossier.case_id)

    assert filed.case.report_time == stamp(AFTER) and filed.case.state == cases.CASE_STATE_DECIDED
    clocks = {d.clock_id: d.state for d in filed.case.deadlines}
    assert clocks["PEN-27"] == 2 and clocks["PEN-28"] == 1


LAW, ENV, SAMR = "APL-2021:57(2)", "ENV-2023:52(2);APL-2021:57(2)", "SAMR-2022:60(2);APL-2021:57(2)"
MARKET, HOUSING, ENVIRONMENT = "市场监督管理", "住房和城乡建设", "生态环境"
GRADE = fine(30000, kinds=[FINE, penalties.PENALTY_KIND_LOWERING_OF_GRADE])


@pytest.mark.parametrize(
    ("field", "proposal", "law"),
    [
        (MARKET, fine(99999.99), ""),
        (MARKET, fine(100000), LAW),  # the city's amount
        (MARKET, confiscated(99999.99), ""),
        (MARKET, confiscated(100000), LAW),
        (HOUSING, fine(20000, kinds=CLOSURE), LAW),
        (HOUSING, GRADE, LAW),
        (ENVIRONMENT, fine(100000), LAW),  # the place's amount takes the place of the ministry's (ENV 52(4))
        (ENVIRONMENT, fine(20000, kinds=CLOSURE), ENV),
        (ENVIRONMENT, GRADE, ""),  # no item of ENV 52(2)
    ],
)
async def test_the_heads_discuss_what_is_major_by_the_law_the_place_or_the_sector(
    department: Department, field: str, proposal: penalties.Penalty, law: str
) -> None:
    dossier = await department.noticed(proposal, body_id=await department.body(field=field))
    department.now = AFTER

    if law:
        async with department.refused("COLLECTIVE_DISCUSSION_REQUIRED", law=law):
            await department.decide(dossier)
        async with department.refused("COLLECTIVE_DISCUSSION_REQUIRED", law=law):
            await department.decide(dossier, discussion="一人讨论", discussion_members=["head-1", "head-1"])
    reply = await department.decide(dossier, **(MEMBERS if law else {}))

    assert reply.case.state == cases.CASE_STATE_DECIDED


@pytest.mark.parametrize(("field", "law"), [(MARKET, SAMR), (HOUSING, ""), (ENVIRONMENT, "")])
async def test_what_was_heard_is_discussed_where_the_sector_asks_it(
    department: Department, field: str, law: str
) -> None:
    dossier = await department.noticed(body_id=await department.body(field=field))
    await request(department, dossier)
    department.now = AFTER
    await hold(department, dossier)
    await recheck(department, dossier)
    await department.reviewed_again(dossier)

    if law:
        async with department.refused("COLLECTIVE_DISCUSSION_REQUIRED", law=law):
            await department.decide(dossier)
    reply = await department.decide(dossier, **(MEMBERS if law else {}))

    assert reply.case.state == cases.CASE_STATE_DECIDED


async def test_what_the_reviewer_found_complex_is_discussed(department: Department) -> None:
    dossier = await department.reviewing()
    await department.adviser("AV-heard")
    heard = {"advisers": ["AV-heard"], "advice": "同意"}
    await department.act("ConcludeReview", dossier, complexity="涉及多个法律关系", **heard)
    await department.notice(dossier)
    department.now = AFTER

    async with department.refused("COLLECTIVE_DISCUSSION_REQUIRED", law=LAW):
        await department.decide(dossier)
    await department.decide(dossier, **MEMBERS)


async def test_a_withdrawn_body_decides_nothing(department: Department) -> None:
    dossier = await department.noticed()
    await department.withdraw(dossier.body_id)
    department.now = AFTER

    async with department.refused("SUBJECT_NOT_QUALIFIED", law="APL-2021:38(1)"):
        await department.decide(dossier)


async def test_service_needs_a_receipt(department: Department) -> None:
    dossier = await department.decided()

    async with department.refused("SERVICE_PROOF_MISSING", law="APL-2021:61(1)"):
        await department.serve(dossier, receipt=" ")
    async with department.refused("ACTS_OUT_OF_ORDER"):
        await department.serve(dossier, serve_time=stamp(WINDOW_END))
    async with department.refused("ACT_IN_FUTURE"):
        await department.serve(dossier, serve_time=stamp(AFTER + INSTANT))
    reply = await department.serve(dossier, serve_time=stamp(AFTER))

    assert reply.case.state == cases.CASE_STATE_SERVED
    clocks = {d.clock_id: d.state for d in reply.case.deadlines}
    assert clocks["PEN-16"] == 2 and clocks["PEN-19"] == 1


async def test_a_decision_that_lacks_what_it_has_to_say_is_not_served(department: Department) -> None:
    """The address is that of the case, the seal the registry's, the bank the city's; nobody's word stands for them."""
    unsealed = await department.body(seal=" ")
    for about, lacks in (({"body_id": unsealed}, "seal"), ({"representative": "甲"}, "address")):
        department.now = START
        dossier = await department.investigating(**about)
        said = {} if lacks == "seal" else {"party_address": ""}
        await department.evidence(dossier)
        await department.act("SubmitReport", dossier, **said)
        await given.advance(department.do, dossier, "INVESTIGATED", "NOTICED")
        department.now = AFTER
        await department.decide(dossier)

        async with department.refused("DECISION_DOC_INCOMPLETE", law="APL-2021:59;FCS-1997:7") as told:
            await department.serve(dossier)
        assert told.metadata["lacking"] == lacks
    slip = {
        "field": "party.address",
        "before": "",
        "after": "示例市示例路2号",
        "reason": "漏填",
        "proof": "营业执照",
    }
    asked = (await department.do("CorrectRecord", CLERK, case_id=dossier.case_id, **slip)).correction
    agreed = {"correction_id": asked.correction_id, "approved": True, "opinion": "同意"}
    await department.do("DecideCorrection", HEAD, case_id=dossier.case_id, **agreed)
    paper = (await department.serve(dossier)).case.decision.paper

    assert (paper.address, paper.seal, paper.bank) == ("示例市示例路2号", SEAL, "示例银行营业部")


async def test_no_term_runs_when_a_case_is_closed_but_those_that_go_on_after_it(
    department: Department, photo: Path
) -> None:
    """Left at the place, with a working day to hand in the recording of that: until then, or until it is in, nothing is closed.
    The time to publish runs on.
    """
    dossier = await department.decided()
    shown = (await handed_in(department, dossier, photo, title="留置送达照片")).file_id
    left = {"refuse_time": stamp(department.now), "record": shown}
    await department.serve(dossier, method=cases.SERVICE_METHOD_LEFT, left=left)
    await department.pay(dossier, 30_000)

    async with department.refused("CLOSE_NOT_ALLOWED", law="SAMR-2022:77") as told:
        await department.act("CloseCase", dossier)
    assert told.metadata["clocks"] == "AVR-02"
    await handed_in(department, dossier, photo, CLERK, records=pb.RECORDED_ACT_SERVICE_LEFT)
    case = (await department.act("CloseCase", dossier)).case

    run_on = {d.clock_id for d in case.deadlines if d.state == CLOCK_STATE_RUNNING}
    assert case.state == cases.CASE_STATE_CLOSED and "PEN-23" in run_on


async def test_a_kind_of_penalty_is_one_that_the_list_of_the_body_gives(department: Department) -> None:
    """By the item that the case exercises; without one nothing graver than a fine or a confiscation."""
    revoked = given.fine(
        30_000, kinds=[penalties.PENALTY_KIND_FINE, penalties.PENALTY_KIND_REVOCATION_OF_LICENCE]
    )
    none, fines = await department.investigating(), await department.clue()
    item = await department.item(fines.body_id, penalty_kinds=[penalties.PENALTY_KIND_FINE])
    await department.act("FileCase", fines, item_id=item)
    fines.officers = [await department.officer(fines.body_id) for _ in range(2)]
    await department.act("AssignOfficers", fines)
    for dossier in (none, fines):
        await department.evidence(dossier)
        async with department.refused("SANCTION_KIND_NOT_ALLOWED", law="APL-2021:17;APL-2021:18(3)") as told:
            await department.report(dossier, revoked)
        assert told.metadata["kinds"] == "REVOCATION_OF_LICENCE"

    assert (await department.report(fines, given.fine(30_000))).case.state == cases.CASE_STATE_INVESTIGATED


async def test_electronic_service_needs_the_confirmation_that_the_party_signed(
    department: Department, photo: Path
) -> None:
    """On record in this case when it is served, whatever the clerk says of it; and the address that it names."""
    other = await department.noticed()
    elsewhere = (await department.evidence(other, **CONSENT)).evidence.evidence_id
    dossier = await department.noticed()
    note = (await department.evidence(dossier)).evidence.evidence_id
    signed = (await department.evidence(dossier, **CONSENT)).evidence.evidence_id
    department.now = AFTER
    await department.decide(dossier)
    sent = {"method": cases.SERVICE_METHOD_ELECTRONIC, "receipt": "系统回执", "address": "a@example.cn"}

    for consent in ("", " ", "电子送达确认书", elsewhere, note):
        async with department.refused("ESERVICE_CONSENT_MISSING", law="APL-2021:61(2)"):
            await department.serve(dossier, **sent, consent=consent)
    async with department.refused("ESERVICE_CONSENT_MISSING"):
        await department.serve(dossier, **(sent | {"address": " "}), consent=signed)
    department.now += HOUR
    late = await handed_in(department, dossier, photo, title="送达地址确认书")
    async with department.refused("ESERVICE_CONSENT_MISSING"):
        await department.serve(dossier, **sent, consent=late.file_id, serve_time=stamp(AFTER))
    reply = await department.serve(dossier, **sent, consent=late.file_id)

    assert reply.case.state == cases.CASE_STATE_SERVED
    assert (reply.case.service.consent, reply.case.service.address) == (late.file_id, "a@example.cn")


async def test_the_confirmation_may_be_a_document_among_the_evidence(department: Department) -> None:
    dossier = await department.noticed()
    signed = (await department.evidence(dossier, **CONSENT)).evidence.evidence_id
    department.now = AFTER
    await department.decide(dossier)
    sent = {"method": cases.SERVICE_METHOD_ELECTRONIC, "receipt": "系统回执", "address": "a@example.cn"}

    reply = await department.serve(dossier, **sent, consent=signed)

    assert reply.case.service.consent == signed


async def test_a_stranger_does_not_serve(department: Department) -> None:
    dossier = await department.decided()
    stranger = await department.officer(dossier.body_id)

    async with department.refused("NOT_ON_CASE"):
        await department.serve(dossier, by=stranger.who)


async def test_a_decision_is_published_once_at_any_time_after_it(department: Department) -> None:
    dossier = await department.served()

    reply = await department.do("PublishDecision", CLERK, case_id=dossier.case_id, address="门户网站")
    async with department.refused("ALREADY_DONE", law="APL-2021:48(1)"):
        await department.do("PublishDecision", CLERK, case_id=dossier.case_id, address="门户网站")

    assert reply.case.state == cases.CASE_STATE_SERVED
    assert reply.case.publish_address == "门户网站" and reply.case.publish_time == stamp(AFTER)


ANNULLED = {
    "kind": cases.SET_ASIDE_KIND_ANNULLED,
    "authority": "示例市人民政府",
    "document": "示府行复〔2026〕8号",
    "remedy": cases.REMEDY_RECONSIDERATION,
}


async def test_a_decision_that_was_annulled_is_not_made_public(department: Department) -> None:
    dossier = await department.served()
    early = stamp(START)

    async with department.refused("ACTS_OUT_OF_ORDER"):
        await department.do("RecordOutcome", CLERK, case_id=dossier.case_id, outcome_time=early, **ANNULLED)
    reply = await department.do("RecordOutcome", REVIEWER, case_id=dossier.case_id, **ANNULLED)
    async with department.refused("DECISION_SET_ASIDE", law="APL-2021:48(2)"):
        await department.do("PublishDecision", CLERK, case_id=dossier.case_id, address="门户网站")
    async with department.refused("DECISION_SET_ASIDE"):
        again = ANNULLED | {"document": "行终1号"}
        await department.do("RecordOutcome", CLERK, case_id=dossier.case_id, **again)

    assert "PEN-24" not in {d.clock_id for d in reply.case.deadlines}, (
        "what was never public is not withdrawn"
    )
    assert reply.case.set_aside.document == ANNULLED["document"]
    assert reply.case.set_aside.set_aside_time == stamp(AFTER)


async def test_what_is_public_is_withdrawn_once_it_was_set_aside(department: Department) -> None:
    dossier = await department.served()
    of_it = {"case_id": dossier.case_id}
    told = {"explanation": "复议机关撤销该决定", "address": "门户网站"}
    await department.do("PublishDecision", CLERK, address="门户网站", **of_it)

    async with department.refused("NOT_TO_BE_WITHDRAWN", law="APL-2021:48(2)"):
        await department.do("WithdrawPublication", CLERK, **of_it, **told)
    annulled = await department.do("RecordOutcome", CLERK, **of_it, **ANNULLED)
    async with department.refused("MALFORMED"):
        await department.do("WithdrawPublication", CLERK, **of_it, **told | {"explanation": " "})
    reply = await department.do("WithdrawPublication", CLERK, **of_it, **told)
    async with department.refused("NOT_TO_BE_WITHDRAWN"):
        await department.do("WithdrawPublication", CLERK, **of_it, **told)

    [begun] = (d for d in annulled.case.deadlines if d.clock_id == "PEN-24")
    [ended] = (d for d in reply.case.deadlines if d.clock_id == "PEN-24")
    assert begun.due_time == stamp(datetime(2026, 3, 13, 23, 59, 59, 999999, tzinfo=SHANGHAI)), (
        "3 working days (APL 48(2), 85)"
    )
    assert (begun.state, ended.state) == (1, 2)
    assert reply.case.withdrawal.explanation == told["explanation"]
    assert reply.case.withdrawal.withdraw_time == stamp(AFTER)
    assert department.names(dossier.case_id)[-1] == "PublicationWithdrawn"


async def test_nothing_is_published_before_the_decision(department: Department) -> None:
    dossier = await department.noticed()

    async with department.refused("ACT_NOT_OPEN"):
        await department.do("PublishDecision", CLERK, case_id=dossier.case_id, address="门户网站")


async def test_negative_penalties_are_malformed(department: Department) -> None:
    dossier = await department.noticed()
    department.now = AFTER

    async with department.refused("MALFORMED") as told:
        await department.decide(dossier, penalty=fine(30000, confiscation=yuan(-1)))

    assert told.fields == ["penalty.confiscation.fen"]
