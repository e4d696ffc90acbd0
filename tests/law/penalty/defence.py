"""The rules of services/law/procedures/penalty/defence.py broken, and the record before its acts."""

from datetime import timedelta

from services.law.moment import put_moment
from services.law.procedures.penalty.facts import Told
from tests.law.penalty.change import Before, Breaks, case, facts, time
from tests.law.penalty.known import NOW

BEFORE: Before = {
    "REQUEST_HEARING": lambda c: put_moment(c.notice.window_end, NOW + timedelta(2)),
}
BREAKS: Breaks = {
    "notice_complete": facts(told=Told("事实", " ", "依据", True)),
    "hearing_right_told": facts(told=Told("事实", "理由", "依据", False)),
    "request_in_time": case(lambda c: put_moment(c.notice.window_end, NOW - timedelta(microseconds=1))),
    "waived_in_writing": facts(waiver="  "),
    "window_over": case(lambda c: put_moment(c.notice.window_end, NOW)),
    "hearing_held": time("defence.hearing_request_time"),
    "defence_rechecked": time("defence.statement_time"),
    "not_heard_yet": time("defence.hearing_time"),
    "host_apart": lambda f: f.known["handled"].add(f.known["caller"]),
    "host_not_reviewer": lambda f: f.case.reviewers.append(f.known["caller"]),
}
