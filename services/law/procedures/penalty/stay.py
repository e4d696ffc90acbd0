"""A stay of execution (停止执行) of the decision, which a remedy alone does not bring (APL 73(1); ARL 42; ALIT 56).

In a reconsideration its body orders it, or the agency itself; in a suit the court alone, which the agency may ask. It ends by an
order, or with the remedy in which it was ordered. No article lets it stop a term: while that remedy lasts no surcharge counts
anyway, and the three months to apply to the court have not begun (APL 73(3); ACL 53).
"""

from collections.abc import Mapping

from yifa.enforcement.v1.stay_pb2 import StayAuthority, StayGround

from services.law.moment import moment_at
from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.procedures.penalty.stayed import lasts, of_number, remedy_at, with_remedy
from services.law.procedures.shared import local
from services.law.rule import rule

LAW = "ARL-2023:42;ALIT-2017:56"
STAYS = frozenset({"RECORD_STAY", "END_STAY"})
_BODY, _COURT, _AGENCY = (
    StayAuthority.STAY_AUTHORITY_RECONSIDERATION_BODY,
    StayAuthority.STAY_AUTHORITY_COURT,
    StayAuthority.STAY_AUTHORITY_AGENCY,
)
# In which cases of the law who may order it.
GROUNDS: Mapping[int, frozenset[int]] = {
    _BODY: frozenset(
        {
            StayGround.STAY_GROUND_AUTHORITY_NEED,
            StayGround.STAY_GROUND_APPLICATION,
            StayGround.STAY_GROUND_BY_LAW,
        }
    ),
    _AGENCY: frozenset({StayGround.STAY_GROUND_AGENCY_NEED, StayGround.STAY_GROUND_BY_LAW}),
    _COURT: frozenset(set(StayGround.values()) - {StayGround.STAY_GROUND_UNSPECIFIED}),
}


@rule(
    "STAY_NOT_SHOWN",
    warning="EW-33",
    law=LAW,
    zh="应当载明停止执行、恢复执行的决定机关及其决定书、裁定书。",
    en="It is not said who ordered it, or no order shows it. Name both (authority, document).",
)
def stay_shown(f: PenaltyFacts) -> bool:
    """That execution is stayed, or the stay ended, is shown by an order of who says so."""
    said = f.stay()
    if f.move.act == "END_STAY":
        return bool(said.end_document.strip())
    return bool(said.document.strip() and said.authority.strip())


@rule(
    "STAY_NOT_GROUNDED",
    warning="EW-33",
    law=LAW,
    zh="应当载明停止执行的法定情形和理由；行政机关自行停止执行的，限于其认为需要停止执行或者法律、法规、规章规定的情形。",
    en="It is not said in which case of the law execution is stayed and why, or in that case this authority may not order it. "
    "State both (ground, cause).",
)
def stay_grounded(f: PenaltyFacts) -> bool:
    """Execution is stayed in a case of the law, by who may order it in that case, for a stated cause."""
    said = f.stay()
    return said.ground in GROUNDS.get(said.ordered_by, ()) and bool(said.cause.strip())


@rule(
    "NO_REMEDY_LASTS",
    warning="EW-33",
    law=LAW,
    zh="行政复议期间，由行政复议机关或者作出决定的行政机关停止执行；诉讼期间，由人民法院裁定停止执行。"
    "停止执行之日没有登记在案的相应行政复议或者行政诉讼。",
    en="On that day no reconsideration (for an order of its body or of the agency) or suit (for one of the court) lasted. Record "
    "first that it began (RecordRemedy).",
)
def within_remedy(f: PenaltyFacts) -> bool:
    """Execution is stayed while the remedy lasts in which this authority may order it."""
    return remedy_at(f.case, f.stay().ordered_by, f.at()) is not None


@rule(
    "ALREADY_DONE",
    law=LAW,
    zh="该停止执行决定、裁定已经登记，或者同一机关的停止执行尚未终结。",
    en="This order is on record already, or a stay by the same authority lasts.",
    tells=lambda f: {"document": f.stay().document},
)
def not_stayed_twice(f: PenaltyFacts) -> bool:
    """An order is recorded once, and who has stayed execution does not stay it again while that lasts."""
    said = f.stay()
    its = (each for each in f.case.stays if each.ordered_by == said.ordered_by)
    return of_number(f.case, said.document) is None and not any(lasts(f.case, each, f.at()) for each in its)


@rule(
    "NO_STAY_LASTS",
    warning="EW-33",
    law=LAW,
    zh="没有以该文书登记、尚未终结的停止执行。",
    en="No stay by that order is on record, or it has ended, by an order or with the remedy in which it was ordered.",
    tells=lambda f: {"document": f.stay().document},
)
def stay_lasts(f: PenaltyFacts) -> bool:
    """Only a stay that lasts is ended."""
    stay = of_number(f.case, f.stay().document)
    if stay is None or stay.HasField("end_time"):
        return False
    over = with_remedy(f.case, stay)
    return over is None or f.at() < over


@rule(
    "ACTS_OUT_OF_ORDER",
    warning="EW-33",
    law="APL-2021:47",
    zh="停止执行的终结不得早于其开始。",
    en="The stay would end before it began. Correct the time.",
    tells=lambda f: {"at": local(f.at())},
)
def after_it_began(f: PenaltyFacts) -> bool:
    """A stay ends after it began; of one that is not on record, `stay_lasts` says so."""
    stay = of_number(f.case, f.stay().document)
    begin = moment_at(stay, "begin_time") if stay is not None else None
    return begin is None or f.at() >= begin
