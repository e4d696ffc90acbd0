"""What the city does with an act of enforcement: the case as it stands, its clocks, its warnings, its filing."""

from typing import Any

from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.enforcement.v1.case_pb2 import RECORD_CORRECTION_STATE_APPROVED

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.law.party_file import of_case
from services.law.procedures.penalty.corrected import Ended, ended_remedies
from services.supervision.beside.reactions import catch_up
from services.supervision.case import alike
from services.supervision.case import matter as matters
from services.supervision.case.facts import is_major, time_in
from services.supervision.case.model import CaseView
from services.supervision.case.remedied import remedied
from services.supervision.case.tally import OVER, count_anew, tally_of
from services.supervision.certificate.reactions import act_done
from services.supervision.deadline import reactions as clocks
from services.supervision.dispute import reactions as disputes
from services.supervision.event.foreign import Foreign
from services.supervision.event.model import Received
from services.supervision.figure.keeping import figures_of
from services.supervision.figure.keeping import keep as keep_figures
from services.supervision.filing import reactions as filings
from services.supervision.party_file.model import FILES
from services.supervision.receipt import reactions as receipts
from services.supervision.search.model import keep_words
from services.supervision.warning.judging import event_told, judge_case
from services.supervision.warning.mirror import Done, act_of


def on_case(event: Any, tx: Tx, about: Envelope) -> None:
    """An act of enforcement: the newest snapshot holds, whatever the order in which events come."""
    case, at = event.case, about.occur_time
    view = tx.find(CaseView, case.case_id)
    if case.node != about.node or (view is not None and view.node != about.node):
        raise Foreign(f"{about.node} speaks of case {case.case_id} of {view.node if view else case.node}")
    late = view is not None and (case.version < view.version or case.origin.reordered)
    newer = view is None or case.version > view.version
    first, stood, ended, counted = view is None, matters.place_of(view), remedies_known(view), tally_of(view)
    weighed = {name: vars(view)[name] if view is not None else None for name in alike.WEIGHED}
    act = act_of(event)
    before = view.seen() if act and view is not None and view.version == case.version - 1 else None
    if newer:
        view = project(tx, view, case, about)
        count_anew(tx, view, counted)
    if from_the_archive(case):
        if newer and not first:
            clocks.let_go(tx, view)
        return
    received = tx.find(Received, f"{about.node}/{about.event_id}")
    if received is not None and received.late:
        counted = tally_of(view)
        view.late_entries += 1
        count_anew(tx, view, counted)
    if late:
        clocks.see_again(tx, view)
    else:
        clocks.see(tx, view, event, at)
    if newer and case.HasField("collection"):
        receipts.given(tx, case)
    pending = act_done(tx, view, event, about)
    done = Done(act, case, event, at, before, pending) if act else None
    event_told(tx, view, done, event, late=late)
    if first and case.version > 1:
        catch_up(tx, view)
    if newer:
        look_around(tx, view, event, stood, weighed)
        if ended_remedies(case) != ended:
            corrected_before(tx, view, ended)
        filings.follow(tx, case, view.major)
        disputes.follow(tx, case)


def look_around(
    tx: Tx, view: CaseView, event: Any, stood: tuple[object, ...], weighed: dict[str, Any]
) -> None:
    """A case stands otherwise among those that it is compared with: judge those that this changes."""
    if matters.place_of(view) != stood:
        matters.compare(tx, view.matter)
    if (matters.place_of(view) != stood or isinstance(event, enforcement.DecisionSetAside)) and view.fine:
        matters.fined_after(tx, view)
    if any(getattr(view, name) != before for name, before in weighed.items()):
        alike.decided_after(tx, view, weighed)


def remedies_known(view: CaseView | None) -> list[Ended]:
    """The remedies that ended in a case as it is known."""
    return ended_remedies(view.seen()) if view is not None and view.remedied else []


def corrected_before(tx: Tx, view: CaseView, known: list[Ended]) -> None:
    """Other remedies ended in a case than was known: judge those of its body anew that ended after them."""
    case = view.seen()
    since = min(set(ended_remedies(case)) ^ set(known))
    for other in remedied(tx, case):
        if remedies_known(other)[-1] > since and not from_the_archive(other.seen()):
            judge_case(tx, other)


def from_the_archive(case: Any) -> bool:
    """Whether a case came from the archive and is over: what its acts broke stands in the record, and warns nobody any more."""
    return case.origin.imported and case.state in OVER


def project(tx: Tx, view: CaseView | None, case: Any, about: Envelope) -> CaseView:
    """The row of a case as its snapshot says."""
    values = {
        "case_number": case.case_number,
        "body_id": case.body_id,
        "body_name": case.body_name,
        "party_name": case.party.name,
        "violation_title": case.violation.title,
        "state": case.state,
        "procedure": case.procedure,
        "fine": case.decision.penalty.fine.fen,
        "file_time": time_in(case, "file_time"),
        "update_time": time_in(case, "update_time") or about.occur_time,
        "major": is_major(case, tx),
        "area_code": case.area_code,
        "matter": case.matter,
        "version": case.version,
        "corrections": len([c for c in case.corrections if c.state == RECORD_CORRECTION_STATE_APPROVED]),
        "remedied": len(ended_remedies(case)),
        "record": (record := case.SerializeToString(deterministic=True)),
    }
    lay = of_case(view.seen()) if view is not None else None
    known, named = figures_of(view), view and (view.case_number, view.party_name, view.violation_title)
    if view is None:
        view = tx.add(CaseView.new(case_id=case.case_id, node=about.node, **values))
    else:
        view.put(values)
    view.saw(record, case)
    if (filed := of_case(case)) != lay:
        FILES.file(tx, filed)
    keep_figures(tx, view, case, known)
    if not known or named != (case.case_number, case.party.name, case.violation.title):
        keep_words(tx, view.case_id, view.case_number, view.party_name, view.violation_title)
    return view
