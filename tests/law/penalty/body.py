"""The rules of services/law/procedures/penalty/body.py broken, and the record before its acts."""

from datetime import timedelta

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.registry.v1.power_pb2 import POWER_LEVEL_DISTRICT

from tests.law.penalty.change import Before, Breaks, case, facts, put, time
from tests.law.penalty.known import BODY, ELSEWHERE, NOW, OWNER_ITEM, Known, body, item


def _mandate(f: Known) -> None:
    f.known["body"] = {
        BODY: body(mandator_id="B-0", mandate_from=NOW - timedelta(20), mandate_until=NOW - timedelta(1)),
        "B-0": body(body_id="B-0"),
    }
    f.known["item"] = {OWNER_ITEM: item(body_id="B-0")}


BEFORE: Before = {
    "PASS_CASE": lambda c: put(c, "body_end_time", 1),
}
BREAKS: Breaks = {
    "body_confirmed": lambda f: f.known["body"].update({BODY: body(confirmed=False)}),
    "body_lasts": time("body_end_time"),
    "named_successor": facts(receiver=body(body_id="B-2")),
    "item_held": facts(item={}),
    "within_mandate": _mandate,
    "place_inside": case(lambda c: setattr(c, "area_code", ELSEWHERE)),
    "level_competent": facts(item={OWNER_ITEM: item(level=POWER_LEVEL_DISTRICT)}),
    "first_to_file": facts(filed_before=cases.Case(case_id="C-0")),
}
