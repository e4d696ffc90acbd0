"""Figures of penalty cases. Each counts what was decided, as it was decided: what a remedy made of it is a figure of its own."""

from collections.abc import Iterable, Iterator
from functools import partial

from yifa.enforcement.v1.case_pb2 import PROCEDURE_SUMMARY, Case, Decision
from yifa.enforcement.v1.penalty_pb2 import Penalty, PenaltyKind

from services.law.figures.figure import Counted, Known, figure
from services.law.moment import moment_at, moment_of
from services.law.procedures.penalty.corrected import ended_remedies

YEARLY = "GBF-2018-118:6"
KINDS: tuple[tuple[str, str, str], ...] = (
    ("WARNING", "警告", "Warning"),
    ("CIRCULATED_CRITICISM", "通报批评", "Circulated criticism"),
    ("FINE", "罚款", "Fine"),
    ("CONFISCATION_OF_GAINS", "没收违法所得", "Confiscation of gains"),
    ("CONFISCATION_OF_PROPERTY", "没收非法财物", "Confiscation of property"),
    ("SUSPENSION_OF_LICENCE", "暂扣许可证件", "Suspension of a licence"),
    ("LOWERING_OF_GRADE", "降低资质等级", "Lowering of a grade"),
    ("REVOCATION_OF_LICENCE", "吊销许可证件", "Revocation of a licence"),
    ("RESTRICTION_OF_OPERATION", "限制开展生产经营活动", "Restriction of operation"),
    ("SUSPENSION_OF_OPERATION", "责令停产停业", "Suspension of operation"),
    ("CLOSURE", "责令关闭", "Closure"),
    ("RESTRICTION_OF_OCCUPATION", "限制从业", "Restriction of occupation"),
)
"""The kinds of penalties (APL 9), the gravest last."""


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


@figure("case.filed", "case", "立案", "Cases filed", YEARLY, of_fines=True)
def filed(case: Case, _known: Known) -> Iterator[Counted]:
    if (at := moment_at(case, "file_time")) is not None:
        yield Counted(at, which=case.case_number)


@figure("penalty", "case", "行政处罚决定", "Penalties decided", YEARLY, amount=True, of_fines=True)
def penalty(case: Case, _known: Known) -> Iterator[Counted]:
    yield from _decided(case)


def _of_kind(kind: int, case: Case, _known: Known) -> Iterator[Counted]:
    yield from _decided(case, (kind,))


for _name, _zh, _en in KINDS:
    _mark = figure(
        f"penalty.{_name.lower()}", "case", _zh, _en, YEARLY, amount=True, of_fines=True, within="penalty"
    )
    _mark(partial(_of_kind, PenaltyKind.Value(f"PENALTY_KIND_{_name}")))


@figure(
    "penalty.other", "case", "其他行政处罚", "Other penalties", YEARLY, amount=True, of_fines=True, within="penalty"
)  # fmt: skip
def other(case: Case, _known: Known) -> Iterator[Counted]:
    yield from _decided(case, (PenaltyKind.PENALTY_KIND_UNSPECIFIED,))


@figure(
    "penalty.summary", "case", "当场处罚", "Decided on the spot", YEARLY, amount=True, of_fines=True, within="penalty"
)  # fmt: skip
def summary(case: Case, _known: Known) -> Iterator[Counted]:
    if case.procedure == PROCEDURE_SUMMARY:
        yield from _decided(case)


@figure("penalty.mitigated", "case", "减轻处罚", "Mitigated", "APL-2021:32", amount=True, within="penalty")
def mitigated(case: Case, known: Known) -> Iterator[Counted]:
    """Below the least that the statute has, where the benchmark tells it. The amount is by how much."""
    for each in decisions(case):
        decided = as_decided(each)
        least = known.least(case, decided) if decided.fine.fen else None
        if least is not None and decided.fine.fen < least:
            yield Counted(moment_of(each.decide_time), least - decided.fine.fen, each.document_number)


@figure("no_penalty", "case", "不予行政处罚", "Not penalised", "APL-2021:33", amount=True)
def no_penalty(case: Case, _known: Known) -> Iterator[Counted]:
    """The amount is the fine that the investigation report proposed, where it proposed one."""
    for round_ in (*case.earlier_decisions, case):
        decided = round_.no_penalty
        if decided.HasField("decide_time"):
            yield Counted(moment_of(decided.decide_time), round_.proposal.fine.fen, decided.document_number)


@figure("case.closed", "case", "结案", "Cases closed", YEARLY, of_fines=True)
def closed(case: Case, _known: Known) -> Iterator[Counted]:
    if (at := moment_at(case, "close_time")) is not None:
        yield Counted(at, which=case.case_number)


@figure("case.published", "case", "公示处罚决定", "Decisions published", "APL-2021:48", of_fines=True)
def published(case: Case, _known: Known) -> Iterator[Counted]:
    if (at := moment_at(case, "publish_time")) is not None:
        yield Counted(at, which=case.decision.document_number)


@figure("remedy.ended", "case", "审结的复议、诉讼", "Reconsiderations and suits that ended", "GBF-2005-37:3")
def ended(case: Case, _known: Known) -> Iterator[Counted]:
    yield from (Counted(each.at, which=each.paper) for each in ended_remedies(case))


@figure(
    "remedy.corrected", "case", "被撤销、变更、确认违法、责令履行", "Corrected in reconsideration or in court",
    "GBF-2005-37:3", within="remedy.ended",
)  # fmt: skip
def corrected(case: Case, _known: Known) -> Iterator[Counted]:
    yield from (Counted(each.at, which=each.paper) for each in ended_remedies(case) if each.corrected)
