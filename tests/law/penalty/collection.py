"""The rules of services/law/procedures/penalty/collection.py broken, and the record before its acts."""

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1.collection_pb2 import COLLECTION_GROUND_ON_WATER, COLLECTION_GROUND_SMALL, Collection

from tests.law.penalty.change import Before, Breaks, case, facts, put
from tests.law.penalty.known import Known


def _due(c: cases.Case) -> None:
    c.decision.penalty.fine.fen = 100


def _collected(*steps: str) -> object:
    def before(c: cases.Case) -> None:
        _due(c)
        c.collection.ground = COLLECTION_GROUND_ON_WATER
        c.collection.amount.fen = c.paid.fen = 100
        for n, step in enumerate(steps):
            put(c, f"collection.{step}", 3 - n)

    return before


def _step_missing(f: Known) -> None:
    f.case.collection.ClearField("hand_in_time")
    f.case.collection.ClearField("land_time")
    f.case.collection.ground = (
        COLLECTION_GROUND_SMALL if f.move.act == "LAND_FINE" else COLLECTION_GROUND_ON_WATER
    )


BEFORE: Before = {
    "COLLECT_FINE": _due,
    "COLLECT_FINE_ABOARD": _due,
    "LAND_FINE": _collected("collect_time"),
    "HAND_IN_FINE": _collected("collect_time", "land_time"),
    "BANK_FINE": _collected("collect_time", "land_time", "hand_in_time"),
}
STEPS = {"LAND_FINE": "land_time", "HAND_IN_FINE": "hand_in_time", "BANK_FINE": "bank_time"}
BREAKS: Breaks = {
    "collectable": facts(
        collection=Collection(ground=COLLECTION_GROUND_ON_WATER, cause="渔船作业", proof=" ")
    ),
    "receipt_handed_over": facts(
        collection=Collection(ground=COLLECTION_GROUND_ON_WATER, cause="渔船", proof="申请")
    ),
    "receipt_issued": facts(receipt_issued=False),
    "receipt_unused": facts(receipt_used=True),
    "whole": facts(amount=99),
    "step_before_done": _step_missing,
    "step_not_done": lambda f: put(f.case, f"collection.{STEPS[f.move.act]}"),
    "collected_banked": case(lambda c: put(c, "collection.collect_time")),
}
