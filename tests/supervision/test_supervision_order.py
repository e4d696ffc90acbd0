"""Supervision matters at the city: triage, inquiry, documents, answers in any order, what goes up (ASR 20–33)."""

import itertools
from typing import Any

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import paper_pb2 as papers
from yifa.enforcement.v1 import surcharge_pb2
from yifa.registry.v1 import act_pb2, certificate_pb2
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import supervision_order_pb2 as pb
from yifa.supervision.v1 import warning_pb2

from tests.supervision.office import ENVIRONMENT, OPEN, SETTLED, URBAN, Office, at, lawful, new_case
from tests.supervision.orders import (
    BODY,
    FOUND,
    HEAD,
    LETTER,
    OPINION,
    OWN,
    SUPERVISION,
    SUPERVISORS,
    TEXT,
    desk,
)
from tests.supervision.test_calendar import load, recounted

S = pb.SupervisionOrderState.Value


def state(name: str) -> int:
    return S(f"SUPERVISION_ORDER_STATE_{name}")


async def test_a_letter_from_its_clue_to_its_closing(office: Office) -> None:
    its = await desk(office)
    await its.inquiring()
    await its.act(
        "TakeInquiryMeasure",
        kind="INQUIRY_MEASURE_KIND_HEARING",
        supervisors=SUPERVISORS,
        guests=["专家甲"],
        record="听取意见，调阅案卷三件",
    )

    # what a unit did wrong may be stated; what it is told to do is no target
    target = TEXT | {"correction": "加大力度，每人每月立案五件"}
    made = {"kind": LETTER, "findings": FOUND}
    assert await its.refused("IssueSupervisionDocument", text=target, **made) == "FINE_TARGET_FORBIDDEN"
    stated = TEXT | {"facts": "该局下达年度罚没指标五百万元", "correction": "撤销罚没指标"}
    await its.act("IssueSupervisionDocument", text=stated, **made)
    served = await its.act("ServeSupervisionDocument", receipt="送达回证")
    await its.answered("REPORT")
    done = await its.act("VerifyCorrection", by="oversight-2", corrected=True, reasons="已实地核查")

    assert served.document.document_number == "示司监督〔2026〕1号"
    assert served.document.term_end_time.ToDatetime(at(WHEN_END).tzinfo) == at(WHEN_END)
    assert done.state == state("CLOSED") and done.verifications[0].verifier == "oversight-2"
    assert [d.clock_id for d in done.deadlines if d.stop_time.seconds] == [d.clock_id for d in done.deadlines]


WHEN_END = "2026-03-23 23:59:59.999999"  # twenty days after 2 March are the 22nd, a Sunday


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ({"kind": "SUPERVISION_SOURCE_KIND_PERSON", "reason": " "}, "SOURCE_UNKNOWN"),
        ({"kind": "SUPERVISION_SOURCE_KIND_WARNING", "source_id": "W-none"}, "SOURCE_UNKNOWN"),
        ({"kind": "SUPERVISION_SOURCE_KIND_FILING", "source_id": "F-none"}, "SOURCE_UNKNOWN"),
        ({"kind": "SUPERVISION_SOURCE_KIND_FILE_REVIEW", "source_id": "K-none"}, "SOURCE_UNKNOWN"),
        ({"kind": "SUPERVISION_SOURCE_KIND_COMPLAINT", "source_id": "T-none"}, "SOURCE_UNKNOWN"),
        ({"kind": "SUPERVISION_SOURCE_KIND_INSPECTION"}, "SOURCE_UNKNOWN"),
        ({"kind": "SUPERVISION_SOURCE_KIND_SUGGESTION"}, "SOURCE_UNKNOWN"),
    ],
)
async def test_a_matter_has_a_source_that_is_there(office: Office, source: Any, reason: str) -> None:
    its = await desk(office)
    fields = {"node": ENVIRONMENT, "body_id": BODY, "title": "线索"}

    assert await its.refused("RegisterSupervisionClue", source=source, **fields) == reason


@pytest.mark.parametrize("wrong", [{"node": URBAN}, {"body_id": "B-none"}, {"case_id": "C-none"}])
async def test_a_matter_is_about_a_confirmed_body_and_its_own_case(office: Office, wrong: Any) -> None:
    its = await desk(office)
    source = {"kind": "SUPERVISION_SOURCE_KIND_PERSON", "reason": "发现"}
    fields = {"node": ENVIRONMENT, "body_id": BODY, "title": "线索", "source": source}

    assert await its.refused("RegisterSupervisionClue", **(fields | wrong)) == "UNIT_UNKNOWN"


async def decided_case(office: Office) -> cases.Case:
    case = new_case("C-1")
    case.body_id = BODY
    lawful(case)
    await office.tell(case, "DecisionMade", "2026-03-20 10:00")
    return case


async def test_what_is_before_a_court_is_not_supervised_besides(office: Office) -> None:
    its = await desk(office)
    office.clock("2026-03-21 10:00")
    case = await decided_case(office)
    await its.registered(case_id="C-1")
    assert await its.refused("DivertSupervision", reasons="引导") == "NOT_IN_REMEDY"
    case.remedies.append(
        surcharge_pb2.RemedyTime(
            authority="示例市人民政府", document="复受〔2026〕1号", begin_time=at("2026-03-21 09:00")
        )
    )
    await office.tell(case, "ReconsiderationRecorded", "2026-03-21 09:30")

    assert await its.refused("AcceptSupervision", track="SUPERVISION_TRACK_GENERAL") == "ALREADY_IN_REMEDY"
    gone = await its.act("DivertSupervision", reasons="已进入行政复议程序")

    assert gone.state == state("DIVERTED")
    assert office.emitted(events.SupervisionTold) == []


async def test_who_decided_the_act_or_issued_the_document_does_not_verify(office: Office) -> None:
    its = await desk(office)
    office.clock("2026-03-21 10:00")
    await decided_case(office)
    await its.registered(case_id="C-1")
    await its.act("AcceptSupervision", track="SUPERVISION_TRACK_GENERAL")
    await its.supervisors("O-1", "H-1", "O-9")  # who came to the office from the department
    begin = {"supervisors": ["oversight-1", "O-1"]}
    assert await its.refused("BeginSupervisionInquiry", **begin) == "OVERSIGHT_ROLE_CONFLICT"
    await its.act("BeginSupervisionInquiry", supervisors=SUPERVISORS)
    await its.act("IssueSupervisionDocument", kind=OPINION, findings=FOUND, text=TEXT)
    await its.act("ServeSupervisionDocument", receipt="送达回证")
    await its.answered("REPORT", when="2026-03-21 11:00")

    for who in ("oversight-1", "H-1", "O-9"):
        wrong = await its.refused("VerifyCorrection", by=who, corrected=True, reasons="核实")
        assert wrong == "OVERSIGHT_ROLE_CONFLICT", who
    assert await its.refused("VerifyCorrection", by="oversight-2", reasons="核实") == "NOT_CORRECTED"
    assert (await its.now()).state == state("OPINION_REPORTED")


@pytest.mark.parametrize(
    "held",
    [
        None,
        {"body_id": OWN, "kind": certificate_pb2.CERTIFICATE_KIND_ENFORCEMENT},
        {"body_id": BODY, "kind": SUPERVISION},
        {"kind": SUPERVISION},
        {"body_id": OWN, "kind": SUPERVISION, "expires": "2026-03-02 09:59"},
        {"body_id": OWN, "kind": SUPERVISION, "issued": "2026-03-02 10:01"},
        {"body_id": OWN, "kind": SUPERVISION, "suspensions": [{"from_time": at("2026-03-01 00:00")}]},
        {"body_id": OWN, "kind": SUPERVISION, "acts": [act_pb2.ACT_KIND_PENALTY]},
    ],
)
async def test_who_supervises_holds_the_certificate_of_the_office_by_the_registry(
    office: Office, held: Any
) -> None:
    """G-83: none, one to enforce, one of another body, over, not begun, suspended, or for other acts: none of them will do."""
    its = await desk(office)
    await its.inquiring()
    if held is not None:
        await office.certify("other", **held)
    others = ["oversight-1", "other"]

    for act, fields in (
        ("TakeInquiryMeasure", {"kind": "INQUIRY_MEASURE_KIND_RECORDS", "record": "调阅案卷"}),
        ("ReplaceSupervisors", {"reasons": "人员变动"}),
    ):
        assert await its.refused(act, supervisors=others, **fields) == "SUPERVISOR_NOT_CERTIFIED"
    made = {"kind": LETTER, "findings": FOUND, "text": TEXT}
    assert await its.refused("IssueSupervisionDocument", by="other", **made) == "SUPERVISOR_NOT_CERTIFIED"


async def test_who_holds_no_certificate_any_more_is_replaced_before_anything_is_decided(
    office: Office,
) -> None:
    its = await desk(office)
    await its.supervisors("oversight-3")
    await office.certify("leaving", expires="2026-03-05 00:00", body_id=OWN, kind=SUPERVISION)
    await its.registered()
    await its.act("AcceptSupervision", track="SUPERVISION_TRACK_GENERAL")
    await its.act("BeginSupervisionInquiry", supervisors=["oversight-1", "leaving"])
    office.clock("2026-03-06 10:00")
    made = {"kind": LETTER, "findings": FOUND, "text": TEXT}
    assert await its.refused("IssueSupervisionDocument", **made) == "SUPERVISOR_NOT_CERTIFIED"
    new = {"supervisors": ["oversight-1", "oversight-3"]}
    assert await its.refused("ReplaceSupervisors", **new) == "REASONS_MISSING"

    await its.act("ReplaceSupervisors", reasons="证件已到期", **new)
    issued = await its.act("IssueSupervisionDocument", **made)

    assert list(issued.supervisors) == new["supervisors"] and issued.state == state("LETTER_ISSUED")
    assert office.emitted(events.SupervisionTold) == []


@pytest.mark.parametrize("change", [{"facts": " "}, {"correction": ""}, {"report_asked": False}])
async def test_a_document_states_what_it_has_to(office: Office, change: Any) -> None:
    its = await desk(office)
    await its.inquiring()
    asked = {"kind": LETTER, "findings": FOUND, "text": TEXT | change}

    assert await its.refused("IssueSupervisionDocument", **asked) == "SUP_DOC_INCOMPLETE"
    found = {"kinds": ["SUPERVISION_FINDING_CLEARLY_IMPROPER"]}
    no = await its.refused("IssueSupervisionDocument", kind=LETTER, findings=found, text=TEXT)
    assert no == "INSTRUMENT_MISMATCH"


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
async def test_answers_come_in_any_order_and_twice(office: Office, order: tuple[int, ...]) -> None:
    its = await desk(office)
    await its.served(OPINION)
    told = [its.answer("EXPLANATION"), its.answer("OBJECTION", "0"), its.answer("REPORT")]

    for n in (*order, *order):
        await office.take(told[n])

    now = await its.now()
    assert now.state == state("OPINION_REPORTED")
    assert sorted(a.answer_id for a in now.answers) == ["V-OBJECTION-0", "V-REPORT-1"]
    assert list(now.left) == ["V-EXPLANATION-1"]  # the inquiry is over


async def test_nobody_answers_for_another_department(office: Office) -> None:
    its = await desk(office)
    await its.served()

    await office.take(its.answer("REPORT", node=URBAN))

    assert (await its.now()).state == state("LETTER_SERVED")
    assert office.running.parked() == 1


async def test_an_objection_is_examined_by_another_and_the_term_follows(office: Office) -> None:
    its = await desk(office)
    await its.served(OPINION)
    decide = {"result": "OBJECTION_RESULT_CHANGED", "reasons": "部分成立", "text": TEXT | {"term_days": 40}}
    assert await its.refused("DecideSupervisionObjection", by="oversight-2", **decide) == "NO_OBJECTION"
    await its.answered("OBJECTION", "0", text="事实有出入")

    assert await its.refused("DecideSupervisionObjection", **decide) == "OVERSIGHT_ROLE_CONFLICT"
    changed = await its.act("DecideSupervisionObjection", by="oversight-2", **decide)

    assert changed.state == state("OPINION_SERVED") and changed.document.text.term_days == 40
    assert changed.document.term_end_time.ToDatetime(at(WHEN_END).tzinfo).date().isoformat() == "2026-04-13"
    assert [p.kind for p in changed.papers] == ["supervision_opinion", "supervision_opinion"]


async def test_a_term_that_passes_goes_up_to_the_head_by_name_and_is_warned_of(office: Office) -> None:
    its = await desk(office)
    await its.served()

    office.clock("2026-03-24 00:00")
    await office.ticked()

    [gone] = (await its.now()).escalations
    assert (gone.officer_id, gone.clock_id, gone.vacant) == (HEAD, "SUP-01", False)
    [told] = [e.told for e in office.emitted(events.SupervisionTold) if e.told.overdue]
    assert told.head == HEAD and told.supervision_order.state == state("LETTER_SERVED")
    [warned] = await office.warnings(rule_id="EW-29")
    assert (warned.state, warned.level, warned.order_id) == (OPEN, warning_pb2.WARNING_LEVEL_RED, its.id)

    await its.answered("REPORT", when="2026-03-25 10:00")
    assert [w.state for w in await office.warnings(rule_id="EW-29")] == [SETTLED]


async def test_what_is_not_obeyed_is_decided_by_the_government(office: Office) -> None:
    its = await desk(office)
    await its.served()
    propose = {"reasons": "逾期未纠正"}
    assert await its.refused("ProposeSupervisionDecision", **propose) == "INSTRUMENT_MISMATCH"
    office.clock("2026-03-24 00:00")
    await office.ticked()
    await its.act("ProposeSupervisionDecision", **propose)
    decided = {"correct": True, "authority": "示例市人民政府", "text": TEXT}
    assert await its.refused("RecordGovernmentDecision", **decided) == "GOVERNMENT_PAPER_MISSING"

    await its.act("RecordGovernmentDecision", document_number="示府监决〔2026〕1号", **decided)
    await its.act("ServeSupervisionDocument", receipt="送达回证")
    assert await its.refused("CirculateCriticism", reasons="拒不落实") == "NOT_TO_BE_CIRCULATED"
    await its.act("CirculateCriticism", prominent="一年内三次不核查举报", scope="全市", reasons="拒不落实")
    await its.answered("REPORT", "2", when="2026-03-24 01:00")
    done = await its.act("VerifyCorrection", by="oversight-2", corrected=True, reasons="已核实")

    assert done.state == state("CLOSED")
    assert [p.kind for p in done.papers] == ["urging_letter", "supervision_decision", "supervision_circular"]
    assert len(done.earlier_documents) == 1


async def test_a_report_that_is_sent_back_is_asked_for_anew(office: Office) -> None:
    its = await desk(office)
    await its.served()
    await its.answered("REPORT")
    back = await its.act("SendReportBack", by="oversight-2", reasons="两起没有核查")
    assert (back.state, back.rounds) == (state("LETTER_SERVED"), 2)

    await its.answered("REPORT", "1", answer_id="V-late")
    now = await its.answered("REPORT", "2")

    assert now.state == state("LETTER_REPORTED") and list(now.left) == ["V-late"]


async def test_a_proposal_on_an_officer_is_stated_on_and_answered(office: Office) -> None:
    its = await desk(office)
    office.clock("2026-03-21 10:00")
    await decided_case(office)
    await its.served(OPINION, case_id="C-1")
    proposed = {
        "kind": "PERSON_MEASURE_KIND_CRITICISM",
        "factors": "首次，已纠正",
        "competent_body": "示例市生态环境局",
        "reasons": "未依法告知",
    }
    assert await its.refused("ProposePersonMeasure", officer_id="O-7", **proposed) == "PERSON_UNKNOWN"
    assert (
        await its.refused("ProposePersonMeasure", officer_id="O-1", **(proposed | {"factors": " "}))
        == "FACTORS_NOT_WEIGHED"
    )

    made = await its.act("ProposePersonMeasure", officer_id="O-1", **proposed)
    turn = made.person_proposals[0].proposal_id
    await its.answered("STATEMENT", turn, answerer="O-2", answer_id="V-other")
    await its.answered("STATEMENT", turn, answerer="O-1")
    now = await its.answered("PROPOSAL", turn, adopted=True, document_number="环〔2026〕9号")

    assert now.person_proposals[0].answer_time.seconds and list(now.left) == ["V-other"]
    assert len(now.answers) == 2


async def test_the_department_learns_what_is_asked_of_it_and_nothing_of_the_inquiry(office: Office) -> None:
    its = await desk(office)
    await its.inquiring()
    await its.act(
        "TakeInquiryMeasure",
        kind="INQUIRY_MEASURE_KIND_COVERT_VISIT",
        supervisors=SUPERVISORS,
        record="暗访两处",
    )
    handed = {"receiver": "示例市监察委员会", "document_number": "司监移〔2026〕1号", "reasons": "涉嫌失职"}
    await its.act("TransferToCommission", **handed)
    await its.act("IssueSupervisionDocument", kind=LETTER, findings=FOUND, text=TEXT)

    told = [e.told.supervision_order for e in office.emitted(events.SupervisionTold)]

    assert told and office.addressees(events.SupervisionTold) == {ENVIRONMENT}
    for seen in told:
        assert not (seen.HasField("source") or seen.measures or seen.transfers or seen.papers)
    own = {type(e) for e in office.emitted() if hasattr(e, "supervision_order")}
    assert all(office.addressees(kind) == {"city"} for kind in own)


@pytest.mark.parametrize(
    ("track", "asked", "answer"),
    [
        ("SIMPLE", "CORRECTING", "REPORT"),
        ("WARNING", "EXPLAINING", "EXPLANATION"),
    ],
)
async def test_the_short_tracks_and_back_to_the_general_one(
    office: Office, track: str, asked: str, answer: str
) -> None:
    its = await desk(office)
    office.clock("2026-04-30 10:00")
    warned = await warned_of(office)
    source = {"kind": "SUPERVISION_SOURCE_KIND_WARNING", "source_id": warned.warning_id}
    await its.registered(source=source)
    [now] = [w for w in await office.warnings() if w.warning_id == warned.warning_id]
    assert now.order_id == its.id
    short = {"track": f"SUPERVISION_TRACK_{track}", "opinion": "自查"}
    assert await its.refused("AcceptSupervision", supervisors=["oversight-1"], **short) == "OVERSIGHT_TOO_FEW"
    strangers = {"supervisors": ["oversight-1", "stranger"]}
    assert await its.refused("AcceptSupervision", **strangers, **short) == "SUPERVISOR_NOT_CERTIFIED"
    accepted = await its.act("AcceptSupervision", supervisors=SUPERVISORS, **short)
    assert accepted.state == state(asked) and accepted.case_id == "C-9"

    await its.answered(answer, when="2026-04-30 11:00")
    general = await its.act("TurnSupervisionGeneral", reasons="说明不成立")

    assert general.state == state("ACCEPTED")


async def warned_of(office: Office) -> warning_pb2.Warning:
    """A warning about a case of the body."""
    case = new_case("C-9")
    case.body_id = BODY
    lawful(case)
    case.notice.ClearField("serve_time")
    await office.tell(case, "DecisionMade", "2026-03-20 10:00")
    return next(w for w in await office.warnings() if w.case_id == "C-9" and w.state == OPEN)


async def test_only_a_warning_is_looked_into_on_the_warning_track(office: Office) -> None:
    its = await desk(office)
    await its.registered()

    short = {"track": "SUPERVISION_TRACK_WARNING", "supervisors": SUPERVISORS}
    assert await its.refused("AcceptSupervision", **short) == "NOT_FROM_WARNING"


async def test_a_person_closes_a_warning_with_reasons_and_not_while_a_matter_handles_it(
    office: Office,
) -> None:
    its = await desk(office)
    office.clock("2026-04-30 10:00")
    warned = await warned_of(office)
    close: Any = {"request_id": "K-1", "warning_id": warned.warning_id}
    no = await office.refused("CloseWarning", warning_pb2.CloseWarningRequest(**close, reason=" "))
    assert no[1] == "REASONS_MISSING"
    source = {"kind": "SUPERVISION_SOURCE_KIND_WARNING", "source_id": warned.warning_id}
    await its.registered(source=source)
    twice = {"node": ENVIRONMENT, "body_id": BODY, "title": "又一次", "source": source}
    assert await its.refused("RegisterSupervisionClue", **twice) == "SOURCE_UNKNOWN"
    close["reason"] = "经核实，告知书已送达"
    no = await office.refused("CloseWarning", warning_pb2.CloseWarningRequest(**close))
    assert no[1] == "WARNING_IN_HANDLING"
    await its.act("RefuseSupervision", reasons="不属于监督范围")

    closed = (await office.call("CloseWarning", warning_pb2.CloseWarningRequest(**close))).warning

    assert (closed.state, closed.closer) == (warning_pb2.WARNING_STATE_CLOSED, "oversight-1")
    assert office.emitted(events.WarningEnded)[-1].warning.close_reason == close["reason"]


async def test_the_same_finding_within_half_a_year_of_its_correction_is_sham(office: Office) -> None:
    its = await desk(office)
    await its.served()
    await its.answered("REPORT")
    await its.act("VerifyCorrection", by="oversight-2", corrected=True, reasons="已核实")
    office.clock("2026-08-28 10:00")

    await its.served()

    [warned] = await office.warnings(rule_id="EW-29")
    assert warned.order_id == its.id and warned.state == OPEN


async def test_a_matter_is_listed_and_handed_up(office: Office) -> None:
    its = await desk(office)
    await its.inquiring()
    await its.act("ListSupervision", reasons="群众反映强烈")
    up = {"authority": "示例省司法厅", "reasons": "跨市"}
    assert await its.refused("RaiseSupervision", **up) == "RECEIVER_MISSING"

    raised = await its.act("RaiseSupervision", document_number="粤司监〔2026〕3号", **up)

    assert raised.state == state("RAISED") and raised.listing.reasons == "群众反映强烈"


async def test_every_paper_is_set(office: Office) -> None:
    its = await desk(office)
    order = await its.served(OPINION)

    pieces = [
        piece.data
        async for piece in office.stub.GetSupervisionPaper(
            pb.GetSupervisionPaperRequest(paper_id=order.papers[0].paper_id), metadata=office.metadata
        )
    ]

    assert b"".join(pieces).startswith(b"%PDF")


async def checked(office: Office, paper: Any, **wrong: str) -> papers.CheckPaperResponse:
    """What anybody who holds a paper is told of it."""
    asked = {"hash": paper.paper_id, "number": paper.number} | wrong
    request = pb.CheckSupervisionPaperRequest(**asked)
    return (await office.stub.CheckSupervisionPaper(request, metadata=office.anybody)).found  # type: ignore[no-any-return]


async def test_anybody_checks_a_paper_of_supervision_by_its_code(office: Office) -> None:
    its = await desk(office)
    [first] = (await its.served(OPINION)).papers
    found = await checked(office, first)
    assert (found.verdict, found.number) == (papers.PAPER_VERDICT_GENUINE, first.number)
    assert found.title_zh == "行政执法监督意见书" and TEXT["facts"] not in str(found)

    await its.answered("OBJECTION", "0", text="事实有出入")
    changed = {"result": "OBJECTION_RESULT_CHANGED", "reasons": "部分成立", "text": TEXT}
    later = (await its.act("DecideSupervisionObjection", by="oversight-2", **changed)).papers[-1]
    seen = [(await checked(office, p)).verdict for p in (first, later)]
    assert seen == [papers.PAPER_VERDICT_SUPERSEDED, papers.PAPER_VERDICT_GENUINE]
    await its.answered("OBJECTION", "1", text="仍有出入", answer_id="V-again")
    await its.act(
        "DecideSupervisionObjection",
        by="oversight-2",
        result="OBJECTION_RESULT_WITHDRAWN",
        reasons="异议成立",
    )
    assert (await checked(office, later)).verdict == papers.PAPER_VERDICT_WITHDRAWN

    for wrong in ({"hash": "0" * 64}, {"number": ""}, {"number": "示司监督〔2026〕999号"}):
        nothing = await checked(office, later, **wrong)
        assert nothing.verdict == papers.PAPER_VERDICT_UNKNOWN and not nothing.title_zh


async def test_every_term_of_a_matter_runs_from_what_starts_it(office: Office) -> None:
    """All on Monday, 2 March; Qingming is no working day, and a term in days that ends on a Sunday ends on Monday."""
    its = await desk(office)
    due: dict[str, str] = {}

    def seen(order: pb.SupervisionOrder) -> None:
        for deadline in order.deadlines:
            day = deadline.due_time.ToDatetime(at(WHEN_END).tzinfo).date().isoformat()
            due.setdefault(deadline.clock_id, day)

    seen(await its.registered())
    seen(await its.act("AcceptSupervision", track="SUPERVISION_TRACK_GENERAL"))
    seen(await its.act("NotifySupervision", asks="说明情况"))
    await its.act("BeginSupervisionInquiry", supervisors=SUPERVISORS)
    await its.issued(kind=OPINION)
    seen(await its.act("ServeSupervisionDocument", receipt="送达回证"))
    seen(await its.answered("OBJECTION", "0"))
    await its.answered("REPORT")
    await its.act("SendReportBack", by="oversight-2", reasons="没有纠正到位")
    await its.act("ProposeSupervisionDecision", reasons="没有纠正到位")
    decided = {"correct": True, "authority": "示例市人民政府", "document_number": "示府监决〔2026〕1号"}
    await its.act("RecordGovernmentDecision", text=TEXT | {"term_days": 0}, **decided)
    seen(await its.act("ServeSupervisionDocument", receipt="送达回证"))

    assert due == {
        "SUP-08": "2026-03-05",
        "SUP-09": "2026-04-14",
        "SUP-06": "2026-03-09",
        "SUP-07": "2026-03-16",
        "SUP-02": "2026-03-23",
        "SUP-05": "2026-03-17",
        "SUP-03": "2026-04-01",
    }


async def test_a_term_that_a_document_sets_stays_its_own_when_the_holidays_are_proclaimed(
    office: Office,
) -> None:
    its = await desk(office)
    office.clock("2026-12-18 10:00")
    await its.served()

    await load(office)
    await recounted(office)

    [term] = [d for d in (await its.now()).deadlines if d.clock_id == "SUP-01"]
    assert term.due_time.ToDatetime(at(WHEN_END).tzinfo).date().isoformat() == "2027-01-07"
    assert not term.provisional
