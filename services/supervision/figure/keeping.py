"""The figures of a case, kept as columns and rows by which a month of the whole city is counted without reading any record."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from yifa.enforcement.v1.case_pb2 import PROCEDURE_SUMMARY, RECORD_CORRECTION_STATE_APPROVED, Case
from yifa.enforcement.v1.penalty_pb2 import PENALTY_KIND_CONFISCATION_OF_GAINS, Penalty

from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.data_quality import impossible
from services.law.discretion.measure import measured
from services.law.discretion.version import holding
from services.law.moment import moment_at, moment_of
from services.law.procedures.penalty.amounts import party_of
from services.law.procedures.penalty.body import plain
from services.law.procedures.penalty.outcome import in_force
from services.supervision.benchmark.model import versions_of
from services.supervision.figure.model import Income, Judging

MONTHS = "months"
NOT_KNOWN, BELOW, AT_MOST = range(3)
MILLION = 1_000_000


NOTHING: Mapping[str, Any] = {
    "taken_time": None,
    "decide_time": None,
    "item_id": "",
    "act": "",
    "alike": "",
    "weighed": 0,
    "officer_ids": (),
    "close_time": None,
    "edited": False,
}
"""What a case counts as whose record cannot be as it is."""


def figures(case: Case) -> dict[str, Any]:
    """What a case counts as: what was decided when, for which act, how its like are known, and whether its record was edited
    after it was closed. Nothing is decided where the decision was annulled.
    """
    decided, closed = moment_at(case, "decision.decide_time"), moment_at(case, "close_time")
    stands = decided is not None and in_force(case)
    penalty = decided_first(case)
    fined = stands and penalty.fine.fen > 0
    summary = case.procedure == PROCEDURE_SUMMARY
    return {
        "taken_time": decided if summary else moment_at(case, "file_time"),
        "decide_time": decided if stands else None,
        "item_id": case.item_id,
        "act": act_of(case, penalty) if fined else "",
        "alike": alike(case, penalty) if fined else "",
        "weighed": weight(penalty) if fined else 0,
        "officer_ids": tuple(sorted(o.officer_id for o in case.officers)) if fined else (),
        "close_time": closed,
        "edited": closed is not None and any(_after(case, closed)),
    }


def figures_of(view: Any) -> dict[str, Any] | None:
    """The figures that a case has now; None for one that is new."""
    return None if view is None else {name: vars(view)[name] for name in FIGURES}


def decided_first(case: Case) -> Penalty:
    """What the agency itself decided: what a remedy put in its place is not its own."""
    decision = case.decision
    return decision.decided if decision.HasField("decided") else decision.penalty


def act_of(case: Case, penalty: Penalty) -> str:
    """The act, as it is compared: by the item of the benchmark, else by its title."""
    return plain(penalty.benchmark_id or case.violation.benchmark_id or case.violation.title)


def weight(penalty: Penalty) -> int:
    """The fine as fines for one act are compared: where it is reckoned by one amount or quantity, in millionths of that."""
    by = [penalty.base.fen] if penalty.HasField("base") else [m.value for m in penalty.measures]
    if len(by) == 1 and by[0] > 0:
        return penalty.fine.fen * MILLION // by[0]
    return int(penalty.fine.fen)


def alike(case: Case, penalty: Penalty) -> str:
    """One and the same for cases that have the same act, band and all by which the band is reckoned, for the same sort of
    party; empty where no band is named, or the band was left for a reason that was approved.
    """
    if not penalty.band_code or (penalty.deviation_reason.strip() and penalty.deviation_approver.strip()):
        return ""
    measures = sorted(f"{m.of}={m.value}" for m in penalty.measures)
    parts = (
        act_of(case, penalty), penalty.band_code, str(case.party.kind), str(penalty.on_responsible),
        str(penalty.base.fen) if penalty.HasField("base") else "", *measures,
    )  # fmt: skip
    return sha256("\n".join(parts).encode()).hexdigest()


def _after(case: Case, closed: datetime) -> Iterator[bool]:
    """The slips that were corrected after a case was closed."""
    for each in case.corrections:
        at = moment_at(each, "decide_time")
        yield each.state == RECORD_CORRECTION_STATE_APPROVED and at is not None and at > closed


def weighed_anew(tx: Tx, view: Any) -> None:
    """Whether a fine is as high as the statute allows, as far as the benchmark says it (APL 34)."""
    view.at_most = at_most(tx, view.case())


def at_most(look: Any, case: Case) -> int:
    highest = highest_of(look, case)
    if highest is None:
        return NOT_KNOWN
    return AT_MOST if decided_first(case).fine.fen >= highest else BELOW


def highest_of(look: Any, case: Case) -> int | None:
    """The most that the statute lets be imposed, in fen; None where the benchmark does not say."""
    penalty = decided_first(case)
    if (item := measuring(look, case)) is None:
        return None
    found = measured(item.statute_fines, penalty, party_of(case, penalty))
    highs = [span.highest() for span in found.spans]
    if found.missing or not highs or None in highs:
        return None
    return max(high for high in highs if high is not None)


def measuring(look: Any, case: Case, versions: Callable[[Any, str, str], Any] = versions_of) -> Any:
    """The version of the department's benchmark that measures what was decided; None where none is known. Who asks of many
    cases hands in `versions` that remember.
    """
    penalty, decided = decided_first(case), moment_at(case, "decision.decide_time")
    known = versions(look, case.node, penalty.benchmark_id)
    if not known or decided is None:
        return None
    acted = moment_at(case, "violation.occur_time")
    day = acted.astimezone(SHANGHAI).date() if acted is not None else None
    judged = decided.astimezone(SHANGHAI).date()
    return holding(known, day, judged, penalty, party_of(case, penalty)).item


def incomes(case: Case) -> Iterator[tuple[str, datetime, int]]:
    """What came in of a case, each with what tells it apart: payments, and gains that were confiscated."""
    for n, paid in enumerate(case.payments):
        at = moment_at(paid, "pay_time")
        if at is not None and paid.amount.fen and not impossible(case, at):
            yield f"P{n}", at, paid.amount.fen
    taken = case.decision.penalty.confiscation.fen
    for done in case.performances if taken else ():
        if done.kind == PENALTY_KIND_CONFISCATION_OF_GAINS and done.HasField("perform_time"):
            yield "G", moment_of(done.perform_time), taken
            return


def keep(tx: Tx, view: Any, case: Case, known: dict[str, Any] | None) -> None:
    """Bring the figures of a case in line with its record; `known` are those that it had, None for one that is new. A record that
    cannot be as it is counts as nothing.
    """
    found = figures(case) if view.sound() else dict(NOTHING)
    stood = known or dict.fromkeys(found)
    if found["act"] and any(stood[name] != found[name] for name in ("act", "decide_time", "weighed")):
        found["at_most"] = at_most(tx, case)
    view.put(found)
    for name in ("taken_time", "decide_time", "close_time"):
        if stood[name] != found[name]:
            figured(tx, stood[name])
            figured(tx, found[name])
    if stood["edited"] != found["edited"] or stood["act"] != found["act"]:
        figured(tx, found["close_time"] if found["edited"] else found["decide_time"])
    if case.payments or case.performances:
        _take_in(tx, view, case)


def _take_in(tx: Tx, view: Any, case: Case) -> None:
    """Keep what came in. A payment never goes away; one that was corrected changes."""
    for which, at, fen in incomes(case):
        key = f"{case.case_id}/{which}"
        row = tx.find(Income, key)
        if row is None:
            tx.add(
                Income.new(
                    key=key, case_id=case.case_id, body_id=case.body_id, node=view.node, at=at, fen=fen
                )
            )
        elif (row.at, row.fen, row.body_id) != (at, fen, case.body_id):
            figured(tx, row.at)
            row.at, row.fen, row.body_id = at, fen, case.body_id
        else:
            continue
        figured(tx, at)


def figured(tx: Tx, at: datetime | None) -> None:
    """What counts for a moment changed: a month that was judged by then is judged anew, in the night that follows."""
    judging = tx.find(Judging, MONTHS)
    if at is None or judging is None:
        return
    month = f"{at.astimezone(SHANGHAI):%Y-%m}"
    if month >= judging.bound or (judging.again and judging.again <= month):
        return
    judging.again = month
    if judging.again_time is None:
        judging.again_time = next_night(tx.now)


def happened(tx: Tx, at: datetime) -> None:
    """Something was told of: where it lies before all that was known, the months are judged from there on."""
    judging = tx.find(Judging, MONTHS)
    if judging is not None and (month := f"{at.astimezone(SHANGHAI):%Y-%m}") < judging.first:
        judging.first = month
        figured(tx, at)


def next_night(now: datetime) -> datetime:
    """The end of a day."""
    day: date = now.astimezone(SHANGHAI).date() + timedelta(days=1)
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)


FIGURES = tuple(NOTHING)
