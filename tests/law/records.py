"""Whole penalty cases as a record tells them, in which every rule was kept.

For whoever judges a record afterwards: a department to which a case is reported, and the city.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from google.protobuf.timestamp_pb2 import Timestamp
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.law.v1.law_pb2 import Money

from services.given.case import NO_GAINS, gains, verified
from services.law.calendar import SHANGHAI
from services.law.moment import moment_at
from services.law.procedures.penalty import NOTICE_FIRST, ORDINARY, SUMMARY, reportable, stages
from services.law.procedures.penalty.recorded import report_of

# A Monday. The prior notice is served on a Monday three weeks on, so that its five working days end on the Monday after.
FIRST = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)
DAY = timedelta(days=1)
AREA, ELSEWHERE = "440700", "110100"
FIELD, OTHER_FIELD = "水务", "林业"


@dataclass(frozen=True)
class World:
    """The ids of who and what there is. Bodies and items are those of a department; officers hold what their names say."""

    body: str = "B-1"
    after_defence: str = "B-2"
    """Each has others beside it: B-1-ended, that ended before; B-1-young, announced after all was over; and B-1-entrusted, whose
    mandate was over before."""
    item: str = "I-1"
    second_item: str = "I-2"
    others_item: str = "I-other"
    district_item: str = "I-district"
    officers: tuple[str, str] = ("O-1", "O-2")
    uncertified: str = "O-uncertified"
    suspended: str = "O-suspended"
    other_field: str = "O-field"
    elsewhere: str = "O-elsewhere"
    reviewer: str = "R-1"
    unqualified: str = "R-unqualified"
    filed: str = "先立案企业"
    """The party of an open case about the same act that was filed before."""
    penalised: str = "914407000000000029"
    """The number of a party with a penalty that stands."""
    form_used: str = "简0号"
    """The number of a form that stands on another decision."""
    reference: str = "BANK-1"
    benchmark_to_come: str = "示例法典:1-1"
    """An item of the benchmark whose law was to come after the records."""
    benchmark_off_list: str = "示例法:2-2"
    """One whose document went off the list of those in force long before them."""


WORLD = World()
PAPER = cases.DecisionPaper(
    address="示例市示例路1号", bank="示例银行营业部", bank_address="示例市示例路1号", seal="4407000000001",
    reconsideration="示例市人民政府", court="示例市", surcharge=True,
)  # fmt: skip
"""What the paper of a decision says besides its record: bank, court and government are those of the example city."""


def stamp(at: datetime) -> Timestamp:
    made = Timestamp()
    made.FromDatetime(at)
    return made


def day(n: float) -> Timestamp:
    return stamp(FIRST + n * DAY)


def yuan(amount: int) -> Money:
    return Money(fen=100 * amount)


def fine(amount: int) -> penalties.Penalty:
    return penalties.Penalty(
        kinds=[penalties.PENALTY_KIND_FINE, penalties.PENALTY_KIND_CONFISCATION_OF_GAINS], confiscation=yuan(1_000),
        fine=yuan(amount), benchmark_id="示例法:1-1", band_code="1",
        correction_order="立即改正", gains=gains(1_000),
    )  # fmt: skip


def _begun(w: World, body: str) -> cases.Case:
    """What every case says: who acts, against whom, about what, where."""
    return cases.Case(
        case_id="C-1", node="huanbao", body_id=body, body_name="示例执法机关", area_code=AREA, sector="market",
        item_id=w.item if body == w.body else w.second_item,
        party=parties.Party(kind=parties.PARTY_KIND_ORGANISATION, name="示例企业", identity_number="914407000000000016",
                            address=PAPER.address),
        violation=penalties.Violation(title="示例违法行为", law="示例法第一条", occur_time=day(-30)),
        officers=[cases.AssignedOfficer(officer_id=o, name=f"承办人{o}") for o in w.officers],
    )  # fmt: skip


def ordinary(w: World = WORLD) -> cases.Case:
    """A major fine: reviewed, told, answered, decided, published, filed, paid, closed, and declared unlawful later."""
    case = reviewed(told(inquired(w), 21), w, 17)
    for field in ("hearing_request_time", "hearing_time", "hearing_host", "hearing_record"):
        case.defence.ClearField(field)
    return case


def notice_first(w: World = WORLD) -> cases.Case:
    """The same, heard, where the sector reviews after the defence."""
    case = reviewed(told(inquired(w, w.after_defence), 21), w, 37)
    case.review_order = cases.REVIEW_ORDER_AFTER_DEFENCE
    case.hearing.CopyFrom(
        cases.Hearing(
            host="host-1", listeners=["listener-1", "listener-2"], clerk="minutes-1", appointer="head-1",
            appoint_time=day(23.5), notice_time=day(23.6), notice_receipt="回证", place="听证室", hold_time=day(33),
            announce_time=day(24), announce_address="公告栏", report="听证报告", report_time=day(33.5),
            minutes={"officers_spoke": True, "party_spoke": True, "signed": True, "points": ["请求从轻"]},
        )
    )  # fmt: skip
    case.decision.hearing_answers.add(point=1, reason="情节并非轻微")
    return case


def returned(w: World = WORLD) -> cases.Case:
    """A case that the review sent back."""
    case = inquired(w)
    case.review.CopyFrom(cases.Review(reviewer=w.reviewer, submit_time=day(17), conclude_time=day(18)))
    return case


def inquired(w: World, body: str = "") -> cases.Case:
    """A case up to the end of the inquiry."""
    case = _begun(w, body or w.body)
    case.procedure, case.evidence_count, case.filer = cases.PROCEDURE_ORDINARY, 3, "head-3"
    case.evidence_marks.extend(verified(3))
    case.clue.CopyFrom(
        cases.Clue(summary="举报", evidence=[{"kind": 1, "title": "照片", "source": "举报人"}], receive_time=day(0))
    )  # fmt: skip
    case.review_order = cases.REVIEW_ORDER_BEFORE_NOTICE
    for field, n in {"file_time": 2, "assign_time": 3, "inquiry_end_time": 15}.items():
        getattr(case, field).CopyFrom(day(n))
    case.proposal.CopyFrom(fine(100_000))
    return case


def reviewed(case: cases.Case, w: World, n: int) -> cases.Case:
    case.review.CopyFrom(
        cases.Review(reviewer=w.reviewer, passed=True, submit_time=day(n), conclude_time=day(n + 1))
    )
    return case


def told(case: cases.Case, n: int) -> cases.Case:
    """From the prior notice on day n to the end."""
    penalty = fine(100_000)
    case.notice.CopyFrom(
        cases.PriorNotice(
            penalty=penalty, facts="事实", reasons="理由", basis="依据", hearing_right_told=True, serve_time=day(n),
            window_end=stamp((FIRST + (n + 7) * DAY).replace(hour=23, minute=59, second=59)),
        )
    )  # fmt: skip
    case.defence.CopyFrom(
        cases.Defence(
            statement="申辩", statement_time=day(n + 1), hearing_request_time=day(n + 2),
            hearing_time=day(n + 12), hearing_host="host-1", hearing_record="听证笔录",
            recheck_time=day(n + 13), recheck_opinion="不予采纳", waive_time=day(n + 14), waive_proof="书面声明",
        )
    )  # fmt: skip
    case.decision.CopyFrom(
        cases.Decision(
            penalty=penalty, decider="head-1", decide_time=day(n + 20), major=True, discussion="集体讨论记录",
            discussion_members=["head-1", "head-2"], document_number="示罚决〔2026〕1号", paper=PAPER,
        )
    )  # fmt: skip
    case.announcement.CopyFrom(
        cases.Announcement(
            cause="下落不明",
            whereabouts="E-1",
            address="公告栏",
            announce_time=stamp(FIRST + (n + 20.5) * DAY),
        )
    )
    case.performances.add(
        kind=penalties.PENALTY_KIND_CONFISCATION_OF_GAINS,
        proof="缴款书",
        perform_time=day(n + 26),
        recorder="O-1",
    )
    return ended(case, n + 20)


def ended(case: cases.Case, n: int) -> cases.Case:
    """What follows a decision of day n."""
    fine_ = case.decision.penalty.fine
    case.service.CopyFrom(cases.Service(method=1, receipt="送达回证", serve_time=day(n + 1)))
    case.deferral.CopyFrom(
        cases.Deferral(
            application="申请书", cause="经济困难", request_time=day(n + 1.2), approved=True, decider="head-1",
            decide_time=day(n + 1.4), document_number="示罚缓〔2026〕1号",
        )
    )  # fmt: skip
    half = Money(fen=fine_.fen // 2)
    case.instalments.extend(cases.Instalment(amount=half, due_time=day(n + later)) for later in (40, 70))
    case.publish_address = "门户网站"
    case.publish_time.CopyFrom(day(n + 3))
    case.report_time.CopyFrom(day(n + 4))
    case.paid.CopyFrom(fine_)
    case.payments.add(amount=fine_, bank_reference="BANK-1", pay_time=day(n + 5), recorder="finance-1")
    case.perform_time.CopyFrom(day(n + 5))
    case.close_time.CopyFrom(day(n + 8))
    case.closing.correction = "已按期改正"
    case.set_aside.CopyFrom(
        cases.SetAside(kind=3, authority="示例市人民政府", document="示府行复〔2026〕8号", set_aside_time=day(n + 10))
    )  # fmt: skip
    case.withdrawal.CopyFrom(
        cases.PublicationWithdrawal(explanation="已被撤销", address="门户网站", withdraw_time=day(n + 11))
    )
    return case


def unpunished(w: World = WORLD) -> cases.Case:
    """A minor act, corrected in time: no penalty, and the party was taught."""
    case = inquired(w)
    case.ClearField("proposal")
    case.no_penalty.CopyFrom(
        cases.NoPenaltyDecision(
            document_number="示罚不罚决〔2026〕1号", decider="head-1", decide_time=day(20),
            outcome=penalties.NoPenalty(
                ground=penalties.NO_PENALTY_GROUND_MINOR, reasons="及时改正，没有造成危害后果", evidence_ids=["E-1"],
                education="教育记录",
            ),
        )
    )  # fmt: skip
    case.service.CopyFrom(cases.Service(method=1, receipt="送达回证", serve_time=day(21)))
    case.close_time.CopyFrom(day(24))
    return case


def summary(w: World = WORLD) -> cases.Case:
    """A fine of 200 yuan on the spot."""
    case = _begun(w, w.body)
    case.procedure = cases.PROCEDURE_SUMMARY
    penalty = penalties.Penalty(
        kinds=[penalties.PENALTY_KIND_FINE], fine=yuan(200), correction_order="立即改正", benchmark_id="示例法:1-1",
        band_code="5", gains=NO_GAINS,
    )  # fmt: skip
    case.spot.CopyFrom(
        cases.SpotRecord(
            certificate_shown=True,
            rights_told=True,
            statement_heard=True,
            party_signed=True,
            reconsideration_authority="示例市人民政府",
        )
    )
    case.decision.CopyFrom(
        cases.Decision(
            penalty=penalty, decider=w.officers[0], decide_time=day(10), document_number="简1号", paper=PAPER
        )
    )
    case.spot_report_time.CopyFrom(day(11))
    ended(case, 10).ClearField("report_time")
    return case


RECORDS: Mapping[str, Callable[[World], cases.Case]] = {
    "ordinary": ordinary,
    "notice first": notice_first,
    "returned": returned,
    "unpunished": unpunished,
    "summary": summary,
}
LINES = {
    "ordinary": ORDINARY,
    "notice first": NOTICE_FIRST,
    "returned": ORDINARY,
    "unpunished": ORDINARY,
    "summary": SUMMARY,
}


@dataclass(frozen=True)
class Step:
    """An act of a record: the record before it, and with it."""

    act: str
    before: cases.Case
    after: cases.Case
    at: datetime


def steps(case: cases.Case, name: str) -> Iterator[Step]:
    """The acts of a record in the order of their times, as a department that acts would announce them."""
    grown = cases.Case(source=cases.CASE_SOURCE_SYSTEM)
    for part in ("case_id", "node", "body_id", "body_name", "item_id", "area_code", "party", "violation", "procedure",
                 "review_order", "recusals", "body_end_time", "sector", "performances", "reviewers", "hearing",
                 "earlier_decisions", "own_corrections", "correcting_paper", "deadlines"):  # fmt: skip
        stages.take_over(case, grown, part)
    table = LINES[name]
    done = [
        (moment_at(case, s.done), n, s) for n, s in enumerate(reportable(table)) if moment_at(case, s.done)
    ]
    before = _copy(grown)
    for at, _, stage in sorted(done, key=lambda d: (d[0], d[1])):
        assert at is not None
        for part in stage.enters.split():
            stages.take_over(case, grown, part)
        act = "RETURN_REVIEW" if stage.act == "PASS_REVIEW" and not case.review.passed else stage.act
        act = report_of(case) if act == "SUBMIT_REPORT" else act
        stood = cases.CaseState.Name(grown.state).removeprefix("CASE_STATE_")
        move, _ = stages.move_at(table, act, stood.removesuffix("UNSPECIFIED"))
        if move.target != move.source:
            grown.state = cases.CaseState.Value(f"CASE_STATE_{move.target}")
        grown.version += 1
        after = _copy(grown)
        yield Step(act, before, after, at)
        before = after


def _copy(case: cases.Case) -> cases.Case:
    made = cases.Case()
    made.CopyFrom(case)
    return made


@cache
def lawful(name: str, w: World = WORLD) -> cases.Case:
    return RECORDS[name](w)
