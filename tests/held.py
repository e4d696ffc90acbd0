"""How a measure is taken wrongly: for each rule on how it is taken, what on the record breaks it. Told to the department, which
refuses it, and to the city, which warns of it.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta

from yifa.enforcement.v1 import measure_pb2 as pb

from services.given.measure import stamp
from services.law.moment import moment_of

Change = Callable[[pb.Execution], object]
DAY = timedelta(days=1)


def _alone(e: pb.Execution) -> None:
    del e.officer_ids[1:]


def _nobody_there(e: pb.Execution) -> None:
    e.party_present = False


def _unheard(e: pb.Execution) -> None:
    e.ClearField("hear_time")


def _the_day_after(e: pb.Execution) -> None:
    e.list_deliver_time.CopyFrom(stamp(moment_of(e.execute_time) + DAY))


def _told_later(e: pb.Execution) -> None:
    e.rights_tell_time.CopyFrom(stamp(moment_of(e.execute_time) + DAY))


# By the name of the rule, for things that are sealed or seized.
TAKEN_WRONGLY: Mapping[str, Change] = {
    "two_officers": _alone,
    "certificate_shown": lambda e: setattr(e, "certificate_shown", False),
    "minutes_checked": lambda e: setattr(e.record, "party_signed", False),
    "party_or_witness": _nobody_there,
    "rights_told": _told_later,
    "party_heard": _unheard,
    "decision_complete": lambda e: setattr(e.decision, "remedies", " "),
    "papers_delivered": _the_day_after,
    "within_scope": lambda e: setattr(e.things[0], "dispensable", False),
    "not_sealed_twice": lambda e: setattr(e, "other_organs_asked", False),
}
# For money that is frozen.
FROZEN_WRONGLY: Mapping[str, Change] = {
    "sum_fits": lambda e: setattr(e.frozen, "fen", e.violation.fen + 1),
    "bank_noticed": lambda e: e.ClearField("freeze_notice_time"),
    "not_frozen_twice": lambda e: setattr(e, "other_organs_asked", False),
}
