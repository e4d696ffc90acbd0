"""The register of reconsiderations at the city: received, admitted, answered, heard, decided, followed (ARL 20–77)."""

from typing import Any

from yifa.enforcement.v1 import surcharge_pb2 as remedies
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import normative_document_pb2 as documents

from tests.supervision.documents import BODY as MAKER
from tests.supervision.documents import FILER, Bureau
from tests.supervision.office import ENVIRONMENT, Office, at, lawful, new_case
from tests.supervision.orders import read_refusals
from tests.supervision.reconsidering import BODY, HEAD, ends, reconsidering, state
from tests.supervision.test_document_lists import ENTERED


async def test_a_case_is_heard_and_decided_and_the_department_is_told_what_its_case_follows(
    office: Office,
) -> None:
    """The result goes to the department's node when the decision is served, which gives it effect (ARL 75(2))."""
    desk = await reconsidering(office)
    served = await desk.upto("ServeReconsiderationDecision")

    assert (state(served), served.reviewers[:]) == ("SERVED", ["RC-1", "RC-2", "RC-3"])
    assert ends(served) == {
        "REC-04": ("2026-04-09", True),
        "REC-05": ("2026-04-09", True),
        "REC-07": ("2026-04-14", True),
        "REC-08": ("2026-04-21", True),
        "REC-11": ("2026-06-01", True),
    }
    [told] = office.emitted(events.ReconsiderationDecisionServed)
    assert (
        told.reconsideration.result.document,
        office.addressees(events.ReconsiderationDecisionServed),
    ) == (
        "示府复决〔2026〕1号",
        {ENVIRONMENT},
    )
    assert await office.found("EW-02") == []


async def test_silence_admits_and_a_supplement_that_does_not_come_gives_it_up(office: Office) -> None:
    """Five working days (ARL 30(3)), ten after the notice (31(2))."""
    desk = await reconsidering(office)
    await desk.registered()
    first = desk.id
    await desk.registered(act="查封")
    asked = await desk.act("AskReconsiderationSupplement", document="补正通知", unclear=["查封决定书"])
    twice = await read_refusals(
        desk.act("AskReconsiderationSupplement", document="补正通知", unclear=["身份证明"])
    )

    office.clock("2026-04-20 09:00")
    await office.ticked()
    given_up, desk.id = await desk.now(), first
    admitted = await desk.now()

    assert (state(asked), twice) == ("SUPPLEMENTING", {"ACT_NOT_OPEN"})
    assert (state(given_up), state(admitted), admitted.by_silence) == ("ABANDONED", "ACCEPTED", True)
    assert admitted.accept_time.ToDatetime().date().isoformat() == "2026-04-09"
    assert ends(admitted)["REC-11"] == ("2026-06-08", False)


async def test_who_does_not_reply_in_time_has_no_evidence(office: Office) -> None:
    """Red (ARL 70); the decision may then not uphold, and needs no other ground to annul."""
    desk = await reconsidering(office)
    due = await desk.upto("ReceiveReconsiderationCopy")
    office.clock("2026-04-23 09:00")
    await office.ticked()
    silent = await desk.now()
    late = await read_refusals(desk.act("RecordReconsiderationReply", "2026-04-22 10:00"))
    await desk.act("HearReconsiderationParties", "2026-04-22 10:00")
    upheld = await read_refusals(desk.act("DecideReconsideration", "2026-04-22 10:00"))
    annulled = {"kind": "RECONSIDERATION_DECISION_KIND_ANNULLED"}
    decided = await desk.act("DecideReconsideration", "2026-04-22 10:00", **annulled)
    served = await desk.act("ServeReconsiderationDecision", "2026-04-22 10:00")

    assert (state(due), state(silent)) == ("REPLY_DUE", "UNANSWERED")
    assert (late, upheld) == ({"REPLY_LATE"}, {"HELD_WITHOUT_EVIDENCE"})
    assert (decided.decision.unanswered, served.result.unanswered) == (True, True)
    assert [level for level, _ in await office.found("EW-02")] == [3]


async def test_who_took_part_or_is_not_qualified_does_not_hear_the_case(office: Office) -> None:
    desk = await reconsidering(office)
    await desk.upto("AcceptReconsideration")
    await desk.call("RemoveReconsiderer", person="RC-2")
    entered = {"qualification": "A-9", "training": "证书", "train_time": at("2025-01-01 10:00")}
    await desk.call("EnterReconsiderer", person=HEAD, name="局长", **entered)

    when = "2026-05-11 10:00"
    left = await read_refusals(desk.act("AssignReconsiderers", when))
    stranger = await read_refusals(desk.act("AssignReconsiderers", when, reviewers=["RC-1", "RC-8"]))
    apart = await read_refusals(desk.act("AssignReconsiderers", when, reviewers=["RC-1", HEAD]))
    alone = await read_refusals(desk.act("AssignReconsiderers", when, reviewers=["RC-1"]))

    assert (left, stranger) == ({"REVIEWER_NOT_QUALIFIED"}, {"REVIEWER_NOT_QUALIFIED"})
    assert (apart, alone) == ({"REVIEWER_TOOK_PART"}, {"REVIEWERS_TOO_FEW"})


async def test_what_is_late_elsewhere_or_taken_before_is_not_admitted(office: Office) -> None:
    """Sixty days from when the applicant knew (ARL 20), the competent body is told (30(2)), once only (30(1)[7])."""
    desk = await reconsidering(office)
    refused: dict[str, set[str]] = {}
    for name, more in {
        "late": {"know_time": at("2026-01-30 10:00"), "act": "甲"},
        "unknown time": {"know_time": None, "act": "乙"},
        "unknown body": {"body_id": "B-RC-9", "act": "丙"},
    }.items():
        await desk.registered(**more)
        refused[name] = await read_refusals(desk.act("AcceptReconsideration"))
    said = {
        "document": "不予受理决定",
        "reasons": "不属本机关管辖",
        "unmet": ["RECONSIDERATION_CONDITION_COMPETENCE"],
    }
    untold = await read_refusals(desk.act("RefuseReconsideration", "2026-04-02 10:00", **said))
    told = await desk.act("RefuseReconsideration", "2026-04-02 10:00", competent_body="省人民政府", **said)
    await desk.upto("AcceptReconsideration")
    await desk.registered()
    again = await read_refusals(desk.act("AcceptReconsideration"))

    assert set(map(frozenset, refused.values())) == {frozenset({"NOT_ADMISSIBLE"})}
    assert (untold, state(told), again) == ({"COMPETENT_BODY_NOT_TOLD"}, "REFUSED", {"NOT_ADMISSIBLE"})


async def test_a_hearing_is_told_five_working_days_before_and_has_its_panel(office: Office) -> None:
    desk = await reconsidering(office)
    await desk.upto("RecordReconsiderationReply")
    soon = {"set_time": at("2026-04-24 09:00"), "place": "听证室"}
    await desk.act("ScheduleReconsiderationHearing", "2026-04-15 11:00", **soon)
    told = await desk.act("NotifyReconsiderationHearing", "2026-04-16 10:00", document="通知")
    late = await read_refusals(desk.act("NotifyReconsiderationHearing", "2026-04-20 10:00", document="通知"))
    small = {"presider": "RC-1", "hearers": ["RC-2"], "recorder": "R-1", "document": "笔录"}
    few = await read_refusals(desk.act("HoldReconsiderationHearing", "2026-04-24 09:00", **small))
    panel = small | {"hearers": ["RC-2", "RC-3"]}
    held = await desk.act("HoldReconsiderationHearing", "2026-04-24 09:00", **panel)
    grave = {"weight": "RECONSIDERATION_WEIGHT_GRAVE"}
    unadvised = await read_refusals(desk.act("DecideReconsideration", **grave))
    decided = await desk.act("DecideReconsideration", commission_opinion="同意", **grave)

    assert told.hearing.HasField("notify_time")
    assert (late, few, state(held)) == ({"HEARING_NOTICE_LATE"}, {"HEARING_PANEL_MISSING"}, "HEARD")
    assert (unadvised, state(decided)) == ({"ADVICE_MISSING"}, "DECIDED")


async def test_while_suspended_the_time_to_decide_stands_still(office: Office) -> None:
    """Ten days (ARL 39(1)); thirty more at the most, by the head of the institution (62(1))."""
    desk = await reconsidering(office)
    await desk.upto("RecordReconsiderationReply")
    ground = {"ground": "RECONSIDERATION_SUSPENSION_GROUND_OTHER_CASE", "document": "中止通知"}
    await desk.act("SuspendReconsideration", "2026-04-16 00:00", **ground)
    early = {"end": "RECONSIDERATION_END_TERMINATED", "document": "终止决定"}
    not_yet = await read_refusals(desk.act("EndReconsideration", "2026-04-20 10:00", **early))
    unsaid = await read_refusals(desk.act("ResumeReconsideration", "2026-04-26 00:00", document="恢复通知"))
    resumed = await desk.act(
        "ResumeReconsideration", "2026-04-26 00:00", document="恢复通知", resume_reason="已经审结"
    )
    term = {"term": "RECONSIDERATION_TERM_DECISION", "reasons": "情况复杂", "document": "延长通知"}
    long = await read_refusals(desk.act("ExtendReconsiderationTerm", "2026-05-06 10:00", days=31, **term))
    extended = await desk.act("ExtendReconsiderationTerm", "2026-05-06 10:00", days=30, **term)

    assert (not_yet, unsaid, long) == ({"NOT_SIXTY_DAYS"}, {"STILL_IN_THE_WAY"}, {"EXTENSION_TOO_LONG"})
    assert (state(resumed), ends(resumed)["REC-11"]) == ("REPLIED", ("2026-06-11", False))
    assert ends(extended)["REC-11"] == ("2026-07-13", False)


async def test_a_document_that_the_body_does_not_know_is_forwarded_and_the_case_waits(office: Office) -> None:
    """Seven working days to forward, sixty days to answer (ARL 56, 60)."""
    desk = await reconsidering(office)
    await desk.upto("RecordReconsiderationReply")
    asked = {"title": "上级文件", "clauses": ["第五条"], "document": "附带审查通知"}
    started = await desk.act("ReviewReconsiderationDocument", "2026-04-16 10:00", **asked)
    own = await read_refusals(desk.act("NotifyDocumentMaker", "2026-04-16 11:00", document="通知"))
    waits = await read_refusals(
        desk.act("ResumeReconsideration", "2026-04-17 10:00", document="恢复", resume_reason="已处理")
    )
    passed_on = {"forwarded_to": "省司法厅", "document": "转送函"}
    forwarded = await desk.act("ForwardReconsiderationDocument", "2026-04-17 10:00", **passed_on)
    await desk.act(
        "RecordReconsiderationDocumentAnswer", "2026-05-06 10:00", text="条款合法", document="处理意见"
    )
    resumed = await desk.act(
        "ResumeReconsideration", "2026-05-06 11:00", document="恢复", resume_reason="已有处理意见"
    )

    assert {c for c in ends(started) if c > "REC-14"} == {"REC-16"}
    assert (own, waits) == ({"NO_POWER_OVER_DOCUMENT"}, {"DOCUMENT_NOT_DEALT_WITH"})
    assert (ends(forwarded)["REC-19"], state(resumed)) == (("2026-06-16", False), "REPLIED")


async def test_an_opinion_is_reported_on_in_sixty_days_or_the_agency_is_pressed(office: Office) -> None:
    """ARL 76, 77(2)."""
    desk = await reconsidering(office)
    await desk.upto("ServeReconsiderationDecision")
    letter = {"document": "意见书1号", "text": "送达程序不规范"}
    issued = await desk.act("IssueReconsiderationOpinion", "2026-04-30 10:00", **letter)
    order = {"pressing": "RECONSIDERATION_PRESSING_ORDER", "text": "十日内报送", "document": "责令履行通知"}
    early = await read_refusals(desk.act("PressReconsideration", "2026-05-06 10:00", **order))
    office.clock("2026-07-01 09:00")
    await office.ticked()
    pressed = await desk.act("PressReconsideration", "2026-07-01 09:00", **order)
    [(level, open_)] = [w for w in await office.found("EW-02")]
    reported = await desk.act(
        "ReportOnReconsiderationOpinion", "2026-07-01 09:00", document="报告", text="已整改"
    )
    again = await read_refusals(
        desk.act("ReportOnReconsiderationOpinion", "2026-07-01 09:00", document="报告", text="又整改")
    )

    assert (ends(issued)["REC-20"], early) == (("2026-06-29", False), {"NOT_OVERDUE"})
    assert (len(pressed.pressings), level, open_) == (1, 2, 1)
    assert (reported.opinions[0].report, again) == ("已整改", {"NO_OPINION_OPEN"})
    assert [state_ for _, state_ in await office.found("EW-02")] != [open_]


async def test_a_change_is_not_worse_by_what_the_case_holds_and_its_outcome_joins_the_entry(
    office: Office,
) -> None:
    desk = await reconsidering(office)
    case = lawful(new_case("C-RC-1"))
    case.body_id = BODY
    case.service.serve_time.FromDatetime(at("2026-03-21 10:00"))
    await office.tell(case, "DecisionMade", "2026-03-20 10:00")
    case.remedies.add(kind=remedies.REMEDY_KIND_RECONSIDERATION, begin_time=at("2026-04-01 10:00"))
    await desk.upto("HearReconsiderationParties", "C-RC-1")
    none = {"finding": "GAINS_FINDING_NONE"}
    heavier = {"kinds": ["PENALTY_KIND_FINE"], "fine": {"fen": 2_000_000}, "gains": none}
    gainless = {"kinds": ["PENALTY_KIND_FINE"], "fine": {"fen": 500_000}}
    lighter = {"kinds": ["PENALTY_KIND_FINE"], "fine": {"fen": 500_000}, "gains": none}
    change = {"kind": "RECONSIDERATION_DECISION_KIND_CHANGED"}

    worse = await read_refusals(desk.act("DecideReconsideration", penalty=heavier, **change))
    unsaid = await read_refusals(desk.act("DecideReconsideration", **change))
    silent = await read_refusals(desk.act("DecideReconsideration", penalty=gainless, **change))
    unapproved = await read_refusals(
        desk.act("DecideReconsideration", penalty=lighter, approval_document=" ", **change)
    )
    await desk.act("DecideReconsideration", penalty=lighter, **change)
    served = await desk.act("ServeReconsiderationDecision")
    outcome = case.outcomes.add()
    outcome.CopyFrom(served.result)
    for when in ("2026-04-30 10:00", "2026-04-30 11:00"):
        await office.tell(case, "DecisionSetAside", when, outcome=outcome)

    assert (worse, unsaid) == ({"REFORMATIO_IN_PEIUS"}, {"REFORMATIO_IN_PEIUS"})
    assert silent == {"GAINS_NOT_STATED"}, "of illegal gains it says nothing"
    assert (unapproved, served.result.penalty.fine.fen) == ({"NOT_APPROVED"}, 500_000)
    [joined] = office.emitted(events.ReconsiderationOutcomeJoined)
    assert (joined.reconsideration.outcome.document, joined.reconsideration.differs) == (
        outcome.document,
        False,
    )


LACKING: list[tuple[str, dict[str, Any], str]] = [
    ("StayReconsideredAct", {"document": "停止执行通知", "reasons": " "}, "STAY_NOT_GROUNDED"),
    ("EndReconsiderationStay", {"document": "恢复执行通知"}, "NO_STAY_LASTS"),
    ("EndReconsideration", {"end": "RECONSIDERATION_END_WITHDRAWN", "document": "撤回书"}, "NOT_OF_OWN_WILL"),
    (
        "MediateReconsideration",
        {"document": "调解书", "own_will": True, "signed_time": at("2026-04-20 10:00")},
        "SETTLEMENT_UNLAWFUL",
    ),
    ("MediateReconsideration", {"document": "调解书", "own_will": True, "harmless": True}, "NOT_SIGNED"),
    ("HearReconsiderationParties", {"document": " "}, "PAPER_MISSING"),
    ("DecideReconsideration", {"kind": "RECONSIDERATION_DECISION_KIND_PERFORMANCE"}, "TERM_NOT_SET"),
    ("DecideReconsideration", {"kind": "RECONSIDERATION_DECISION_KIND_ANNULLED"}, "GROUNDS_MISSING"),
    ("DecideReconsideration", {}, "PARTY_NOT_HEARD"),
    ("SuspendReconsideration", {"document": "中止通知"}, "GROUNDS_MISSING"),
]


async def test_an_act_that_lacks_what_the_law_asks_is_refused(office: Office) -> None:
    desk = await reconsidering(office)
    await desk.upto("RecordReconsiderationReply")

    for name, fields, reason in LACKING:
        assert reason in await read_refusals(desk.act(name, "2026-04-21 10:00", **fields)), name


async def test_what_is_to_come_and_what_lies_before_the_last_act_is_not_taken_down(office: Office) -> None:
    desk = await reconsidering(office)
    await desk.upto("SendReconsiderationCopy")

    desk.moves = False
    to_come = await read_refusals(desk.act("ReceiveReconsiderationCopy", "2026-06-01 10:00"))
    before = await read_refusals(desk.act("ReceiveReconsiderationCopy", "2026-04-02 10:00"))

    assert (to_come, before) == ({"ACT_IN_FUTURE"}, {"ACTS_OUT_OF_ORDER"})


async def test_a_reply_speaks_to_all_and_leaves_out_what_was_gathered_since(office: Office) -> None:
    """RIR 41, 18(2); ARL 46(1)."""
    desk = await reconsidering(office)
    await desk.upto("ReceiveReconsiderationCopy")
    late = {"evidence": [{"name": "补充笔录", "collect_time": at("2026-04-08 10:00")}]}
    short = {"answered": ["RECONSIDERATION_ANSWERED_LEGALITY"]}
    name = "RecordReconsiderationReply"

    gathered = await read_refusals(desk.act(name, **late))
    partly = await read_refusals(desk.act(name, **short))
    lawyer = await read_refusals(desk.act(name, staff_agents=[]))
    early = {"evidence": [{"name": "笔录", "collect_time": at("2026-02-08 10:00")}], "advisers": ["AV-1"]}
    unknown = await read_refusals(desk.act(name, **early))
    await office.adviser("AV-1", BODY)

    assert (gathered, partly, lawyer) == (
        {"NO_SELF_COLLECTION"},
        {"REPLY_INCOMPLETE"},
        {"AGENTS_NOT_OF_STAFF"},
    )
    assert unknown == {"ADVISER_NOT_IN_REGISTER"}
    assert state(await desk.act(name, **early)) == "REPLIED"


async def test_what_was_handed_to_the_agency_is_passed_on_or_set_right_and_told(office: Office) -> None:
    """Five working days (ARL 32(2); RIR 38): only of a penalty on the spot or by device."""
    desk = await reconsidering(office)
    agency = {"channel": "RECONSIDERATION_CHANNEL_AGENCY"}
    otherwise = await read_refusals(desk.registered(made="RECONSIDERATION_MADE_OTHERWISE", **agency))
    spot = agency | {"made": "RECONSIDERATION_MADE_ON_THE_SPOT"}
    left = await desk.registered(act="当场处罚一", **spot)
    bare = await read_refusals(desk.act("ForwardReconsideration", "2026-04-02 10:00"))
    passed_on = await desk.act("ForwardReconsideration", "2026-04-02 10:00", forward_document="转送函")
    await desk.registered(act="当场处罚二", **spot)
    await desk.act("RecordAgencyCorrection", "2026-04-02 10:00", document="撤销决定", annulled=True)
    said = {"applicant_tell_time": at("2026-04-03 10:00"), "body_tell_time": at("2026-04-03 10:00")}
    untold = await read_refusals(desk.act("TellAgencyCorrection", "2026-04-03 10:00", insists=True, **said))
    settled = await desk.act("TellAgencyCorrection", "2026-04-03 10:00", **said)

    assert otherwise == {"NOT_THROUGH_AGENCY"}
    assert (state(left), bare, state(passed_on)) == ("AT_AGENCY", {"CHANNEL_NOT_SHOWN"}, "RECEIVED")
    assert {c for c, (_, stopped) in ends(passed_on).items() if not stopped} == {"REC-04", "REC-05"}
    assert (untold, state(settled)) == ({"CORRECTION_NOT_TOLD"}, "SETTLED")
    assert all(stopped for _, stopped in ends(settled).values())


async def test_clauses_that_are_stopped_stand_so_in_the_register_of_documents(office: Office) -> None:
    """Thirty days, the maker asked within three working days (ARL 56, 58, 59)."""
    desk, bureau = await reconsidering(office), Bureau(office)
    await bureau.body(MAKER, ENVIRONMENT)
    entered = ENTERED | {"number": "示环规〔2025〕复1号"}
    made = (await bureau.say(FILER, "EnterNormativeDocument", **entered)).normative_document
    await desk.upto("RecordReconsiderationReply")
    asked = {
        "document_id": made.document_id,
        "title": made.title,
        "clauses": ["第五条"],
        "document": "附带审查通知",
    }
    started = await desk.act("ReviewReconsiderationDocument", "2026-04-16 10:00", **asked)
    stop = {"stopped": True, "text": "超越权限", "document": "处理决定"}
    unasked = await read_refusals(desk.act("DecideReconsiderationDocument", "2026-04-16 11:00", **stop))
    elsewhere = await read_refusals(
        desk.act("ForwardReconsiderationDocument", "2026-04-16 11:00", forwarded_to="省", document="函")
    )
    told = await desk.act("NotifyDocumentMaker", "2026-04-16 11:00", document="通知")
    await desk.act("RecordDocumentMakerReply", "2026-04-20 10:00", text="依据上位法", document="答复")
    await desk.act("DecideReconsiderationDocument", "2026-04-21 10:00", **stop)
    await office.echo()

    assert {c for c in ends(started) if c > "REC-14"} == {"REC-15", "REC-17"}
    assert ends(told)["REC-18"] == ("2026-04-30", False)
    assert (unasked, elsewhere) == ({"MAKER_NOT_ASKED"}, {"POWER_OVER_DOCUMENT"})
    asked_for = documents.GetNormativeDocumentRequest(document_id=made.document_id)
    stands = (await office.call("GetNormativeDocument", asked_for)).normative_document
    assert [list(s.clauses) for s in stands.suspensions] == [["第五条"]]


async def test_the_simplified_procedure_has_its_own_terms_and_who_lost_its_party_waits_sixty_days(
    office: Office,
) -> None:
    """Ten working days to supplement, three to send, five to reply, thirty days to decide (ARL 31(2), 54, 62(2)); 41[5]."""
    desk = await reconsidering(office)
    await desk.registered(act="警告")
    asked = await desk.act(
        "AskReconsiderationSupplement", "2026-04-02 10:00", document="补正通知", unclear=["证明"]
    )
    await desk.act("SupplementReconsideration", "2026-04-03 10:00", request="请求撤销，理由如下。")
    simple = {"simplified": True, "simple": "RECONSIDERATION_SIMPLE_SMALL_SUM", "sum_fen": 300_001}
    large = await read_refusals(desk.act("AcceptReconsideration", "2026-04-03 11:00", **simple))
    await desk.act("AcceptReconsideration", "2026-04-03 11:00", **(simple | {"sum_fen": 300_000}))
    await desk.act("AssignReconsiderers", "2026-04-03 12:00", reviewers=["RC-1"])
    await desk.act("SendReconsiderationCopy", "2026-04-07 10:00")
    due = await desk.act("ReceiveReconsiderationCopy", "2026-04-07 11:00")
    await desk.act("RecordReconsiderationReply", "2026-04-10 10:00")
    dead = {"ground": "RECONSIDERATION_SUSPENSION_GROUND_DEATH", "document": "中止通知"}
    stopped = await desk.act("SuspendReconsideration", "2026-04-16 10:00", **dead)

    assert ends(asked)["REC-06"] == ("2026-04-17", False)
    assert (large, ends(due)["REC-09"]) == ({"NOT_SIMPLE"}, ("2026-04-09", True))
    assert (ends(due)["REC-10"], ends(due)["REC-12"]) == (("2026-04-14", False), ("2026-05-06", False))
    assert ends(stopped)["REC-21"] == ("2026-06-15", False)
    [deciding] = [d for d in stopped.deadlines if d.clock_id == "REC-12"]
    assert not deciding.excluded[0].HasField("until_time")
