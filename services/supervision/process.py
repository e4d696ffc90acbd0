"""The review of a filed major penalty, as a table."""

from services.law.process import Move, Process
from services.supervision.rules import opinion_given

OVERSIGHT = ("OVERSIGHT",)
# fmt: off
FILING = Process(
    "filing",
    #    act       from     to          law               rules             roles      titles
    Move("FILE",   "DUE",   "FILED",    "ASR-2025:12[2]", (),               (),        "报备", "File"),
    Move("ACCEPT", "FILED", "ACCEPTED", "ASR-2025:15",    (),               OVERSIGHT, "准予备案", "Accept"),
    Move("OBJECT", "FILED", "OBJECTED", "ASR-2025:28",    (opinion_given,), OVERSIGHT, "提出异议", "Object"),
    titles=("重大行政处罚备案审查", "Filing review of a major penalty"),
)
# fmt: on
