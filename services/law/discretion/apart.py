"""Whether the fines of one wording can be told apart, and their ends held exactly."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from yifa.enforcement.v1.benchmark_pb2 import Condition, End, Fine, Whom

from services.law.discretion.lexer import Unreadable
from services.law.discretion.reach import Bound, Reach

MOST = 10**15
"""In fen or millionths. A number beyond it was misread."""


@dataclass
class Prong:
    """A fine as it is being read."""

    fine: Fine
    gains: bool = False
    """Whether its sentence says that gains are confiscated where there are some."""


def told_apart(fines: Sequence[Fine]) -> None:
    """Raise Unreadable for two fines on one party of which figures do not say which holds."""
    for n, one in enumerate(fines):
        for other in fines[n + 1 :]:
            same_party = one.whom == other.whom or (
                not (one.whom and other.whom) and Whom.WHOM_RESPONSIBLE not in (one.whom, other.whom)
            )
            if same_party and not _apart(one.when, other.when):
                raise Unreadable(
                    "罚款", "含多项罚款而不能按数额区分", "it sets several fines that no figure tells apart"
                )


def confiscated_only(prongs: Sequence[Prong]) -> None:
    """有违法所得的没收，并处…: whether the fine too is only for those with gains, the words do not say."""
    with_gains = [
        p for p in prongs if any(c.HasField("low") and c.low.outside and not c.low.value for c in p.fine.when)
    ]
    without = any(c.HasField("high") and not c.HasField("low") for p in prongs for c in p.fine.when)
    if any(p.gains and not p.fine.of for p in with_gains) and not without:
        raise Unreadable(
            "有违法所得的",
            "未写明没有违法所得时如何罚款",
            "what is imposed where there are no gains is not said",
        )


def one_name(prongs: Sequence[Prong]) -> None:
    """Call an amount by the one short name (货值金额) where it is once called by a longer one (违法经营的食品货值金额)."""
    fines = [prong.fine for prong in prongs]
    amounts = [c for fine in fines for c in fine.when if not c.quantity] + [f for f in fines if f.rated]
    names = {each.of for each in amounts}
    for short in sorted(names, key=len):
        longer = [name for name in names if name != short and name.endswith(short)]
        if len(longer) == 1:
            for each in amounts:
                each.of = short if each.of == longer[0] else each.of


def _apart(one: Sequence[Condition], other: Sequence[Condition]) -> bool:
    return any(
        a.of == b.of and a.quantity == b.quantity and (_below(a, b) or _below(b, a))
        for a in one
        for b in other
    )


def _below(one: Condition, other: Condition) -> bool:
    if not (one.HasField("high") and other.HasField("low")):
        return False
    # Where both take in the number itself, either holds for it: so the words say.
    return one.high.value <= other.low.value


def put_ends(record: Fine | Condition, found: Reach) -> None:
    for name, bound in (("low", found.low), ("high", found.high)):
        if bound is not None:
            getattr(record, name).CopyFrom(_end(bound, found.written))


def _end(bound: Bound, written: str) -> End:
    return End(value=whole(bound.value, written), outside=bound.outside)


def whole(value: Fraction, written: str) -> int:
    """A value that is held exactly. Raises Unreadable for one that is not, or is no amount that was meant."""
    if value.denominator != 1:
        raise Unreadable(written, "无法精确表示", "it is not held exactly")
    if value > MOST:
        raise Unreadable(written, "数额过大", "no amount is so large")
    return value.numerator
