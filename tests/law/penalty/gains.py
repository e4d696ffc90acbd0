"""The rules of services/law/procedures/penalty/gains.py broken."""

from yifa.enforcement.v1 import penalty_pb2 as penalties

from services.given.case import gains
from tests.law.penalty.change import Breaks, penalised

FINE, GAINS = penalties.PENALTY_KIND_FINE, penalties.PENALTY_KIND_CONFISCATION_OF_GAINS


def found(said: penalties.IllegalGains, **values: object) -> penalties.Penalty:
    return lambda f: (penalised(**values)(f), f.known["penalty"].gains.CopyFrom(said))


BREAKS: Breaks = {
    "gains_stated": found(
        penalties.IllegalGains(finding=penalties.GAINS_FINDING_NOT_RECKONABLE, reasons=" ")
    ),
    "gains_agree": found(gains(100, 101, "受害人")),
    "no_more_than_gained": found(gains(100, 40, "受害人"), kinds=[FINE, GAINS], confiscation=60_01),
    "gains_confiscated": found(gains(100, 40, "受害人"), kinds=[FINE, GAINS], confiscation=59_99),
}
