"""One act of one party: fined once, however often it is brought up, and told apart from another of the same day (APL 29)."""

from collections.abc import Iterator

from yifa.enforcement.v1.case_pb2 import PROCEDURE_SUMMARY, Case, CaseState, SetAsideKind

from services.law.moment import moment_at
from services.law.procedures.penalty.body import plain, same_place
from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.rule import rule

_OVER = frozenset(
    {CaseState.CASE_STATE_TERMINATED, CaseState.CASE_STATE_TRANSFERRED_OUT, CaseState.CASE_STATE_CLOSED}
)
# A decision that was changed or only declared unlawful still is one; annulled or void, it never was.
_UNDONE = frozenset({SetAsideKind.SET_ASIDE_KIND_ANNULLED, SetAsideKind.SET_ASIDE_KIND_VOID})


def fined(case: Case) -> bool:
    """Whether the party of a case was fined in it, by a decision that was not undone."""
    undone = case.HasField("set_aside") and case.set_aside.kind in _UNDONE
    return case.decision.penalty.fine.fen > 0 and not undone


def _kinds(case: Case) -> frozenset[str]:
    """By what the act is called: items of the benchmark, and its title."""
    named = (
        case.violation.benchmark_id, case.violation.title, case.proposal.benchmark_id, case.decision.penalty.benchmark_id
    )  # fmt: skip
    return frozenset(filter(None, map(plain, named)))


def _same(f: PenaltyFacts) -> Iterator[Case]:
    """The other cases about the same act: of the same kind, day and place, and not told apart from this one."""
    mine = _kinds(f.case) | frozenset(filter(None, [plain(f.penalty().benchmark_id)]))
    for other in f.of_the_day():
        alike = not mine.isdisjoint(_kinds(other)) and same_place(other.area_code, f.case.area_code)
        if alike and not told_apart(f.case, other, f.distinct_reason()):
            yield other


def told_apart(case: Case, other: Case, reason: str) -> bool:
    """Whether this is another act: it was done when the other was decided already, or, as a reason says, in another spot."""
    here, there = plain(case.violation.place), plain(other.violation.place)
    occurred, decided = moment_at(case, "violation.occur_time"), moment_at(other, "decision.decide_time")
    elsewhere = bool(here and there) and here != there
    later = occurred is not None and decided is not None and occurred > decided
    return later or (elsewhere and bool(reason.strip()))


def _open(case: Case) -> bool:
    """Whether an ordinary case was filed and not decided yet."""
    undecided = not (case.HasField("decision") or case.no_penalty.HasField("decide_time"))
    filed = case.HasField("file_time") and case.state not in _OVER
    return case.procedure != PROCEDURE_SUMMARY and filed and undecided


def _fined(f: PenaltyFacts) -> Case | None:
    return next((other for other in _same(f) if fined(other)), None)


def _filed(f: PenaltyFacts) -> Case | None:
    return next((other for other in _same(f) if _open(other)), None)


def _other(case: Case | None) -> dict[str, str]:
    found = case or Case()
    number = found.case_number or found.decision.document_number
    return {"other_case_id": found.case_id, "other_case_number": number}


@rule(
    "SAME_ACT_TWICE",
    guard="G-20",
    law="APL-2021:29",
    zh="当事人因同一个违法行为已被处以罚款，不得再次罚款；如属另一违法行为，应当说明理由并载明其不同的地点，或者其发生在前次处罚之后。",
    en="The party was fined for this act before. If this is another act, say what tells it apart (distinct_reason) and its "
    "place; what was done after the earlier decision is another act.",
    tells=lambda f: _other(_fined(f)),
)
def not_fined_before(f: PenaltyFacts) -> bool:
    """A party is fined once for one act, whichever procedure or case the second fine would be in."""
    return f.penalty().fine.fen == 0 or _fined(f) is None


@rule(
    "SAME_ACT_TWICE",
    guard="G-20",
    law="APL-2021:29",
    zh="同一当事人的同一个违法行为已经按照普通程序立案，不得当场处罚；如属另一违法行为，应当说明理由，并载明其不同的地点。",
    en="A case about this act of the party is open in the ordinary procedure. Decide it there; if this is another act, say what "
    "tells it apart (distinct_reason), and its place.",
    tells=lambda f: _other(_filed(f)),
)
def not_filed_before(f: PenaltyFacts) -> bool:
    """What is being handled in the ordinary procedure is not penalised on the spot beside it."""
    return _filed(f) is None
