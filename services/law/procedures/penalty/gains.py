"""Illegal gains (违法所得): stated with every penalty, and confiscated as far as they do not go back (APL 28(2)).

What a remedy or the agency itself puts in the place of a penalty is asked the same.
"""

from yifa.enforcement.v1.case_pb2 import CASE_SOURCE_OUTSIDE
from yifa.enforcement.v1.penalty_pb2 import GainsFinding, IllegalGains, Penalty, PenaltyKind

from services.law.discretion.measure import GAINS
from services.law.procedures.penalty.amounts import yuan
from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.procedures.penalty.outcome import REPLACES
from services.law.procedures.penalty.transfer import came_in
from services.law.rule import Unknown, rule

_GAINS = PenaltyKind.PENALTY_KIND_CONFISCATION_OF_GAINS
_PROPERTY = PenaltyKind.PENALTY_KIND_CONFISCATION_OF_PROPERTY
LAW = "APL-2021:28(2)"
# The acts that tell of what another, or the agency itself, makes of a decision.
_OF_OUTCOME = ("RECORD_UPHELD", "RECORD_SET_ASIDE")
_OF_OWN = ("PROPOSE_OWN_CORRECTION", "CHANGE_OWN_DECISION")


def _amount(gains: IllegalGains) -> bool:
    return gains.finding == GainsFinding.GAINS_FINDING_AMOUNT


def left(penalty: Penalty) -> int:
    """What is to be confiscated of the gains, in fen: all but what goes back to others; nothing where no amount was found."""
    gains = penalty.gains
    return max(gains.amount.fen - gains.restitution.fen, 0) if _amount(gains) else 0


def taken(penalty: Penalty) -> int:
    """The most that a penalty confiscates of the gains, in fen; where property is confiscated too, its value is in the sum."""
    return penalty.confiscation.fen if _GAINS in penalty.kinds else 0


def untreated(penalty: Penalty) -> int:
    """What a penalty leaves of the gains, in fen."""
    return max(left(penalty) - taken(penalty), 0)


def stated(penalty: Penalty) -> bool:
    """Whether a penalty says what the gains are, with how that was worked out, that there are none, or why it cannot be said."""
    gains = penalty.gains
    none = gains.finding == GainsFinding.GAINS_FINDING_NONE
    return none or (bool(gains.finding) and bool(gains.reasons.strip()))


def agrees(penalty: Penalty) -> bool:
    """Whether the gains of a penalty have one figure, no more of them goes back than there is, and it is said to whom."""
    gains = penalty.gains
    amount, back = gains.amount.fen, gains.restitution.fen
    named = [measure.value for measure in penalty.measures if measure.of == GAINS]
    told = (amount > 0) == _amount(gains) and (back > 0) == bool(gains.restitution_to.strip())
    return told and back <= amount and set(named) <= {amount}


def not_beyond(penalty: Penalty) -> bool:
    """Whether a penalty takes no more as gains than was found and does not go back."""
    if _GAINS not in penalty.kinds:
        return True
    return left(penalty) > 0 and (_PROPERTY in penalty.kinds or penalty.confiscation.fen <= left(penalty))


def _weighed(f: PenaltyFacts) -> tuple[Penalty, ...]:
    """The penalty that an act proposes, decides, or tells of in the place of another; nothing where it tells of none."""
    if f.move.act in _OF_OUTCOME:
        said = f.outcome()
        if said.kind not in REPLACES:
            return ()
        if not said.HasField("penalty") and f.case.source == CASE_SOURCE_OUTSIDE and not f.case.origin.system:
            raise Unknown("what took the place of the decision")
        return (said.penalty,)
    if f.move.act in _OF_OWN:
        own = f.own_correction()
        return (own.penalty,) if own.kind in REPLACES else ()
    return (f.penalty(),)


def _found_by_sender(f: PenaltyFacts) -> bool:
    """Whether the body that transferred the case here had found illegal gains."""
    return came_in(f.case) and f.case.transfer.gains.finding == GainsFinding.GAINS_FINDING_AMOUNT


def _figures(f: PenaltyFacts) -> dict[str, str]:
    penalty = next(iter(_weighed(f)), Penalty())
    return {"gains": yuan(left(penalty)), "confiscation": yuan(taken(penalty))}


@rule(
    "GAINS_NOT_STATED",
    guard="G-19",
    warning="EW-33",
    law=LAW,
    zh="应当载明违法所得：有违法所得的载明数额及计算依据，没有的载明没有，无法计算的载明理由。",
    en="It is not said what the illegal gains are: their amount and how it was worked out, that there are none, or why they "
    "cannot be worked out. State it (gains).",
)
def gains_stated(f: PenaltyFacts) -> bool:
    """A penalty says what the gains are, with how that was worked out, that there are none, or why that cannot be said; where who
    transferred the case had found some, that there are none takes a reason too.
    """
    return all(
        stated(penalty) and (bool(penalty.gains.reasons.strip()) or not _found_by_sender(f))
        for penalty in _weighed(f)
    )


@rule(
    "GAINS_DISAGREE",
    guard="G-19",
    warning="EW-33",
    law=LAW,
    zh="载明的违法所得前后不一：数额应当与认定相符，退赔不得超过违法所得并载明受退赔人，裁量所用的违法所得应当是同一数额。",
    en="What is said of the illegal gains does not agree: an amount goes with its finding, no more goes back than was gained, to "
    "whom is said, and the amount by which the band is reckoned is the same. Correct it (gains, measures).",
)
def gains_agree(f: PenaltyFacts) -> bool:
    """The gains have one figure; no more of them goes back than there is, and it is said to whom."""
    return all(agrees(penalty) for penalty in _weighed(f))


@rule(
    "GAINS_CONFISCATED_BEYOND",
    guard="G-19",
    warning="EW-33",
    law=LAW,
    zh="没收的违法所得不得超过除依法应当退赔以外的违法所得。",
    en="More is confiscated as illegal gains than there are after what goes back. Lower it (confiscation), or correct the gains.",
    tells=_figures,
)
def no_more_than_gained(f: PenaltyFacts) -> bool:
    """No more is confiscated as gains than was found and does not go back; a value of property stands in the same sum."""
    return all(not_beyond(penalty) for penalty in _weighed(f))


@rule(
    "ILLEGAL_GAINS_UNTREATED",
    severity="warn",
    guard="G-19",
    warning="EW-33",
    law=LAW,
    zh="当事人有违法所得，除依法应当退赔的外，应当予以没收：本处罚未没收或者未全部没收。",
    en="The penalty leaves illegal gains that do not go back to anybody. Confiscate them.",
    tells=_figures,
)
def gains_confiscated(f: PenaltyFacts) -> bool:
    """What was gained by the act and does not go back by law is confiscated."""
    return not any(untreated(penalty) for penalty in _weighed(f))
