"""What runs beside a case and holds it up: the referral of a suspected crime, and measures that hold things (APL 27, 35)."""

from yifa.enforcement.v1.penalty_pb2 import PenaltyKind
from yifa.enforcement.v1.referral_pb2 import Referral

from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.procedures.referral.recorded import ENDED, SENT, state_of
from services.law.rule import rule

# What may be decided while justice has the case: what a criminal sentence neither takes the place of nor sets off (CRT 11(2)).
BESIDE_JUSTICE = frozenset(
    {
        PenaltyKind.PENALTY_KIND_WARNING,
        PenaltyKind.PENALTY_KIND_SUSPENSION_OF_OPERATION,
        PenaltyKind.PENALTY_KIND_SUSPENSION_OF_LICENCE,
        PenaltyKind.PENALTY_KIND_REVOCATION_OF_LICENCE,
    }
)


def _state(f: PenaltyFacts) -> str:
    """Where the newest referral of the case stands; empty without one."""
    referral = f.referral()
    return "" if referral is None else state_of(referral)


def _referral(f: PenaltyFacts) -> dict[str, str]:
    referral = f.referral() or Referral()
    return {"referral_id": referral.referral_id, "referral_state": _state(f)}


@rule(
    "CRIME_REFERRAL_REQUIRED",
    guard="G-29",
    warning="EW-21",
    law="APL-2021:8(2);APL-2021:27(1);CRT-2020:11(1)",
    zh="涉嫌犯罪的案件应当移送司法机关，不得以行政处罚代替移送；移送后不得再作罚款、没收等决定。",
    en="A crime is suspected in the case. Refer it, and wait for what justice says; once it was sent, a warning or a penalty "
    "against business or licence may be decided.",
    tells=_referral,
)
def not_in_place_of_referral(f: PenaltyFacts) -> bool:
    """No penalty takes the place of a referral; while justice has the case, nothing is decided that a sentence covers."""
    state = _state(f)
    if state in SENT:
        penalty = f.penalty()
        money = penalty.fine.fen + penalty.confiscation.fen
        return money == 0 and bool(penalty.kinds) and set(penalty.kinds) <= BESIDE_JUSTICE
    return state == "" or state in ENDED


@rule(
    "FINED_BY_COURT",
    guard="G-29",
    warning="EW-21",
    law="APL-2021:35(2)",
    zh="人民法院已判处罚金，行政机关尚未给予罚款的，不再给予罚款。",
    en="A court imposed a criminal fine for the act. Leave the fine out.",
    tells=_referral,
)
def no_fine_after_sentence(f: PenaltyFacts) -> bool:
    """Whom a court fined for the act is not fined again (APL 35(2))."""
    referral = f.referral()
    fined = referral is not None and _state(f) == "CONVICTED" and referral.outcome.fine.fen > 0
    return not fined or f.penalty().fine.fen == 0


@rule(
    "REFERRAL_OPEN",
    guard="G-29",
    warning="EW-21",
    law="APL-2021:27(1);CRT-2020:11(1)",
    zh="案件涉嫌犯罪，移送程序尚未终结，不得结案、终止、不予立案或者移送其他主体。",
    en="A suspected crime in the case is being referred. Wait until justice is done with it, or send it back.",
    tells=_referral,
)
def no_referral_open(f: PenaltyFacts) -> bool:
    """A case neither ends nor goes to another body while a crime in it is being referred."""
    return _state(f) in ("", *ENDED)


@rule(
    "MEASURE_OPEN",
    guard="G-56",
    warning="EW-33",
    law="APL-2021:56;ACL-2011:27;ACL-2011:28(1);SAMR-2022:77",
    zh="本案的查封、扣押、冻结或者先行登记保存尚未处理完毕，不得结案或者移送其他主体。",
    en="A compulsory measure or an advance registration of the case is open. Lift it, or say what becomes of the things.",
    tells=lambda f: {"measures": ",".join(f.open_measures())},
)
def measures_settled(f: PenaltyFacts) -> bool:
    """A case is closed, or goes to another body, when no measure holds anything of it any more, and nothing lies registered."""
    return f.open_measures() == ()
