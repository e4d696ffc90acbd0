"""The hearing: who conducts it, how the party is told, how it is held or ends, what the decision rests on (APL 63–65)."""

from datetime import date, datetime

from yifa.enforcement.v1.case_pb2 import HEARING_END_WITHDRAWN, HearingEnd, HearingSecrecy

from services.law.calendar import SHANGHAI
from services.law.clock import catalogue, due
from services.law.moment import moment_at
from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.rule import rule

# The clocks that are counted backwards from the day of the hearing (APL 64[2], 85; 64[3]).
NOTICE, ANNOUNCEMENT = "PEN-12", "PEN-13"
MOST_AGENTS = 2  # APL 64[5]


def _day(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()


def _panel(f: PenaltyFacts) -> tuple[str, ...]:
    """The host first, the listeners, the clerk."""
    h = f.hearing()
    return (h.host, *h.listeners, h.clerk)


def _told(f: PenaltyFacts, done: str, clock_id: str) -> bool:
    """Whether something was done as long before the day of the hearing as a clock asks that is counted backwards from it; one
    whose days nobody set for this body asks nothing.
    """
    at, held = moment_at(f.hearing(), done), moment_at(f.hearing(), "hold_time")
    if held is None:
        return False
    clock = f.parameters.clock(catalogue()[clock_id], _day(held), f.sector())
    if clock is None:
        return True
    latest = due(clock, _day(held), f.calendar).block
    return at is not None and latest is not None and _day(at) <= latest


@rule(
    "SOD_VIOLATION",
    guard="G-11 G-35",
    warning="EW-06",
    law="APL-2021:64[4]",
    zh="听证由行政机关指定的非本案调查人员主持：主持人、听证员、记录员应当载明，由不同的人担任，且均未参与本案调查。",
    en="Host, listeners or clerk are not named, are one person, or investigate or investigated this case. Name others.",
    tells=lambda f: {"person": ",".join(p for p in _panel(f) if not p.strip() or f.handled(p))},
)
def panel_apart(f: PenaltyFacts) -> bool:
    """The hearing is conducted, assisted and minuted by different people who did not investigate the case."""
    panel = _panel(f)
    return all(p.strip() and not f.handled(p) for p in panel) and len(set(panel)) == len(panel)


@rule(
    "SOD_VIOLATION",
    guard="G-11 G-35",
    warning="EW-06",
    law="CITY-ERS:6(4)",
    zh="本案审核人员不得担任听证主持人。",
    en="Who is to conduct the hearing reviewed this case. Name somebody else.",
    tells=lambda f: {"person": f.hearing().host},
)
def panel_without_reviewer(f: PenaltyFacts) -> bool:
    """Who reviewed a case does not host its hearing. No law says so, the city's system does."""
    host = f.hearing().host
    return bool(host.strip()) and host not in (f.case.review.reviewer, *f.case.reviewers)


@rule(
    "HEARING_PANEL_WRONG",
    guard="G-35",
    law="APL-2021:64[4]",
    zh="听证主持人和听证员的人数不符合规定。",
    en="Host and listeners are fewer or more than the rules that bind here ask for, or an even number. Name as many as they ask.",
    tells=lambda f: {"count": str(1 + len(f.hearing().listeners))},
)
def panel_of_its_size(f: PenaltyFacts) -> bool:
    """Host and listeners are as many as the sector's and the province's rules have it."""
    count, at = 1 + len(f.hearing().listeners), f.at()
    least, most = f.parameter("hearing.panel.least", at), f.parameter("hearing.panel.most", at)
    odd = not f.parameter("hearing.panel.odd", at) or count % 2 == 1
    return count >= least and (count <= most or not most) and odd


@rule(
    "HEARING_PANEL_MISSING",
    guard="G-35",
    warning="EW-06",
    law="APL-2021:64[4]",
    zh="尚未指定听证主持人。",
    en="No host was appointed for the hearing. Let a head appoint the panel first (AppointHearingPanel).",
)
def panel_appointed(f: PenaltyFacts) -> bool:
    """A head of the agency appoints who conducts the hearing, before anything is set for it."""
    return bool(f.case.hearing.host.strip()) and f.case.hearing.HasField("appoint_time")


@rule(
    "HEARING_NOTICE_SHORT",
    guard="G-35",
    warning="EW-06",
    law="APL-2021:64[2]",
    zh="应当在举行听证的七日（工作日）前将听证的时间、地点通知当事人，并有送达凭证。",
    en="Time and place were not told with proof, or fewer than seven working days before. Set a later day, and serve its notice.",
)
def noticed_in_time(f: PenaltyFacts) -> bool:
    """Time and place are told seven working days before the hearing, and the service is proved."""
    h = f.hearing()
    return bool(h.place.strip() and h.notice_receipt.strip()) and _told(f, "notice_time", NOTICE)


@rule(
    "REASONS_MISSING",
    guard="G-35",
    law="APL-2021:64[2]",
    zh="延期、中止听证应当说明理由。",
    en="Another day was set before, and it is not said why it is put off. State it (adjourn_cause).",
)
def adjourned_for_a_reason(f: PenaltyFacts) -> bool:
    """A hearing is put off for a stated reason."""
    return all(each.cause.strip() for each in f.hearing().adjournments)


@rule(
    "HEARING_NOT_OPEN",
    guard="G-35",
    warning="EW-06",
    law="APL-2021:64[3]",
    zh="除涉及国家秘密、商业秘密或者个人隐私依法予以保密外，听证公开举行，并按规定提前公告。",
    en="Nothing that is named closes the hearing, and it was not announced in time. Announce it, or name what closes it.",
)
def open_to_the_public(f: PenaltyFacts) -> bool:
    """A hearing is public, and announced as early as the rules that bind here ask, unless a secret or privacy closes it."""
    closed = f.hearing().closed
    if closed:
        return closed in HearingSecrecy.values()
    return _told(f, "announce_time", ANNOUNCEMENT)


@rule(
    "ALREADY_DONE",
    law="APL-2021:64[3]",
    zh="不公开举行的听证不予公告，或者听证时间、地点尚未确定。",
    en="The hearing is closed to the public, or its time and place are not set yet. There is nothing to announce.",
)
def to_be_announced(f: PenaltyFacts) -> bool:
    """What is announced is a public hearing whose time and place are set."""
    return f.case.hearing.HasField("hold_time") and not f.case.hearing.closed


@rule(
    "HEARING_NOT_BY_HOST",
    guard="G-35",
    warning="EW-06",
    law="APL-2021:64[4]",
    zh="听证由行政机关指定的主持人主持、终止和报告。",
    en="The caller is not the host who was appointed. Let the host do it, or let a head appoint another panel.",
    tells=lambda f: {"person": f.signer()},
)
def by_host(f: PenaltyFacts) -> bool:
    """The hearing is conducted, ended and reported by the host who was appointed."""
    signer = f.signer()
    return bool(signer.strip()) and signer == f.case.hearing.host


@rule(
    "HEARING_NOT_ON_ITS_DAY",
    guard="G-35",
    warning="EW-06",
    law="APL-2021:64[2]",
    zh="听证应当在通知的时间举行，不得提前。",
    en="This is before the time of which the party was told, or on another day. Hold it then, or set another day first.",
)
def on_its_day(f: PenaltyFacts) -> bool:
    """A hearing is held, and missed, on the day of which the party was told, not before the hour."""
    told = moment_at(f.case.hearing, "hold_time")
    return told is not None and told <= f.at() and _day(told) == _day(f.at())


@rule(
    "RECORD_MISSING",
    guard="G-34 G-35",
    warning="EW-06",
    law="APL-2021:64[7];APL-2021:64[8]",
    zh="听证笔录应当载明调查人员提出事实、证据和处罚建议，当事人申辩和质证，并由当事人或者其代理人签字或者注明拒签。",
    en="The minutes do not show that both sides spoke, or are neither signed nor is the refusal noted. Complete them (minutes).",
)
def minutes_complete(f: PenaltyFacts) -> bool:
    """Officers and party are heard, and the minutes are signed by the party or an agent, or the refusal is noted."""
    m = f.hearing().minutes
    return m.officers_spoke and m.party_spoke and (m.signed or m.refusal_noted)


@rule(
    "RECORD_MISSING",
    guard="G-34 G-36",
    warning="EW-06",
    law="APL-2021:64[7];APL-2021:64[8]",
    zh="听证笔录应当逐项载明当事人在听证中提出的意见。",
    en="The minutes do not say, point by point, what the party brought forward. State each point (minutes.points).",
)
def points_minuted(f: PenaltyFacts) -> bool:
    """The minutes say point by point what the party brought forward, so that the decision can answer it."""
    points = f.hearing().minutes.points
    return len(points) > 0 and all(each.strip() for each in points)


@rule(
    "HEARING_AGENTS",
    guard="G-35",
    law="APL-2021:64[5]",
    zh="当事人可以委托一至二人代理。",
    en="More than two agents spoke for the party. One or two may.",
)
def agents_few(f: PenaltyFacts) -> bool:
    """The party comes itself or lets one or two people speak for it."""
    return len(f.hearing().minutes.agents) <= MOST_AGENTS


@rule(
    "HEARING_END_NOT_PROVED",
    guard="G-34",
    warning="EW-06",
    law="APL-2021:64[6]",
    zh="终止听证应当有法定情形并予记录；撤回听证要求的，应当有当事人的书面材料在案。",
    en="No ground of article 64(6) is recorded, or no paper of the party on record withdraws the request. Record it.",
)
def end_grounded(f: PenaltyFacts) -> bool:
    """A hearing ends unheard because the party withdrew in writing, stayed away or left, and that is on record."""
    h = f.hearing()
    if not h.end or h.end not in HearingEnd.values() or not h.end_record.strip():
        return False
    return f.kept(h.end_record) if h.end == HEARING_END_WITHDRAWN else True


@rule(
    "HEARING_NOT_ON_ITS_DAY",
    guard="G-34 G-35",
    law="APL-2021:64[6]",
    zh="当事人拒不出席或者中途退出的，应当在依法通知的听证举行之时认定。",
    en="The party can stay away or leave only when the hearing of which it was told in time is held. Wait until then.",
)
def missed_when_held(f: PenaltyFacts) -> bool:
    """Who is said to have stayed away or left was told in time, and it is the day and hour."""
    if f.hearing().end == HEARING_END_WITHDRAWN:
        return True
    return noticed_in_time.holds(f) and on_its_day.holds(f)


@rule(
    "HEARING_RECORD_NOT_USED",
    guard="G-36",
    warning="EW-06",
    law="APL-2021:65",
    zh="听证结束后应当根据听证笔录作出决定：笔录缺失，或者未经当事人核对签字且未注明拒签。",
    en="The decision after a hearing rests on its minutes, and these are missing or not checked by the party. Complete them.",
)
def decided_on_minutes(f: PenaltyFacts) -> bool:
    """After a hearing the decision is made on its minutes, checked by the party."""
    if not f.case.defence.HasField("hearing_time"):
        return True
    m = f.case.hearing.minutes
    return bool(f.case.defence.hearing_record.strip()) and (m.signed or m.refusal_noted)


def _unanswered(f: PenaltyFacts) -> list[int]:
    """The points of the minutes that the decision does not answer once and with a reason, and answers to no point of them."""
    asked = {n + 1: 0 for n, _ in enumerate(f.case.hearing.minutes.points)}
    for answer in f.hearing_answers():
        asked[answer.point] = asked.get(answer.point, 1) + (1 if answer.reason.strip() else 2)
    return sorted(n for n, answers in asked.items() if answers != 1)


@rule(
    "HEARING_RECORD_NOT_USED",
    guard="G-36",
    warning="EW-06",
    law="APL-2021:65",
    zh="听证后的决定应当对听证笔录所载当事人的各项意见逐一说明是否采纳及理由；现有意见未予说明，或者说明与笔录不符。",
    en="The decision does not say of each point of the hearing's minutes whether it is taken into account, and why, or answers "
    "one that is not in them. Answer each point once (hearing_answers).",
    tells=lambda f: {"points": ",".join(map(str, _unanswered(f)))},
)
def hearing_answered(f: PenaltyFacts) -> bool:
    """A decision after a hearing says of each point of its minutes whether it was taken into account, and why."""
    if not f.case.defence.HasField("hearing_time"):
        return True
    return len(f.case.hearing.minutes.points) > 0 and not _unanswered(f)


@rule(
    "HEARING_REPORT_MISSING",
    guard="G-36",
    law="APL-2021:65",
    zh="听证主持人应当提交听证报告后，由负责人作出决定。",
    en="The host's report of the hearing is missing. Let the host hand it in first (ReportHearing).",
)
def hearing_reported(f: PenaltyFacts) -> bool:
    """Where the rules that bind here ask for it, the host reports on the hearing before the decision."""
    heard = f.case.defence.HasField("hearing_time")
    return not heard or bool(f.case.hearing.report.strip()) or not f.parameter("hearing.report", f.at())
