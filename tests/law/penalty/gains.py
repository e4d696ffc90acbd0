"""The rules of services/law/procedures/penalty/gains.py broken, also in what takes the place of a decision."""

from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import penalty_pb2 as penalties

from services.given.case import gains
from tests.law.penalty.change import Breaks, penalised
from tests.law.penalty.known import Known, outcome

FINE, GAINS = penalties.PENALTY_KIND_FINE, penalties.PENALTY_KIND_CONFISCATION_OF_GAINS


def found(said: penalties.IllegalGains, **values: Any) -> Any:
    """In the penalty, and in what a remedy or the agency itself puts in its place: changed, mediated, or its own change."""

    def change(f: Known) -> None:
        penalised(**values)(f)
        f.known["penalty"].gains.CopyFrom(said)
        told = outcome("RECORD_SET_ASIDE")
        if f.move.act == "RECORD_UPHELD":
            told.kind = cases.OUTCOME_KIND_MEDIATED
        own = cases.OwnCorrection.FromString(f.known["own_correction"].SerializeToString())
        own.kind = cases.OUTCOME_KIND_CHANGED
        for each in (told, own):
            each.penalty.CopyFrom(f.known["penalty"])
        f.known |= {"outcome": told, "own_correction": own}

    return change


BREAKS: Breaks = {
    "gains_stated": found(
        penalties.IllegalGains(finding=penalties.GAINS_FINDING_NOT_RECKONABLE, reasons=" ")
    ),
    "gains_agree": found(gains(100, 101, "受害人")),
    "no_more_than_gained": found(gains(100, 40, "受害人"), kinds=[FINE, GAINS], confiscation=60_01),
    "gains_confiscated": found(gains(100, 40, "受害人"), kinds=[FINE, GAINS], confiscation=59_99),
}
