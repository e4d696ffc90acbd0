"""How a case was handled, judged: by the rules of the procedure, and by the early warnings that watch cases.

Nearly every event is about a case in which nothing is wrong, and only its own act is judged. As soon as something is, or an event
came late, or a certificate changed, the whole history of the case is judged again, from the events as they are kept: so the same
stands whatever the order in which they came.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import chain
from operator import attrgetter, itemgetter
from typing import Any

from sqlmodel import select
from yifa.enforcement.v1.case_pb2 import Case, RecordCorrection
from yifa.enforcement.v1.events_pb2 import ExecutionStayed, RecordCorrected

from services.kit.arrival import message_class
from services.kit.clocks import Corrected
from services.kit.tx import Tx
from services.law.procedures.penalty import reportable, table_of
from services.law.procedures.penalty.correction import set_right
from services.law.procedures.penalty.recorded import OUTCOME_ACTS, REPORTS, as_counted, as_it_stood
from services.law.procedures.penalty.stages import Gone, gone_through
from services.supervision.beside.elsewhere import by_its_record, gone_through_beside
from services.supervision.beside.mirrored import kind_of
from services.supervision.case.facts import may_judge, rests_on
from services.supervision.case.model import CaseView, record_of
from services.supervision.certificate.model import FieldAct
from services.supervision.event.model import Received
from services.supervision.warning.catalogue import MIRRORED, Finding, kinds, looking, watching
from services.supervision.warning.mirror import (
    SHOWN,
    Done,
    NotJudged,
    act_of,
    done_beside,
    judge,
    mirrored,
)
from services.supervision.warning.model import Warning
from services.supervision.warning.resting import judged_shown
from services.supervision.warning.runner import CORRECTED, OPEN, SETTLED, WITHDRAWN, end, id_of, raise_about
from services.supervision.warning.seen import SeenCase

BATCH = 100
_LISTED = itemgetter(*NotJudged._fields)
"""What could not be judged, as it is listed, in the order of `NotJudged`: about whom, of which act …"""
_SHOWN = frozenset(word.title().replace("_", "") for word in SHOWN) | {"ConcludeReview"}


def rule_ids() -> frozenset[str]:
    """The early warnings that are judged here."""
    return frozenset(MIRRORED).union(kind.id for kind in watching("case"))


def bring_in_line(
    tx: Tx, view: CaseView, found: Iterable[tuple[str, Finding]], corrected: RecordCorrection | None = None
) -> int:
    """Raise what is found about how a case was handled, withdraw what is open and is found no longer.

    Says how many are open now. Of several findings of one kind about one thing the first counts.
    """
    standing: dict[str, tuple[str, Finding]] = {}
    over = set()
    for rule_id, finding in found:
        name = id_of(kinds()[rule_id], view.case_id, finding)
        if finding.over:
            over.add(name)
        else:
            standing.setdefault(name, (rule_id, finding))
    for rule_id, finding in standing.values():
        raise_about(tx, kinds()[rule_id], view, finding)
    for row in tx.among(Warning, "case_id", [view.case_id]):
        if row.state != OPEN or row.clock_id:
            continue
        if row.warning_id in over - standing.keys():
            end(tx, row, SETTLED)
        elif row.rule_id in rule_ids() and row.warning_id not in standing:
            end_as(tx, row, corrected)
    return len(standing)


def end_as(tx: Tx, row: Warning, corrected: RecordCorrection | None) -> None:
    """End a warning that is found no longer: withdrawn, or closed as resting on a slip that was corrected."""
    if corrected is None:
        end(tx, row, WITHDRAWN)
        return
    c = corrected
    row.detail_zh += f"（{c.title_zh}已由“{c.before}”更正为“{c.after}”：{c.reason}）"
    row.detail_en += f" ({c.title_en} was corrected from “{c.before}” to “{c.after}”: {c.reason})"
    end(tx, row, CORRECTED)


def event_told(tx: Tx, view: CaseView, done: Done | None, event: Any, *, late: bool) -> None:
    """An event told of a case: judge its act, and everything when something is wrong, the event came late, it may forbid what was
    done before it was told, or the law data is otherwise than it was when the rest was judged.
    """
    corrected = isinstance(event, RecordCorrected)
    anew = corrected or late or isinstance(event, ExecutionStayed)
    if not anew and not view.warned and view.edition in ("", tx.edition.mark):
        view.edition = tx.edition.mark
        found, unknown = judged(tx, view, [done] if done is not None else [], event)
        if not found:
            listed = set(map(_LISTED, view.not_judged))
            now = {each for each in listed if each[1] not in _SHOWN}.union(unknown)
            if now != listed:
                note(view, map(NotJudged._make, now))
            return
    judge_case(tx, view, event.correction if corrected else None)


def judge_case(tx: Tx, view: CaseView, corrected: RecordCorrection | None = None) -> None:
    """Judge all of a case from its stored events: raise what is wrong, withdraw what turns out to be right. What is found no
    longer once a slip was corrected is closed as that, with the reason.
    """
    found, unknown = judged(tx, view, history(tx, view))
    if view.edition not in ("", tx.edition.mark):
        view.earlier = (*view.earlier, {"edition": view.edition, "warned": view.warned})
    view.edition = tx.edition.mark
    if found or view.warned:
        view.warned = bring_in_line(tx, view, found, corrected)
    note(view, unknown)


def judge_again(tx: Tx, why: Corrected, cursor: str) -> str | None:
    """Judge the next cases anew that were judged by law data that is otherwise now. How far that got, None at the end."""
    if not any(map(may_judge, why.names)):
        return None
    wanted = select(CaseView.case_id, CaseView.edition).where(CaseView.case_id > cursor)
    rows = tx.batch.connection.execute(wanted.order_by(CaseView.case_id).limit(BATCH)).all()
    before = [row.case_id for row in rows if row.edition in why.known and row.edition != why.mark]
    tx.load(CaseView, before)
    for case_id in before:
        view = tx.get(CaseView, case_id)
        case = view.case()
        if why.among(rests_on(case), view.edition, case.sector):
            judge_case(tx, view)
    return rows[-1].case_id if len(rows) == BATCH else None


def note(view: CaseView, unknown: Iterable[NotJudged]) -> None:
    """List what could not be judged, each once."""
    listed = tuple(
        {"act": each.act, "reason": each.reason, "about": each.about, "why": each.why}
        for each in sorted(set(unknown))
    )
    if tuple(view.not_judged) != listed:
        view.not_judged = listed


def judged(
    look: Any, view: Any, acts: Iterable[Done], event: Any = None
) -> tuple[list[tuple[str, Finding]], list[NotJudged]]:
    """What is found in some acts and in the newest record of a case, the earliest first, and what could not be judged."""
    found: list[tuple[str, Finding]] = []
    unknown: list[NotJudged] = []
    for outcome in chain((judge(look, done) for done in acts), judged_shown(look, record_of(view))):
        found += outcome.broken
        unknown += outcome.not_judged
    seen = SeenCase(look, view, event)
    for kind in looking(None if event is None else type(event)):
        found += [(kind.id, finding) for finding in kind.find(seen)]
    return sorted(found, key=lambda each: each[1].at), unknown


def history(look: Any, view: Any) -> list[Done]:
    """The acts that the stored events of a case tell of, in the order of its department's journal, with what was corrected since
    as it is right.

    Of a case that is handled elsewhere and was not told in order, the newest record tells them better, by when they were done.
    """
    acts = [*told_in_order(look, view), *told_again(look, view)]
    record = record_of(view)
    if not record.origin.reordered:
        return acts
    by_record = {each.act for each in reportable(table_of(record))} | {*REPORTS, *SHOWN}
    by_record -= OUTCOME_ACTS  # of these there may be several, and each has an event
    told = {(done.event.DESCRIPTOR.full_name, done.at): done for done in acts if done.event is not None}
    return [
        *(
            done if done.kind else on_record(record, done)
            for done in acts
            if done.kind or done.act not in by_record
        ),
        *(
            shown_by(gone, told)
            for gone in gone_through(record)
            if gone.act not in SHOWN and gone.act not in OUTCOME_ACTS
        ),
    ]


def told_again(look: Any, view: Any) -> list[Done]:
    """The acts of what runs beside a case and is kept elsewhere, where its newest record tells them better than its events do."""
    its = look.among(FieldAct, "case_id", [view.case_id])
    pending = frozenset(act.officer_id for act in its if act.pending)
    found = (
        Done(gone.act, gone.after, at=gone.at, before=gone.before, kind=kind, pending=pending)
        for kind, gone in gone_through_beside(look, view.case_id)
    )
    return [done for done in found if mirrored(done)]


def shown_by(gone: Gone, told: Mapping[tuple[str, datetime | None], Done]) -> Done:
    """An act that the record shows, with the event that told of it, if there was one."""
    done = told.get((gone.entry.events[0], gone.at))
    if done is None:
        return Done(gone.act, gone.after, at=gone.at, before=gone.before)
    return replace(done, act=gone.act, after=gone.after, at=gone.at, before=gone.before)


def on_record(record: Case, done: Done) -> Done:
    """An act that an event told of, on the newest record as it stood before and after it."""
    if done.at is None:
        return replace(done, after=record, before=None)
    before, after = (as_counted(record, done.at, with_it=w) for w in (False, True))
    return replace(done, after=after, before=as_it_stood(before, done.at))


def told_in_order(look: Any, view: Any) -> list[Done]:
    """The acts by the events, each on the record of the event before it, with what was corrected since as it is right."""
    corrections = record_of(view).corrections
    told = (row for row in look.among(Received, "case_id", [view.case_id]) if row.service == "enforcement")
    waiting: dict[str, set[str]] = defaultdict(set)
    for act in look.among(FieldAct, "case_id", [view.case_id]):
        if act.pending:
            waiting[act.key.removesuffix(f"/{act.officer_id}")].add(act.officer_id)
    acts: list[Done] = []
    before: Case | None = None
    beside: dict[str, Any] = {}
    for row in sorted(told, key=attrgetter("journal_seq")):
        event: Any = message_class(row.type).FromString(row.data)  # type: ignore[union-attr]
        if (kind := kind_of(event)) is not None:
            record = getattr(event, kind.name)
            key = getattr(record, kind.key)
            if by_its_record(look, kind, key):
                continue
            stood = beside.get(key)
            known = stood if stood is not None and stood.version == record.version - 1 else None
            if (done := done_beside(event, row.occur_time, known, row.type)) is not None:
                acts.append(done.waiting_for(frozenset(waiting[row.key])))
            beside[key] = record
            continue
        if "case" not in event.DESCRIPTOR.fields_by_name:
            continue  # a request for help is about the case, and no act of it
        if corrections:
            set_right(event.case, corrections)
        if before is not None and before.version != event.case.version - 1:
            before = None
        if act := act_of(event):
            acts.append(Done(act, event.case, event, row.occur_time, before, frozenset(waiting[row.key])))
        before = event.case
    return acts
