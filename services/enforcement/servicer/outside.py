"""Cases handled on paper or in another system, reported afterwards: recorded and announced, not prevented."""

from datetime import datetime

from google.protobuf.message import Message
from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import enforcement_service_pb2 as pb
from yifa.enforcement.v1 import events_pb2 as events

from services.enforcement import rules
from services.enforcement.facts import Facts, is_major, put_moment
from services.enforcement.model import Body, Case
from services.enforcement.process import NUMBERS, about
from services.enforcement.rules.jurisdiction import matter_of
from services.enforcement.servicer import stages
from services.enforcement.servicer.acts import (
    IN_FORCE,
    act,
    check_penalty,
    legible,
    masked,
    next_number,
    put_on_case,
    when,
    window_end,
)
from services.enforcement.servicer.clue import add_case
from services.enforcement.servicer.gather import confirmed, review_order, thresholds
from services.kit.refusal import Exists, Malformed
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.process import Unlawful

Done = list[tuple[stages.Stage, datetime]]


class OutsideCases:
    @write
    def ReportOutsideCase(self, request: pb.ReportOutsideCaseRequest, tx: Tx) -> pb.ReportOutsideCaseResponse:
        """Report a case with what was done and when. Each stage is announced at its own time."""
        told = cases.Case()
        told.CopyFrom(request.case)
        check(told)
        case = skeleton(tx, told)
        done = timetable(tx, told, case.review_order)
        check_lawful(tx, case, done)
        refuse_twice(tx, told.case_number)
        told.sector, told.matter = case.sector, matter_of(case)
        complete(tx, told, done)
        row = add_case(tx, case, request.case.party)
        put_on_case(tx, case.case_id, (o.officer_id for o in told.officers))
        report = events.OutsideCaseReported()
        put_moment(report.report_time, tx.now)
        act(tx, row, case, report)
        for stage, at in sorted(done, key=lambda step: step[1]):
            for part in stage.parts:
                stages.take_over(told, case, part)
            if stage.state != "=":
                returned = stage.event is events.ReviewConcluded and not told.review.passed
                case.state = NUMBERS["INVESTIGATING" if returned else stage.state]
            act(tx, row, case, announcement(stage, told), at)
        return pb.ReportOutsideCaseResponse(case=case)


def check(told: cases.Case) -> None:
    """Raise Malformed for a report that does not say what was done by whom."""
    if not told.body_id:
        raise Malformed({"case.body_id": ("is required", "必填")})
    if not told.HasField("party"):
        raise Malformed({"case.party": ("is required", "必填")})
    for part, time in stages.REQUIRED.items():
        submitted = part == "review" and not (told.review.reviewer or told.review.passed)
        if told.HasField(part) and not submitted and not getattr(told, part).HasField(time):
            raise Malformed({f"case.{part}.{time}": ("is required with what it belongs to", "应当载明时间")})
    if told.violation.HasField("occur_time"):
        legible(told.violation, "occur_time", "case.violation.occur_time")
    check_penalty(told.proposal, "case.proposal")
    check_penalty(told.notice.penalty, "case.notice.penalty")
    check_penalty(told.decision.penalty, "case.decision.penalty")
    for n, payment in enumerate(told.payments):
        if payment.HasField("pay_time"):
            legible(payment, "pay_time", f"case.payments[{n}].pay_time")
    if not 0 <= told.paid.fen <= 10**16:
        raise Malformed({"case.paid.fen": ("is no amount of money", "不是有效的金额")})
    if not 0 <= told.evidence_count <= 10**6:
        raise Malformed({"case.evidence_count": ("is no number of pieces", "证据数量不正确")})


def timetable(tx: Tx, told: cases.Case, order: int) -> Done:
    """The stages that were done, each with its time. Raises Malformed when there is none."""
    line = stages.NOTICE_FIRST if order == cases.REVIEW_ORDER_AFTER_DEFENCE else stages.ORDINARY
    done: Done = []
    untimed: list[int] = []
    for stage in stages.SUMMARY if told.procedure == cases.PROCEDURE_SUMMARY else line:
        message, field = stages.holder(told, stage.time)
        if stages.given(told, stage.time):
            done.append((stage, when(message, field, tx.now, f"case.{stage.time}")))
        elif any(stages.given(told, mark) for mark in stage.marks):
            untimed.append(len(done))
            done.append((stage, tx.now))
    if len(done) == len(untimed):
        raise Malformed({"case": ("names no act with its time", "未载明任何行为及其时间")})
    timed = [at for n, (_, at) in enumerate(done) if n not in untimed]
    for n in untimed:
        # What was done without a time is taken to be done together with the act before it.
        done[n] = done[n][0], done[n - 1][1] if n else min(timed)
    return done


def skeleton(tx: Tx, told: cases.Case) -> cases.Case:
    """The case before any stage."""
    case = cases.Case(
        case_id=tx.new_id("C-"),
        node=tx.node,
        body_id=told.body_id,
        procedure=told.procedure or cases.PROCEDURE_ORDINARY,
        source=cases.CASE_SOURCE_OUTSIDE,
        party=told.party,
        violation=told.violation,
        area_code=told.area_code,
    )
    case.party.identity_number = masked(told.party.identity_number)
    body = tx.find(Body, told.body_id)
    case.sector = tx.sector_of(body.field if body else "")
    if body:
        case.body_name, case.area_code = body.name, case.area_code or body.area_code
    if case.procedure == cases.PROCEDURE_ORDINARY:
        filed = legible(told, "file_time", "case.file_time") if told.HasField("file_time") else tx.now
        case.review_order = review_order(tx.parameters, case.sector, max(filed, IN_FORCE))
    return case


def check_lawful(tx: Tx, case: cases.Case, done: Done) -> None:
    """Raise Unlawful for acts in the future or out of order, or an unknown body; nothing else is prevented."""
    qualified = confirmed(tx.find, case.body_id, tx.node)
    first = Facts(case, tx.now, tx.now, body_confirmed=qualified)
    found = [(rules.body_confirmed.broken(), first)] if not qualified else []
    for n, (stage, at) in enumerate(done):
        facts = Facts(case, tx.now, at, max(stages.builds_on(stage, done[:n]), default=None))
        found += [(r.broken(), facts) for r in (rules.not_in_future, rules.in_order) if not r.holds(facts)]
    if found:
        broken = list(dict.fromkeys(b for b, _ in found))
        details: dict[str, str] = {}
        for one, facts in reversed(found):
            details |= about([one], facts)
        raise Unlawful(broken, {k: v for k, v in details.items() if k != "case_id"})


def refuse_twice(tx: Tx, case_number: str) -> None:
    if not case_number:
        return
    if known := tx.query(select(Case).where(Case.case_number == case_number)):
        raise Exists(
            "ALREADY_REPORTED",
            f"there is a case numbered {case_number} already",
            f"案号{case_number}的案件已存在",
            case_id=known[0].case_id,
            case_number=case_number,
        )


def complete(tx: Tx, told: cases.Case, done: Done) -> None:
    """Fill in what follows from the report: number, window, whether the penalty is major."""
    for stage, at in done:
        if stage.event is events.CaseFiled:
            told.case_number = told.case_number or next_number(tx, tx.get(Body, told.body_id), "立", at)
        elif stage.event is events.PriorNoticeServed and not told.notice.HasField("window_end"):
            put_moment(told.notice.window_end, window_end(tx, at, told.sector))
        elif stage.event is events.DecisionMade:
            limits = thresholds(tx.parameters, told, at)
            told.decision.major = told.decision.major or is_major(told.decision.penalty, limits)


def announcement(stage: stages.Stage, told: cases.Case) -> Message:
    if stage.event is events.PaymentCompleted:
        return events.PaymentCompleted(amount=told.paid)
    return stage.event()
