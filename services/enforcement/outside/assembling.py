"""A case put together from the stages that another system reported, by when they were done and not by when they came.

Stages that follow all that is known enter the case as it stands. With one that does not, the case is gone through again from its
first stage: its state, its breaches and its terms are then as if all had come in time, and what was done here besides stays.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from google.protobuf.message import Message
from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import outside_pb2 as pb
from yifa.enforcement.v1.evidence_pb2 import Evidence
from yifa.enforcement.v1.stay_pb2 import Stay

from services.enforcement.basis.resting import ENDED
from services.enforcement.body.model import Body
from services.enforcement.case.act import act, put_receipt, window_end
from services.enforcement.case.facts import IN_FORCE
from services.enforcement.case.model import Case
from services.enforcement.case.party import mask_party
from services.enforcement.case.stamp import certificate_of
from services.enforcement.clue.acts import review_order
from services.enforcement.decision.model import use_form
from services.enforcement.evidence.model import Evidence as EvidenceRow
from services.enforcement.evidence.telling import evidence_proto
from services.enforcement.officer.model import Standing
from services.enforcement.outcome.asked import outcome_of
from services.enforcement.outside.acts import skeleton
from services.enforcement.outside.bringing import bring
from services.enforcement.outside.entering import enter, stay_told
from services.enforcement.outside.evidence import WEIGHS, evidence_of, examined_of, named_by
from services.enforcement.outside.judging import (
    NotJudged,
    OutsideFacts,
    Step,
    announce,
    go_through,
    say,
    stood_before,
)
from services.enforcement.outside.model import OutsideCase, OutsideStage
from services.enforcement.outside.stage import ASKED, act_of, asked_of, key_of, request_of
from services.enforcement.outside.taking_out import taken_out
from services.enforcement.outside.terms import hold, let_go, longer, take_up
from services.enforcement.party_file.model import FILES
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.moment import moment_of, put_moment
from services.law.party_file import of_case
from services.law.procedures.penalty import NOTICE_FIRST, PENALTY, table_of
from services.law.procedures.penalty.acts import ACTS
from services.law.procedures.penalty.body import matter_of
from services.law.procedures.penalty.correction import set_right
from services.law.procedures.penalty.outcome import hold as hold_outcomes
from services.law.procedures.penalty.own_correction import of_id
from services.law.procedures.penalty.stayed import of_number
from services.law.rule import Unknown

# So long ago the last act of a case lies that comes from the archive.
OLD = timedelta(days=365)
_RANK = {name: n for n, name in enumerate(ASKED)}
_REVIEW, _DECISION = ("submit_for_review", "conclude_review"), _RANK["make_decision"]
Stages = list[pb.OutsideStage]


def begin(tx: Tx, stage: pb.OutsideStage, key: str) -> OutsideCase:
    """The case here of a case there of which nothing was told yet."""
    matter = stage.matter
    case = skeleton(tx, cases.Case(body_id=matter.body_id, party=matter.party, procedure=matter.procedure))
    case.origin.system, case.origin.source_case = stage.system, stage.source_case
    tx.add(
        Case.new(
            case_id=case.case_id,
            state="",
            identity_number=matter.party.identity_number,
            version=0,
            record=case.SerializeToString(),
        )
    )
    return tx.add(
        OutsideCase.new(
            key=key,
            case_id=case.case_id,
            body_id=matter.body_id,
            last_time=moment_of(stage.act_time),
            last_place=-1,
            imported=True,
            matter=b"",
            matter_time=moment_of(stage.act_time),
        )
    )


def assemble(tx: Tx, home: OutsideCase, fresh: Stages) -> tuple[cases.Case, list[NotJudged]]:
    """Take new stages into their case; the case, and what of the new stages could not be judged. All of them were checked."""
    case = act.open(tx, home.case_id)
    fresh = in_order_of_time(case, fresh)
    first, early = not case.version, place(case, fresh[0])[:2] < (home.last_time, home.last_place)
    again = (take_matter(home, fresh) and not first) or (early and not first)
    known = known_of(tx, home) if again else []
    home.imported = home.imported and all(of_the_archive(s, tx.now) for s in fresh)
    home.last_time, home.last_place = max((home.last_time, home.last_place), place(case, fresh[-1])[:2])
    case.origin.imported = home.imported
    keep(tx, home, fresh)
    if first:
        put_matter(tx, case, pb.OutsideMatter.FromString(home.matter))
    unknown = gone_through(tx, home, case, known, fresh, again=again)
    FILES.file(tx, of_case(case, tx.get(Case, case.case_id).identity_number))
    home.state = act.names[case.state]
    return case, unknown


def gone_through(
    tx: Tx, home: OutsideCase, case: cases.Case, known: Stages, fresh: Stages, *, again: bool
) -> list[NotJudged]:
    """Go through new stages. A case from the archive that is over by them is told at once, and none of its terms runs."""
    first = not case.version
    if home.imported:
        tried = cases.Case.FromString(case.SerializeToString())
        unknown = run(tx, home, tried, known, fresh, again=again, silent=True)
        if act.names[tried.state] in ENDED:
            case.CopyFrom(tried)
            if not first:
                let_go(tx, case, case.case_id)
            report(tx, case)
            return unknown
    if first:
        report(tx, case)
    unknown = run(tx, home, case, known, fresh, again=again)
    if home.imported:
        hold(tx, case, case.case_id)
    return unknown


def judge_again(tx: Tx, home: OutsideCase) -> None:
    """Something that ran beside a case was told that is earlier than its last act: what its acts broke is found anew."""
    case = act.open(tx, home.case_id)
    if case.earlier_decisions or not (known := known_of(tx, home)):
        return
    reordered, over = case.origin.reordered, home.imported and act.names[case.state] in ENDED
    run(tx, home, case, known, [], again=True, silent=over)
    case.origin.reordered = reordered
    act.keep(tx, case)


def take_matter(home: OutsideCase, fresh: Stages) -> bool:
    """Keep what the case is about as the last of its acts tells it; whether that is new."""
    told = next((s for s in reversed(fresh) if s.HasField("matter")), None)
    if told is None or (at := moment_of(told.act_time)) < home.matter_time:
        return False
    was, home.matter, home.matter_time = home.matter, matter_told(told), at
    return was != home.matter


def of_the_archive(stage: pb.OutsideStage, now: datetime) -> bool:
    """Whether a stage is one of an old case, and not only called so: what was done lately warns as it does everywhere."""
    return stage.imported and now - moment_of(stage.act_time) > OLD


def report(tx: Tx, case: cases.Case) -> None:
    event = events.OutsideCaseReported()
    put_moment(event.report_time, tx.now)
    act.write(tx, case, event)


def matter_told(stage: pb.OutsideStage) -> bytes:
    return stage.matter.SerializeToString(deterministic=True)


def known_of(tx: Tx, home: OutsideCase) -> Stages:
    rows = tx.query(select(OutsideStage).where(OutsideStage.case_id == home.case_id))
    return [pb.OutsideStage.FromString(row.record) for row in rows]


def keep(tx: Tx, home: OutsideCase, fresh: Stages) -> None:
    """Keep the stages as they were reported, with what they bring besides the record."""
    for stage in fresh:
        row = OutsideStage.of(stage, key_of(stage), home.case_id, tx.now)
        tx.add(row)
        home.size += len(row.record)
        bring(tx, home.case_id, stage)


def run(
    tx: Tx,
    home: OutsideCase,
    case: cases.Case,
    known: Stages,
    fresh: Stages,
    *,
    again: bool = False,
    silent: bool = False,
) -> list[NotJudged]:
    """Go through the stages that are not in the case yet, or `again` through all of them; `silent` announces none of it."""
    moved = act.names[case.state] != home.state  # acts here carried it on
    old = {id(s) for s in known}
    unknown: list[NotJudged] = []
    stood, kept = case.state, {}
    if again:
        case.CopyFrom(taken_out(case, known))
        case.origin.reordered, case.state = True, cases.CASE_STATE_UNSPECIFIED
        kept = {} if silent else let_go(tx, case, case.case_id)
        put_matter(tx, case, pb.OutsideMatter.FromString(home.matter))
    steps = []
    for stage in in_order_of_time(case, [*known, *fresh]):
        before = stood_before(case, moment_of(stage.act_time))
        step = step_of(tx, stage, before, told=again or silent)
        found = go_through(tx, case, step, before)
        unknown += found if id(stage) not in old else []
        if not silent:
            announce(tx, case, step)
        steps.append(step)
    if again:
        case.state = stood if moved else case.state
        # Stages say what was corrected here since as it was, and make the decision anew that outcomes recorded here changed.
        set_right(case, case.corrections)
        hold_outcomes(case, case.outcomes)
    if again and not silent:
        take_up(tx, case, kept)
        longer_now = longer(tx, case, kept)
        # What was decided on a proposal that nobody had told of was no more than a paper then.
        proposed_now = any(asked_of(stage) == "propose_own_correction" for stage in fresh)
        announce_again(
            tx,
            case,
            [
                (event, s.at, stage.actor)
                for s in steps
                if (stage := s.stage) is not None
                for event in (s.event, *s.more)
                if id(s.stage) not in old
                or (longer_now and isinstance(event, events.DeadlineExtended))
                or (proposed_now and s.stage is not None and asked_of(s.stage) == "decide_own_correction")
            ],
        )
    return unknown


def announce_again(tx: Tx, case: cases.Case, told: Iterable[tuple[Message, datetime, str]]) -> None:
    """Tell of stages that came after later ones, with the case as it is put together now."""
    for event, at, by in told:
        say(tx, case, event, at, by)


def in_order_of_time(case: cases.Case, told: Stages) -> Stages:
    return sorted(told, key=partial(place, case))


def place(case: cases.Case, stage: pb.OutsideStage) -> tuple[datetime, int, str]:
    """Where a stage comes in its case: when it was done; of one moment, by the order of the procedure."""
    name = asked_of(stage)
    rank = 10 * _RANK[name]
    if name in _REVIEW and table_of(case) is NOTICE_FIRST:
        rank = 10 * _DECISION - 5 + _REVIEW.index(name)
    return moment_of(stage.act_time), rank, stage.stage_id


def step_of(tx: Tx, stage: pb.OutsideStage, before: cases.Case, *, told: bool) -> Step:
    """A stage on its way into a case that stood so."""
    name = act_of(stage, before)
    request, at = request_of(stage), moment_of(stage.act_time)
    kind = getattr(events, ACTS[name].event.split()[0])
    event: Message = kind(
        **{
            field: getattr(request, field)
            for field in ("amount", "cause")
            if field in kind.DESCRIPTOR.fields_by_name
        }
    )

    def into(case: cases.Case) -> None:
        enter(stage, name, case)
        follow(tx, stage, name, case, at)
        tell_more(tx, event, stage, case)

    return Step(name, at, into, event, None, stage, told)


def weighed(tx: Tx, stage: pb.OutsideStage) -> Evidence:
    """The piece of evidence that a stage verifies or excludes; of one that nobody told of yet, what the stage says of it."""
    row = tx.find(EvidenceRow, named_by(stage))
    known = evidence_proto(row) if row is not None else Evidence(evidence_id=named_by(stage))
    return examined_of(stage, known)


def tell_more(tx: Tx, event: Any, stage: pb.OutsideStage, case: cases.Case) -> None:
    """What an event tells besides the record."""
    if asked_of(stage) == "record_evidence":
        event.evidence.CopyFrom(evidence_of(stage, case.case_id))
    elif asked_of(stage) in WEIGHS:
        event.evidence.CopyFrom(weighed(tx, stage))
    elif "outcome" in event.DESCRIPTOR.fields_by_name:
        event.outcome.CopyFrom(outcome_told(stage, case))
    elif "own_correction" in event.DESCRIPTOR.fields_by_name:
        wanted = getattr(request_of(stage), "correction_id", stage.stage_id)
        event.own_correction.CopyFrom(of_id(case, wanted))
    elif "stay" in event.DESCRIPTOR.fields_by_name:
        event.stay.CopyFrom(stay_of(stage, case))
    elif "recusal" in event.DESCRIPTOR.fields_by_name:
        wanted = getattr(request_of(stage), "recusal_id", stage.stage_id)
        found = [r for r in case.recusals if r.recusal_id == wanted]
        event.recusal.CopyFrom(found[0] if found else cases.Recusal(recusal_id=wanted))


def stay_of(stage: pb.OutsideStage, case: cases.Case) -> Stay:
    """The stay that a stage tells of, or that it ends; of one that nobody told of, what the stage says of its end."""
    request = request_of(stage)
    if asked_of(stage) == "record_stay":
        return stay_told(stage, request)
    told = Stay(
        document=request.stay_document.strip(), end_document=request.document.strip(), end_time=stage.act_time
    )
    known = of_number(case, told.document)
    return known if known is not None and known.end_time == told.end_time else told


def outcome_told(stage: pb.OutsideStage, case: cases.Case) -> cases.Outcome:
    """The outcome that a stage tells of, as the case has it."""
    if asked_of(stage) == "decide_own_correction":
        return next(
            o for o in case.outcomes if o.remedy == cases.REMEDY_OWN and o.outcome_time == stage.act_time
        )
    told = outcome_of(request_of(stage), moment_of(stage.act_time))
    paper = told.authority, told.document
    return next(each for each in case.outcomes if (each.authority, each.document) == paper)


def follow(tx: Tx, stage: pb.OutsideStage, name: str, case: cases.Case, at: datetime) -> None:
    """What follows from a stage: who the officers are, the matter, the window, whether the penalty is major."""
    match name:
        case "ASSIGN_OFFICERS" | "MAKE_SPOT_DECISION":
            for officer in case.officers:
                row = tx.find(Standing, officer.officer_id)
                officer.name = row.name if row is not None else ""
                officer.certificate_number = certificate_of(tx, officer.officer_id, at)
        case "FILE_CASE":
            case.case_number = case.case_number or stage.source_case
            case.matter = matter_of(case)
            case.review_order = review_order(tx.parameters, case.sector, max(at, IN_FORCE))
        case "SERVE_PRIOR_NOTICE" if at >= IN_FORCE:
            put_moment(case.notice.window_end, window_end(tx, at, case.sector))
        case "TRANSFER_CASE":
            body = tx.find(Body, case.transfer.to_body_id)
            if body is not None:
                case.transfer.to_body_name, case.transfer.to_node = body.name, body.node
    if name == "MAKE_SPOT_DECISION":
        case.matter = matter_of(case)
        if case.decision.document_number.strip():
            use_form(tx, case)
    if name in ("MAKE_DECISION", "MAKE_SPOT_DECISION"):
        put_receipt(case, tx)
        with suppress(Unknown):  # no threshold was law on that day
            case.decision.major = OutsideFacts(tx, case, case, PENALTY.named(name), at, None).major()


def put_matter(tx: Tx, case: cases.Case, matter: pb.OutsideMatter) -> None:
    """What the case is about, as it is told last; the record shows the party's number masked."""
    row = tx.get(Case, case.case_id)
    if row.identity_number != matter.party.identity_number:
        row.identity_number = matter.party.identity_number
    case.party.CopyFrom(matter.party)
    mask_party(case.party, matter.party.identity_number, tx.now.astimezone(SHANGHAI).date())
    FILES.file(tx, of_case(case, matter.party.identity_number))
    case.violation.CopyFrom(matter.violation)
    case.procedure = matter.procedure or cases.PROCEDURE_ORDINARY
    case.item_id, case.area_code = matter.item_id or case.item_id, matter.area_code or case.area_code
