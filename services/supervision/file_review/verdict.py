"""Verdicts on the items of a file: what is wrong with them, how several become one, and what they come to."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from yifa.supervision.v1 import file_review_pb2 as pb

from services.law.calendar import SHANGHAI
from services.law.rubric import Grade, Kind, Result, Weighed, grade_of, score_of, thresholds, vetoed

MET, NOT_MET = pb.FILE_ITEM_RESULT_MET, pb.FILE_ITEM_RESULT_NOT_MET
NOT_APPLICABLE, UNKNOWN = pb.FILE_ITEM_RESULT_NOT_APPLICABLE, pb.FILE_ITEM_RESULT_UNKNOWN
SAID = frozenset({MET, NOT_MET, NOT_APPLICABLE})
KINDS: Mapping[int, Kind] = MappingProxyType(
    {
        pb.FILE_ITEM_KIND_VETO: Kind.VETO,
        pb.FILE_ITEM_KIND_POINTS: Kind.POINTS,
        pb.FILE_ITEM_KIND_BASE: Kind.BASE,
    }
)
FORMULAS = MappingProxyType({pb.FILE_FORMULA_POINTS: "points", pb.FILE_FORMULA_HALVES: "halves"})
Verdicts = Sequence[pb.FileVerdict]


def unjudged(items: Iterable[pb.FileItem], verdicts: Verdicts) -> tuple[str, ...]:
    """The items without exactly one verdict that says something, and verdicts on what is no item."""
    ids = [item.item_id for item in items]
    said = Counter(v.item_id for v in verdicts if v.result in SAID)
    named = Counter(v.item_id for v in verdicts)
    wrong = [i for i in ids if said[i] != 1 or named[i] != 1]
    return tuple(sorted({*wrong, *(named.keys() - set(ids))}))


def beyond(items: Iterable[pb.FileItem], verdicts: Verdicts) -> tuple[str, ...]:
    """The items whose deduction does not go with the verdict, or is more than they carry."""
    known = {item.item_id: item for item in items}
    return tuple(v.item_id for v in verdicts if v.item_id in known and not _fits(known[v.item_id], v))


def _fits(item: pb.FileItem, verdict: pb.FileVerdict) -> bool:
    if verdict.result != NOT_MET or item.kind == pb.FILE_ITEM_KIND_VETO:
        return verdict.lost == 0
    return 0 < verdict.lost <= item.points


def unreasoned(items: Iterable[pb.FileItem], verdicts: Verdicts) -> tuple[str, ...]:
    """The items whose verdict takes something off, leaves the item out, or departs from the machine's, without a reason."""
    machine = {item.item_id: item.result for item in items}
    return tuple(
        v.item_id
        for v in verdicts
        if not v.reasons.strip()
        and (v.result == NOT_MET or (machine.get(v.item_id, UNKNOWN), v.result) not in _AS_SEEN)
    )


_AS_SEEN = frozenset({(MET, MET), (NOT_APPLICABLE, NOT_APPLICABLE), (UNKNOWN, MET)})
"""What needs no reason: what the machine says too, and that what it cannot judge was found in order."""


def differing(scores: Sequence[pb.FileScore]) -> frozenset[str]:
    """The items on which reviewers differ."""
    said: dict[str, set[tuple[int, int]]] = {}
    for score in scores:
        for v in score.verdicts:
            said.setdefault(v.item_id, set()).add((v.result, v.lost))
    return frozenset(item_id for item_id, found in said.items() if len(found) > 1)


def unsettled(scores: Sequence[pb.FileScore], settled: Verdicts) -> tuple[str, ...]:
    """The items on which reviewers differ and that are not settled, and those that are settled though nobody differs."""
    return tuple(sorted(differing(scores) ^ {v.item_id for v in settled}))


def joined(scores: Sequence[pb.FileScore], settled: Verdicts) -> list[pb.FileVerdict]:
    """One verdict an item: what all reviewers say, with all their reasons, else what was settled."""
    chosen = {v.item_id for v in settled}
    found: dict[str, pb.FileVerdict] = {}
    for score in scores:
        for v in score.verdicts:
            if v.item_id in chosen:
                continue
            first = found.setdefault(
                v.item_id, pb.FileVerdict(item_id=v.item_id, result=v.result, lost=v.lost)
            )
            if v.reasons.strip() and v.reasons not in first.reasons.split("；"):
                first.reasons = "；".join(filter(None, (first.reasons, v.reasons)))
    return [*found.values(), *settled]


def replaced(verdicts: Verdicts, changed: Verdicts) -> list[pb.FileVerdict]:
    """The verdicts with some of them judged otherwise."""
    other = {v.item_id for v in changed}
    return [*(v for v in verdicts if v.item_id not in other), *changed]


def weighed(items: Iterable[pb.FileItem], verdicts: Verdicts) -> Iterator[Weighed]:
    known = {item.item_id: item for item in items}
    for v in verdicts:
        if (item := known.get(v.item_id)) is not None:
            yield Weighed(KINDS[item.kind], item.points, _result(v.result), v.lost)


def _result(number: int) -> Result:
    name = pb.FileItemResult.Name(number).removeprefix("FILE_ITEM_RESULT_")  # type: ignore[arg-type]
    return Result.UNKNOWN if name == "UNSPECIFIED" else Result(name)


def points_of(review: pb.FileReview, verdicts: Verdicts) -> int | None:
    """The score in hundredths of a point; None where no item carries any."""
    standard = review.standard
    return score_of(FORMULAS[standard.formula], standard.base_most, weighed(review.items, verdicts))


def result_of(look: Any, review: pb.FileReview, verdicts: Verdicts, remarks: str = "") -> pb.FileResult:
    """What verdicts come to by the grades of the day."""
    least = thresholds(look.parameters, look.now.astimezone(SHANGHAI).date(), review.sector)
    score = points_of(review, verdicts) or 0
    veto = vetoed(weighed(review.items, verdicts))
    kinds = {item.item_id: item.kind for item in review.items}
    order = [item.item_id for item in review.items]
    return pb.FileResult(
        verdicts=sorted(verdicts, key=lambda v: order.index(v.item_id)),
        score=score,
        grade=pb.FileGrade.Value(f"FILE_GRADE_{grade_of(score, least, veto=veto)}"),
        vetoes=[
            v.item_id for v in verdicts if v.result == NOT_MET and kinds[v.item_id] == pb.FILE_ITEM_KIND_VETO
        ],
        excellent=least[Grade.EXCELLENT],
        good=least[Grade.GOOD],
        remarks=remarks,
        **{"pass": least[Grade.PASS]},
    )
