"""Figures of penalty cases. Each counts what was decided, as it was decided: what a remedy made of it is a figure of its own."""

from collections.abc import Iterable, Iterator
from functools import partial

from yifa.enforcement.v1.case_pb2 import PROCEDURE_SUMMARY, Case, Decision
from yifa.enforcement.v1.penalty_pb2 import Penalty, PenaltyKind

from services.law.figures.counts import Counted, Known, counts
from services.law.moment import moment_at, moment_of
from services.law.procedures.penalty.corrected import ended_remedies


def decisions(case: Case) -> Iterator[Decision]:
    """The decisions that were made to penalise, each once: those that were annulled and made anew too."""
    for each in (*(earlier.decision for earlier in case.earlier_decisions), case.decision):
        if each.HasField("decide_time") and each.HasField("penalty"):
            yield each


def as_decided(decision: Decision) -> Penalty:
    """The penalty as the agency decided it."""
    return decision.decided if decision.HasField("decided") else decision.penalty


def gravest(penalty: Penalty) -> int:
    """The gravest kind; one decision counts once, under it. A fine is one though its kind is not named."""
    return int(max([*penalty.kinds, PenaltyKind.PENALTY_KIND_FINE if penalty.fine.fen else 0]))


def _decided(case: Case, kinds: Iterable[int] = ()) -> Iterator[Counted]:
    for each in decisions(case):
        penalty = as_decided(each)
        if not kinds or gravest(penalty) in kinds:
            fen = penalty.fine.fen + penalty.confiscation.fen
            yield Counted(moment_of(each.decide_time), fen, each.document_number)


@counts("case.filed")
def filed(case: Case, _known: Known) -> Iterator[Counted]:
    if (at := moment_at(case, "file_time")) is not None:
        yield Counted(at, which=case.case_number)


@counts("penalty")
def penalty(case: Case, _known: Known) -> Iterator[Counted]:
    yield from _decided(case)


def _of_kind(kind: int, case: Case, _known: Known) -> Iterator[Counted]:
    yield from _decided(case, (kind,))


for _kind in PenaltyKind.values()[1:]:
    _name = PenaltyKind.Name(_kind).removeprefix("PENALTY_KIND_").lower()
    counts(f"penalty.{_name}")(partial(_of_kind, _kind))


@counts("penalty.other")
def other(case: Case, _known: Known) -> Iterator[Counted]:
    yield from _decided(case, (PenaltyKind.PENALTY_KIND_UNSPECIFIED,))


@counts("penalty.summary")
def summary(case: Case, _known: Known) -> Iterator[Counted]:
    if case.procedure == PROCEDURE_SUMMARY:
        yield from _decided(case)


@counts("penalty.mitigated")
def mitigated(case: Case, known: Known) -> Iterator[Counted]:
    """Below the least that the statute has, where the benchmark tells it. The amount is by how much."""
    for each in decisions(case):
        decided = as_decided(each)
        least = known.least(case, decided) if decided.fine.fen else None
        if least is not None and decided.fine.fen < least:
            yield Counted(moment_of(each.decide_time), least - decided.fine.fen, each.document_number)


@counts("no_penalty")
def no_penalty(case: Case, _known: Known) -> Iterator[Counted]:
    """The amount is the fine that the investigation report proposed, where it proposed one."""
    for round_ in (*case.earlier_decisions, case):
        decided = round_.no_penalty
        if decided.HasField("decide_time"):
            yield Counted(moment_of(decided.decide_time), round_.proposal.fine.fen, decided.document_number)


@counts("review")
def reviewed(case: Case, _known: Known) -> Iterator[Counted]:
    if case.review.passed and (at := moment_at(case, "review.conclude_time")) is not None:
        yield Counted(at, which=case.case_number)


@counts("review.advised")
def advised(case: Case, known: Known) -> Iterator[Counted]:
    """Where a legal adviser or public lawyer gave an opinion in it."""
    if case.review.advisers:
        yield from reviewed(case, known)


@counts("case.closed")
def closed(case: Case, _known: Known) -> Iterator[Counted]:
    if (at := moment_at(case, "close_time")) is not None:
        yield Counted(at, which=case.case_number)


@counts("case.published")
def published(case: Case, _known: Known) -> Iterator[Counted]:
    if (at := moment_at(case, "publish_time")) is not None:
        yield Counted(at, which=case.decision.document_number)


@counts("remedy.ended")
def ended(case: Case, _known: Known) -> Iterator[Counted]:
    yield from (Counted(each.at, which=each.paper) for each in ended_remedies(case))


@counts("remedy.corrected")
def corrected(case: Case, _known: Known) -> Iterator[Counted]:
    yield from (Counted(each.at, which=each.paper) for each in ended_remedies(case) if each.corrected)
