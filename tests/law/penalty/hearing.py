"""The rules of services/law/procedures/penalty/hearing.py broken, and the record before its acts."""

from datetime import timedelta

from yifa.enforcement.v1 import case_pb2 as cases

from services.law.moment import put_moment
from tests.law.penalty.change import Before, Breaks, case, put
from tests.law.penalty.known import NOW, Known, whole


def _appointed(c: cases.Case) -> None:
    c.hearing.CopyFrom(whole())


def _of(change):  # type: ignore[no-untyped-def]
    """Another hearing than the lawful one, in the record and in what is handed in."""

    def broken(f: Known) -> None:
        change(f.known["hearing"])
        change(f.case.hearing)

    return broken


def _heard(f: Known) -> None:
    put(f.case, "defence.hearing_time", 61)
    f.case.defence.hearing_record = "听证笔录"
    f.case.hearing.ClearField("minutes")


def _unanswered(f: Known) -> None:
    """There are two points, and one of them is answered without a reason."""
    put(f.case, "defence.hearing_time", 61)
    f.case.hearing.minutes.points.extend(["证据不足", "请求从轻"])
    f.known["hearing_answers"] = [
        cases.HearingAnswer(point=1, reason="证据充分"),
        cases.HearingAnswer(point=2, taken=True, reason=" "),
    ]


def _unreported(f: Known) -> None:
    _heard(f)
    f.case.hearing.ClearField("report")
    f.parameter = lambda key, at: 1  # type: ignore[method-assign]


BEFORE: Before = dict.fromkeys(
    ("NOTIFY_HEARING", "ANNOUNCE_HEARING", "HOLD_HEARING", "END_HEARING", "REPORT_HEARING"), _appointed
)
BREAKS: Breaks = {
    "panel_apart": _of(lambda h: setattr(h, "clerk", h.host)),
    "panel_without_reviewer": case(lambda c: c.reviewers.append("head-1")),
    "panel_of_its_size": lambda f: setattr(f, "parameter", lambda key, at: 4),
    "panel_appointed": case(lambda c: c.hearing.ClearField("appoint_time")),
    "noticed_in_time": _of(lambda h: put_moment(h.notice_time, NOW - timedelta(8))),
    "adjourned_for_a_reason": _of(lambda h: h.adjournments.add(cause=" ")),
    "open_to_the_public": _of(lambda h: setattr(h, "closed", 9)),
    "to_be_announced": case(lambda c: setattr(c.hearing, "closed", 1)),
    "by_host": case(lambda c: setattr(c.hearing, "host", "host-7")),
    "on_its_day": case(lambda c: put_moment(c.hearing.hold_time, NOW + timedelta(microseconds=1))),
    "minutes_complete": _of(lambda h: h.minutes.ClearField("signed")),
    "agents_few": _of(lambda h: h.minutes.agents.extend(["甲", "乙"])),
    "end_grounded": _of(lambda h: h.ClearField("end_record")),
    "missed_when_held": case(lambda c: put_moment(c.hearing.hold_time, NOW + timedelta(1))),
    "points_minuted": _of(lambda h: h.minutes.ClearField("points")),
    "hearing_answered": _unanswered,
    "decided_on_minutes": _heard,
    "hearing_reported": _unreported,
}
