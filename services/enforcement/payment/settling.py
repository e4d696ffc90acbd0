"""What follows when all that was owed is paid."""

from yifa.enforcement.v1 import case_pb2 as cases

from services.enforcement.court_enforcement.acts import performed
from services.enforcement.enforcement.performing import performed_by_party
from services.kit.tx import Tx


def settle(tx: Tx, case: cases.Case, brought_in_by: str = "") -> None:
    """Nothing is left to enforce, by the court or by the agency; what brought in the last of it is completed by people."""
    performed(tx, case)
    performed_by_party(tx, case, brought_in_by)
