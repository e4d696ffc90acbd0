"""Cases handled on paper or in another system, reported afterwards: recorded and announced, not prevented."""

from datetime import datetime
from typing import Any

from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp
from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import outside_pb2 as pb

from services.enforcement.body.model import Body
from services.enforcement.case.act import (
    act,
    check_penalty,
    put_on_case,
    put_receipt,
    window_end,
)
from services.enforcement.case.facts import IN_FORCE, legible, when
from services.enforcement.case.model import Case
from services.enforcement.case.party import mask_party, sound_party
from services.enforcement.clue.acts import review_order
from services.enforcement.decision.model import use_form
from services.enforcement.outside.judging import OutsideFacts, Step, announce, go_through
from services.enforcement.paper.number import next_number
from services.enforcement.party_file.model import FILES
from services.enforcement.payment.model import count, refuse_known
from services.enforcement.receipt_batch.model import use_receipt
from services.kit.refusal import Exists, Malformed
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.moment import moment_at, put_moment
from services.law.party_file import of_case
from services.law.procedures.penalty import PENALTY, reportable, stages, table_of
from services.law.procedures.penalty.acts import ACTS, Entry
from services.law.procedures.penalty.body import body_confirmed, matter_of
from services.law.procedures.penalty.outcome import take, undone
from services.law.procedures.penalty.recorded import recusals_by, report_of, set_aside_told
from services.law.procedures.penalty.stages import Done
from services.law.procedures.shared import in_order, not_in_future
from services.law.process import Process
from services.law.rule import Rule, Unlawful, told


@write
def report_outside_case(request: pb.ReportOutsideCaseRequest, tx: Tx) -> pb.ReportOutsideCaseResponse:
    """Report a case with what was done and when. Each stage is announced at its own time, and each rule of the procedure that
    was broken is recorded on the case.
    """
    reported = cases.Case()
    reported.CopyFrom(request.case)
    check(reported)
    sound_party(reported.party, tx.now.astimezone(SHANGHAI).date(), "case.party")
    case = skeleton(tx, reported)
    done = timetable(tx, reported, table_of(case))
    refuse_impossible(tx, case, done)
    refuse_twice(tx, reported.case_number)
    reported.sector, reported.matter = case.sector, matter_of(case)
    complete(tx, reported, done)
    tx.add(
        Case.new(
            case_id=case.case_id,
            state="",
            identity_number=reported.party.identity_number,
            version=0,
            record=b"",
        )
    )
    FILES.file(tx, of_case(case, reported.party.identity_number))
    count_payments(tx, case.case_id, reported)
    use_receipt(tx, case.case_id, reported.collection.receipt)
    put_on_case(tx, case.case_id, (o.officer_id for o in reported.officers))
    report = events.OutsideCaseReported()
    put_moment(report.report_time, tx.now)
    act.write(tx, case, report)
    for n, (stage, at) in sorted(enumerate(done), key=lambda step: step[1][1]):
        since = max(stages.builds_on(stage, done[:n]), default=None)
        step = step_of(stage, at, reported, since)
        before = cases.Case.FromString(case.SerializeToString())
        del before.recusals[:]
        before.recusals.extend(recusals_by(reported, at))
        go_through(tx, case, step, before)
        announce(tx, case, step)
    if case.procedure == cases.PROCEDURE_SUMMARY and case.decision.document_number.strip():
        use_form(tx, case)
    return pb.ReportOutsideCaseResponse(case=case)


def step_of(stage: Entry, at: datetime, reported: cases.Case, since: datetime | None) -> Step:
    """A stage of a report on its way into the case."""
    name = act_told(stage, reported)
    event: Any = getattr(events, ACTS[name].event.split()[0])()
    if stage.act == "COMPLETE_PAYMENT":
        event.amount.CopyFrom(reported.paid)

    def into(case: cases.Case) -> None:
        for part in stage.enters.split():
            stages.take_over(reported, case, part)
        if stage.act == "RECORD_SET_ASIDE":
            ended = set_aside_told(reported)
            put_moment(ended.outcome_time, at)
            take(case, ended)
            event.outcome.CopyFrom(ended)

    return Step(name, at, into, event, since)


def act_told(stage: Entry, reported: cases.Case) -> str:
    """The act that a stage of a report is."""
    if stage.act == "PASS_REVIEW" and not reported.review.passed:
        return "RETURN_REVIEW"
    if stage.act == "RECORD_SET_ASIDE" and undone(reported):
        return "RECORD_UNDONE"
    return report_of(reported) if stage.act == "SUBMIT_REPORT" else stage.act


def check(told: cases.Case) -> None:
    """Raise Malformed for a report that does not say what was done by whom."""
    check_values(told, "case")
    if not told.body_id:
        raise Malformed({"case.body_id": ("is required", "必填")})
    if not told.HasField("party"):
        raise Malformed({"case.party": ("is required", "必填")})
    for part, time in stages.REQUIRED.items():
        submitted = part == "review" and not (told.review.reviewer or told.review.passed)
        proposed = part == "no_penalty" and not told.no_penalty.decider
        if told.HasField(part) and not (submitted or proposed) and not getattr(told, part).HasField(time):
            raise Malformed({f"case.{part}.{time}": ("is required with what it belongs to", "应当载明时间")})
    check_penalty(told.proposal, "case.proposal")
    check_penalty(told.notice.penalty, "case.notice.penalty")
    check_penalty(told.decision.penalty, "case.decision.penalty")
    if not 0 <= told.paid.fen <= 10**16:
        raise Malformed({"case.paid.fen": ("is no amount of money", "不是有效的金额")})
    if not 0 <= told.evidence_count <= 10**6:
        raise Malformed({"case.evidence_count": ("is no number of pieces", "证据数量不正确")})


def check_values(message: Message, path: str) -> None:
    """Raise Malformed for a number that its enumeration does not know, or a time beyond the calendar, wherever in a message."""
    for field, value in message.ListFields():
        for n, one in enumerate(value if field.is_repeated else (value,)):
            where = f"{path}.{field.name}[{n}]" if field.is_repeated else f"{path}.{field.name}"
            if isinstance(one, Timestamp):
                legible(message, field.name, where)
            elif isinstance(one, Message):
                check_values(one, where)
            elif field.enum_type is not None and one not in field.enum_type.values_by_number:
                raise Malformed({where: (f"{one} is no value of this enumeration", "不是已定义的取值")})


def timetable(tx: Tx, told: cases.Case, table: Process) -> Done:
    """The stages that were done, each with its time. Raises Malformed when there is none."""
    done: Done = []
    untimed: list[int] = []
    for stage in reportable(table):
        if stage.act == "COMPLETE_PAYMENT" and told.HasField("collection"):
            continue  # it was paid by being collected on the spot
        message, field = stages.holder(told, stage.done)
        if stages.given(told, stage.done):
            done.append((stage, when(message, field, tx.now, f"case.{stage.done}")))
        elif any(stages.given(told, mark) for mark in stage.marks.split()):
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
        item_id=told.item_id,
        recusals=told.recusals,
        performances=told.performances,
        reviewers=told.reviewers,
        hearing=told.hearing if told.HasField("hearing") else None,
        earlier_decisions=told.earlier_decisions,
        remedies=told.remedies,
    )
    mask_party(case.party, told.party.identity_number, tx.now.astimezone(SHANGHAI).date())
    body = tx.find(Body, told.body_id)
    case.sector = tx.sector_of(body.field if body else "")
    if body:
        case.body_name, case.in_name_of = body.name, body.mandator_name
        case.area_code = case.area_code or body.area_code
    if case.procedure == cases.PROCEDURE_ORDINARY:
        filed = legible(told, "file_time", "case.file_time") if told.HasField("file_time") else tx.now
        case.review_order = review_order(tx.parameters, case.sector, max(filed, IN_FORCE))
    return case


def refuse_impossible(tx: Tx, case: cases.Case, done: Done) -> None:
    """Raise Unlawful for acts in the future or out of order, or an unknown body; nothing else is prevented."""
    found: list[tuple[Rule, Any]] = []
    for n, (stage, at) in enumerate(done):
        since = max(stages.builds_on(stage, done[:n]), default=None)
        facts = OutsideFacts(tx, case, case, PENALTY.named(stage.act), at, since)
        found += [(r, facts) for r in (not_in_future, in_order) if not r.holds(facts)]
    today = OutsideFacts(tx, case, case, PENALTY.named("REGISTER_CLUE"), tx.now, None)
    if not body_confirmed.holds(today):
        found.insert(0, (body_confirmed, today))
    if found:
        details: dict[str, str] = {}
        for one, facts in reversed(found):
            details |= told([one], facts)
        raise Unlawful(dict.fromkeys(one.broken() for one, _ in found), details)


def refuse_unknown_body(tx: Tx, body_id: str) -> None:
    """Raise Unlawful for a body that nobody announced, or not of this node."""
    case = cases.Case(body_id=body_id, node=tx.node)
    today = OutsideFacts(tx, case, case, PENALTY.named("REGISTER_CLUE"), tx.now, None)
    if not body_confirmed.holds(today):
        raise Unlawful([body_confirmed.broken()], told([body_confirmed], today))


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


def count_payments(tx: Tx, case_id: str, told: cases.Case) -> None:
    """Remember each payment by the bank's number. Raises Exists for one that is known, of whatever case."""
    for paid in told.payments:
        paid.bank_reference = paid.bank_reference.strip()
        if paid.bank_reference:
            refuse_known(tx, paid.bank_reference)
            at = moment_at(paid, "pay_time") or moment_at(told, "perform_time") or tx.now
            count(tx, case_id, paid, at)


def complete(tx: Tx, told: cases.Case, done: Done) -> None:
    """Fill in what follows from the report: number, window, whether the penalty is major."""
    for stage, at in done:
        if stage.act == "FILE_CASE":
            told.case_number = told.case_number or next_number(tx, told.body_id, "filing", at)
        elif stage.act == "SERVE_PRIOR_NOTICE":
            # the party may be given more time than the law asks for, never less
            given, least = moment_at(told, "notice.window_end"), window_end(tx, at, told.sector)
            put_moment(told.notice.window_end, max(given or least, least))
        elif stage.act == "MAKE_DECISION":
            facts = OutsideFacts(tx, told, told, PENALTY.named("MAKE_DECISION"), at, None)
            told.decision.major = told.decision.major or facts.major()
    if told.HasField("decision"):
        put_receipt(told, tx)  # by which law data is not for the report to say
