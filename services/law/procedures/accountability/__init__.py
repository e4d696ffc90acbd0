"""The pursuit of responsibility for enforcement (执法责任追究)."""

from services.law.procedure import Procedure
from services.law.procedures.accountability.facts import AccountabilityFacts
from services.law.procedures.accountability.leaders import cause_fits, chief_weighed, leaders_by_registry
from services.law.procedures.accountability.rules import (
    by_head_of_unit,
    by_investigator,
    by_pursued,
    carried_out,
    decision_complete,
    extended_once,
    factors_weighed,
    filed,
    for_competent_body,
    grave_where_needed,
    heard,
    kind_allowed,
    meeting_held,
    meeting_in_turn,
    not_heavier,
    not_own_proposal,
    not_pursued_already,
    notice_complete,
    opinion_given,
    pursued_known,
    review_in_time,
    review_settled,
    reviewed,
    source_stands,
    statement_taken,
)
from services.law.procedures.shared import reasons_given, service_proved, stands_apart, term_runs, under
from services.law.process import table

PREFIX = "RA-"
"""How the id of a matter begins."""

_APART = under(stands_apart, "CITY-ERS:6(4);GBF-2005-37", reason="PURSUER_CONFLICT")
_SERVICE = under(service_proved, "CITY-ERS:2(7);GBF-2005-37", guard="G-84")
_WHY = under(reasons_given, "CITY-ERS:2(7)")
_HEAD = (_APART, not_own_proposal)
_EXTENSION = (extended_once, under(term_runs, "CITY-ERS:2(7)", reason="EXTENSION_INVALID"))
_LAID_ON = (not_heavier, kind_allowed)
_MEETING = (meeting_held, meeting_in_turn, *_HEAD)

# fmt: off
TABLE = table(
    "accountability",
    ("REGISTER", "", "CLUE", "CITY-ERS:2(7)", (source_stands, pursued_known, not_pursued_already),
     "OVERSIGHT SYSTEM", ("登记追责线索", "Register a clue"), "accountability.clue_received",
     "RegisterAccountability"),
    ("REVIEW", "CLUE", "REVIEWED", "CITY-ERS:2(7)", (_APART, opinion_given, cause_fits),
     "OVERSIGHT", ("初步审查", "Review"), "accountability.reviewed", "ReviewAccountability"),
    ("DROP", "REVIEWED INVESTIGATED DELIBERATED HEARD", "NOT_PURSUED", "CITY-ERS:2(7)", (*_HEAD, _WHY),
     "OVERSIGHT_HEAD", ("不予追究", "Do not pursue"), "", "DropAccountability"),
    ("OPEN", "REVIEWED", "INVESTIGATING", "CITY-ERS:2(7)", (reviewed, *_HEAD),
     "OVERSIGHT_HEAD", ("批准立项调查", "Open the investigation"), "accountability.opened", "OpenAccountability"),
    ("EXTEND", "INVESTIGATING", "=", "CITY-ERS:2(7)", (*_EXTENSION, *_HEAD),
     "OVERSIGHT_HEAD", ("延长调查期限", "Extend"), "accountability.extended", "ExtendAccountability"),
    ("CONCLUDE", "INVESTIGATING", "INVESTIGATED", "CITY-ERS:2(7)",
     (_APART, by_investigator, factors_weighed, grave_where_needed, kind_allowed, chief_weighed, leaders_by_registry),
     "OVERSIGHT", ("调查终结，提出意见", "Conclude and propose"), "accountability.investigated",
     "ConcludeAccountability"),
    ("DELIBERATE", "INVESTIGATED", "DELIBERATED", "CITY-ERS:2(7)", _MEETING,
     "OVERSIGHT_HEAD", ("负责人会议讨论", "Deliberate"), "", "DeliberateAccountability"),
    ("GIVE_NOTICE", "DELIBERATED", "NOTICED", "CITY-ERS:2(7);GBF-2005-37", (notice_complete, kind_allowed, _SERVICE),
     "OVERSIGHT", ("告知事实、理由、依据和权利", "Give prior notice"), "", "NotifyAccountability"),
    ("STATE", "NOTICED", "=", "CITY-ERS:2(7);GBF-2005-37", (by_pursued,),
     "OFFICER UNIT", ("陈述、申辩", "State"), "", "AnswerAccountability"),
    ("HEAR_STATEMENT", "NOTICED", "HEARD", "CITY-ERS:2(7);GBF-2005-37", (_APART, statement_taken),
     "OVERSIGHT", ("听取并复核陈述申辩", "Hear the statement"), "", "HearAccountability"),
    ("WAIVE_STATEMENT", "NOTICED", "HEARD", "CITY-ERS:2(7);GBF-2005-37", (by_pursued,),
     "OFFICER UNIT", ("放弃陈述申辩", "Waive the statement"), "", "AnswerAccountability"),
    ("DECIDE", "HEARD", "DECIDED", "CITY-ERS:2(7);ASR-2025:32", (heard, *_LAID_ON, decision_complete, *_MEETING),
     "OVERSIGHT_HEAD", ("作出追究决定", "Decide"), "accountability.decided", "DecideAccountability"),
    ("SERVE", "DECIDED", "SERVED", "CITY-ERS:2(7)", (_SERVICE,),
     "OVERSIGHT", ("送达", "Serve"), "", "ServeAccountability"),
    ("ASK_FOR_REVIEW", "SERVED", "UNDER_REVIEW", "MOT-CERT:35;GBF-2005-37", (by_pursued, review_in_time),
     "OFFICER UNIT", ("申请复核", "Ask for a review"), "", "AnswerAccountability"),
    ("UPHOLD", "UNDER_REVIEW", "FINAL", "MOT-CERT:35", (*_MEETING, _WHY),
     "OVERSIGHT_HEAD", ("复核维持", "Uphold"), "", "DecideAccountabilityReview"),
    ("CHANGE", "UNDER_REVIEW", "FINAL", "MOT-CERT:35", (*_LAID_ON, *_MEETING, _WHY),
     "OVERSIGHT_HEAD", ("复核变更", "Change"), "", "DecideAccountabilityReview"),
    ("ANNUL", "UNDER_REVIEW", "NOT_PURSUED", "MOT-CERT:35", (*_MEETING, _WHY),
     "OVERSIGHT_HEAD", ("复核撤销", "Annul"), "", "DecideAccountabilityReview"),
    ("REPORT_EXECUTION", "SERVED FINAL", "=", "CITY-ERS:2(7)", (by_head_of_unit,),
     "UNIT", ("报告执行情况", "Report the execution"), "", "AnswerAccountability"),
    ("EXECUTE", "SERVED FINAL", "EXECUTED", "CITY-ERS:2(7)", (carried_out, review_settled),
     "OVERSIGHT", ("执行完毕", "Carried out"), "accountability.executed", "CompleteAccountability"),
    ("RECORD", "EXECUTED", "RECORDED", "GBF-2005-37;CITY-ERS:2(6)", (filed,),
     "OVERSIGHT", ("记入执法档案和考核", "Record"), "", "RecordAccountability"),
    ("TRANSFER", "CLUE REVIEWED INVESTIGATING INVESTIGATED DELIBERATED", "TRANSFERRED", "ASR-2025:33(1)",
     (for_competent_body, _APART, _WHY),
     "OVERSIGHT_HEAD", ("移送有权机关", "Transfer to the competent body"), "accountability.transferred",
     "TransferAccountability"),
    titles=("执法责任追究", "Accountability"),
    ends="NOT_PURSUED RECORDED TRANSFERRED",
)
# fmt: on
ACCOUNTABILITY = Procedure("accountability", AccountabilityFacts, TABLE)
