"""The discretion benchmark: a band is named and kept, or left for approved reasons; the statute is never exceeded (APL 5, 34)."""

from services.law.discretion.measure import Measured, measured, measured_band, unread
from services.law.procedures.penalty.amounts import party_of, yuan
from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.rule import rule


def in_band(f: PenaltyFacts) -> Measured:
    """What the band named lets be imposed; nothing where none is named."""
    band, penalty = f.band(), f.penalty()
    return measured_band(band, penalty, party_of(f.case, penalty)) if band is not None else Measured(())


def departs(f: PenaltyFacts) -> bool:
    """Whether a reason to leave the band is stated, and a head who does not handle the case approved it."""
    penalty = f.penalty()
    approver = penalty.deviation_approver.strip()
    return bool(penalty.deviation_reason.strip() and approver and not f.handled(approver))


def reckonable(f: PenaltyFacts) -> bool:
    """Whether the band can be reckoned: its words were read, and every fact that it asks is stated."""
    band = f.band()
    return band is not None and not unread(band) and not in_band(f).missing


def _missing(f: PenaltyFacts) -> dict[str, str]:
    missing = "、".join(in_band(f).missing)
    return {"missing": missing} if missing else {}


@rule(
    "DISCRETION_NOT_STATED",
    guard="G-27",
    law="GBF-2022-27:12;APL-2021:34",
    zh="应当载明所适用的已公布裁量基准档次，以及计算罚款所需的基数、数量（没有的填零）；确实无法计算的，说明理由并经批准。",
    en="No band of a published benchmark is named, or an amount or quantity that it is reckoned by is missing (zero says that "
    "there is none). State it; where it cannot be reckoned, give the reason, approved by a head who does not handle the case.",
    tells=_missing,
)
def band_stated(f: PenaltyFacts) -> bool:
    """A band of a published benchmark is named, with all that it is reckoned by; or why it cannot be, with approval."""
    return f.band() is not None and (reckonable(f) or departs(f))


def _band(f: PenaltyFacts) -> dict[str, str]:
    spans = in_band(f).spans
    lows, highs = [span.lowest() for span in spans], [span.highest() for span in spans]
    told = {"fine": yuan(f.penalty().fine.fen), "min": yuan(min(lows, default=0)), "max": yuan(0)}
    if any(high is None for high in highs):
        del told["max"]
    else:
        told["max"] = yuan(max((high for high in highs if high is not None), default=0))
    return told


@rule(
    "DISCRETION_OUT_OF_BAND",
    guard="G-27",
    law="GBF-2022-27:12",
    zh="罚款数额超出裁量基准，且未载明理由并经办案人员以外的负责人批准。",
    en="The fine lies outside the band. Bring it inside, or give the reason, approved by a head who does not handle the case.",
    tells=_band,
)
def inside_band(f: PenaltyFacts) -> bool:
    """The fine lies inside the band, or a head who does not handle the case approved the stated reason."""
    if f.band() is None:
        return False
    return in_band(f).holds(f.penalty().fine.fen) or departs(f)


@rule(
    "DEVIATION_NOT_APPROVED",
    guard="G-27",
    law="GBF-2022-27:12",
    zh="偏离裁量基准的，应当由作出决定的负责人批准，或者经负责人集体讨论通过。",
    en="The penalty leaves the benchmark, and the approver named neither decides nor was among the heads who discussed it.",
    tells=lambda f: {"approver": f.penalty().deviation_approver},
)
def departure_approved(f: PenaltyFacts) -> bool:
    """Who approved that the band is left decides the case, or is one of the heads who discussed it together."""
    if not departs(f) or (reckonable(f) and in_band(f).holds(f.penalty().fine.fen)):
        return True
    approver = f.penalty().deviation_approver.strip()
    if approver == f.caller():
        return True
    discussion = f.discussion()
    return discussion.held and approver in {member.strip() for member in discussion.members}


def _highest(f: PenaltyFacts) -> int | None:
    """The most that the statute lets be imposed by what the benchmark's item says of it; None where it does not say."""
    penalty = f.penalty()
    found = measured(f.benchmark().statute_fines, penalty, party_of(f.case, penalty))
    highs = [span.highest() for span in found.spans]
    if found.missing or not highs or None in highs:
        return None
    return max(high for high in highs if high is not None)


@rule(
    "AMOUNT_OUT_OF_RANGE",
    guard="G-28",
    law="APL-2021:5;GF-2024-5",
    zh="罚款数额超过法定最高限额，任何理由和批准都不能改变。",
    en="The fine is more than the statute allows, which no reason and no approval can change. Lower it.",
    tells=lambda f: {"fine": yuan(f.penalty().fine.fen), "highest": yuan(_highest(f) or 0)},
)
def within_statute(f: PenaltyFacts) -> bool:
    """No fine is higher than the statute allows, also with an approved departure from the benchmark."""
    highest = _highest(f)
    return highest is None or f.penalty().fine.fen <= highest
