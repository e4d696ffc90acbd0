"""The inspection of an enterprise (涉企行政检查) as a table of moves: proposed, approved, given its code by the city, begun at
the enterprise, put on record, concluded, told and published. Plans and draws, which come before, have files of their own.
"""

from services.law.procedure import Procedure
from services.law.procedures import correcting
from services.law.procedures.inspection import entering as e
from services.law.procedures.inspection import planning as p
from services.law.procedures.inspection import result as r
from services.law.procedures.inspection.acts import ACTS
from services.law.procedures.inspection.facts import InspectionFacts
from services.law.procedures.shared import instructed
from services.law.process import Line, Process, table

# While it lasts, and nothing was told yet.
BEGUN = "CHECKED_IN INSPECTED INSPECTED_OUTSIDE CORRECTING CONCLUDED"
AFTER = "TOLD PUBLISHED CLOSED CALLED_OFF"
BEFORE = "PLANNED APPROVED CODE_ASKED CODED NOTICED"
_ENTER = (
    *p.ON_TIME, *p.BODY, e.approved_officers, *p.CERTIFIED, p.inspectors_in_area, e.by_inspectors, e.SHOWN,
    e.inside_or_through_mechanism,
)  # fmt: skip
_CONCLUDE = (*p.ON_TIME, r.result_stated, instructed)


def _table(name: str, titles: tuple[str, str], ends: str, *lines: Line) -> Process:
    """A table from lines of act, sources, target, law and rules; the rest is said of the act itself."""
    said = ((*line, ACTS[line[0]]) for line in lines)
    return table(
        name,
        *(
            (*line, each.roles, (each.title_zh, each.title_en), " ".join(each.events), each.rpc)
            for *line, each in said
        ),
        titles=titles,
        ends=ends,
    )


# fmt: off
TABLE = _table(
    "inspection",
    ("行政检查", "Inspection"),
    "CLOSED CALLED_OFF",
    ("OPEN_INSPECTION", "", "PLANNED", p.LAW, (p.ON_TIME[0], *p.BODY, p.planned_or_on_clue, p.as_drawn)),
    ("APPROVE_INSPECTION", "PLANNED", "APPROVED", p.LAW, (*p.ON_TIME, p.BY_HEAD, *p.MAY)),
    ("REQUEST_INSPECTION_CODE", "APPROVED", "CODE_ASKED", p.LAW, (*p.ON_TIME, e.approved_by_head, *p.MAY)),
    # An urgent one, that began without a code, gets it afterwards.
    ("REQUEST_INSPECTION_CODE", BEGUN, "=", p.LAW, (*p.ON_TIME, e.no_code_yet, e.approved_by_head, *p.MAY)),
    ("TAKE_CODE", "CODE_ASKED", "CODED", p.LAW, ()),
    ("TAKE_CODE", BEGUN, "=", p.LAW, ()),
    ("TAKE_REFUSAL", "CODE_ASKED", "APPROVED", p.LAW, ()),
    ("TAKE_REFUSAL", BEGUN, "=", p.LAW, ()),
    ("NOTICE_INSPECTION", "CODED", "NOTICED", p.LAW, (*p.ON_TIME, *p.BODY, e.notice_proved)),
    ("CHECK_IN", "CODED NOTICED", "CHECKED_IN", p.LAW,
     (*_ENTER, e.approved_by_head, e.code_scanned, e.code_runs, e.noticed_or_excused)),
    ("CHECK_IN_URGENTLY", "PLANNED APPROVED CODE_ASKED", "CHECKED_IN", p.LAW,
     (*_ENTER, e.no_code_yet, e.urgent_on_clue)),
    ("MAKE_GOOD_INSPECTION", BEGUN, "=", p.LAW, (*p.ON_TIME, e.to_be_made_good, p.BY_HEAD, *p.MAY)),
    ("RECORD_INSPECTION", "CHECKED_IN", "INSPECTED", "APL-2021:55(2)",
     (*p.ON_TIME, e.by_inspectors, r.record_complete)),
    ("RECORD_INSPECTION_OUTSIDE", "CHECKED_IN", "INSPECTED_OUTSIDE", "APL-2021:55(2);GBF-2024-54",
     (*p.ON_TIME, e.by_inspectors, r.record_complete, r.really_outside)),
    ("FILE_INSPECTION_OUTSIDE", "INSPECTED_OUTSIDE", "INSPECTED", "SP-INSPECT", p.ON_TIME),
    ("FIND_NOTHING", "INSPECTED", "CONCLUDED", p.LAW, _CONCLUDE),
    ("ORDER_CORRECTION", "INSPECTED", "CORRECTING", "APL-2021:28(1)", (*p.ON_TIME, r.correction_has_term, instructed)),
    ("VERIFY_CORRECTION", "CORRECTING", "CONCLUDED", "APL-2021:28(1)",
     (*p.ON_TIME, e.by_inspectors, r.correction_verified)),
    ("REFER_CLUE", "INSPECTED CORRECTING", "CONCLUDED", "APL-2021:54(1)", (*_CONCLUDE, r.clue_linked)),
    ("TELL_RESULT", "CONCLUDED", "TOLD", p.LAW, (*p.ON_TIME, r.made_good, r.telling_proved)),
    ("PUBLISH_RESULT", "TOLD", "PUBLISHED", "GBF-2018-118:6", p.ON_TIME),
    ("CLOSE_INSPECTION", "PUBLISHED", "CLOSED", p.LAW, p.ON_TIME),
    ("REPLACE_INSPECTORS", BEFORE, "=", p.LAW,
     (*p.ON_TIME, p.BY_HEAD, p.others_named, p.WHY, p.as_drawn, *p.CERTIFIED, p.inspectors_in_area)),
    ("CALL_OFF_INSPECTION", BEFORE, "CALLED_OFF", p.LAW, p.ON_TIME),
    ("CORRECT_INSPECTION", f"{BEFORE} {BEGUN} {AFTER}", "=", correcting.LAW, correcting.PROPOSED),
    ("DECIDE_INSPECTION_CORRECTION", f"{BEFORE} {BEGUN} {AFTER}", "=", correcting.LAW, correcting.DECIDED),
)
# fmt: on
INSPECTION = Procedure("inspection", InspectionFacts, TABLE)
