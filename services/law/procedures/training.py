"""Training: its way, who holds it, when it counts, and how much of it a year wants."""

# ruff: noqa: E501
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.law.clock import catalogue
from services.law.parameters import Layers
from services.law.process import Move, Process, rule

DAYS = "OFF-02"


SESSIONS = "OFF-03"


REVIEWS = "OFF-07"


CITY_TRAINING = "OFF-13"


EXECUTIVE_STUDY = "OFF-14"


LECTURES = "OFF-15"


CITY_QUOTAS = (CITY_TRAINING, EXECUTIVE_STUDY, LECTURES)
"""The quotas that the city itself must meet."""


@dataclass(frozen=True)
class TrainingFacts:
    """What the rules on training look at."""

    by_organiser: bool = True
    begun: bool = True
    year_open: bool = True
    corrected: bool = True


@rule("NOT_THE_ORGANISER", law="CBZ-2019-7:2", zh="市级培训由市政府组织，部门培训由所在部门组织。")
def held_by_organiser(facts: TrainingFacts) -> bool:
    """Training of the city is held by the city, training of a body by its department."""
    return facts.by_organiser


@rule("TRAINING_NOT_BEGUN", law="CITY-ERS:3(9)", zh="培训或者学法活动尚未开始，不能登记参加人员和效果。")
def begun(facts: TrainingFacts) -> bool:
    """People and effect are put on record once the training or the study has begun."""
    return facts.begun


@rule(
    "YEAR_CLOSED", law="CITY-ERS:3(9);MOT-CERT:30", zh="该年度的培训记录已经归结，到课情况和学时不得再更正。"
)
def year_open(facts: TrainingFacts) -> bool:
    """Attendance and hours are corrected until the records of the year are closed."""
    return facts.year_open


@rule("NOTHING_TO_CORRECT", law="CITY-ERS:3(9)", zh="更正内容与在册记录相同。")
def something_corrected(facts: TrainingFacts) -> bool:
    """A correction says something else than what is on record."""
    return facts.corrected


@dataclass(frozen=True)
class Needed:
    """How much a year wants, and the article that says so."""

    amount: int
    law: str


def needed(layers: Layers, clock_id: str, year: int) -> Needed:
    """What a quota asks in a year, as the layers set it."""
    last = date(year, 12, 31)
    clock = catalogue()[clock_id]
    if not clock.in_force(last):
        return Needed(0, clock.law)
    clock = layers.clock(clock, last)
    return Needed(clock.term_on(last).amount, clock.law)


def half_days_needed(layers: Layers, year: int) -> Needed:
    """The days of training that each officer needs, in half days."""
    days = needed(layers, DAYS, year)
    return Needed(days.amount * 2, days.law)


# fmt: off
_ATTENDANCE: dict[str, Any] = {"law": "CITY-ERS:3(9)", "rules": (begun,), "title_zh": "登记到课", "title_en": "Take attendance"}

_CORRECTION: dict[str, Any] = {"law": "CITY-ERS:3(9)", "rules": (year_open, something_corrected), "title_zh": "更正到课和学时", "title_en": "Correct attendance"}

TRAINING = Process(
    "training",
    #    act                  from         to
    Move("SCHEDULE",          "",          "SCHEDULED", "CBZ-2019-7:2", (held_by_organiser,), title_zh="安排培训", title_en="Schedule"),
    Move("RECORD_ATTENDANCE", "SCHEDULED", "HELD",      **_ATTENDANCE),
    Move("RECORD_ATTENDANCE", "HELD",      "HELD",      **_ATTENDANCE),
    Move("CORRECT_ATTENDANCE", "HELD",     "HELD",      **_CORRECTION),
    Move("CORRECT_ATTENDANCE", "CLOSED",   "CLOSED",    **_CORRECTION),
    Move("CLOSE",             "HELD",      "CLOSED",    "CITY-ERS:3(9)", title_zh="登记效果", title_en="Close"),
    Move("CANCEL",            "SCHEDULED", "CANCELLED", "CBZ-2019-7:2", title_zh="取消培训", title_en="Cancel"),
    titles=("培训", "Training"),
)
# fmt: on
