"""The way of a training, as a table."""

# ruff: noqa: E501
from services.law.process import Move, Process
from services.registry.rules.training import begun, held_by_organiser, something_corrected, year_open

# fmt: off
_ATTENDANCE = {"law": "CITY-ERS:3(9)", "rules": (begun,), "title_zh": "登记到课", "title_en": "Take attendance"}
_CORRECTION = {"law": "CITY-ERS:3(9)", "rules": (year_open, something_corrected), "title_zh": "更正到课和学时", "title_en": "Correct attendance"}

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
