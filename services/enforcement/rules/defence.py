"""What the law asks for the party: to be told, and to be heard. Pure."""

from services.enforcement.facts import Facts, hearing_due, moment_of
from services.law.process import rule


@rule("PRIOR_NOTICE_INCOMPLETE", law="APL-2021:44", zh="告知书应当载明拟作出的处罚内容及事实、理由、依据。")
def notice_complete(f: Facts) -> bool:
    """The notice tells the penalty, the facts, the reasons and the basis."""
    if f.notice is None:
        return True
    told = f.notice.facts.strip() and f.notice.reasons.strip() and f.notice.basis.strip()
    return bool(told and f.case.proposal.kinds)


@rule("HEARING_RIGHT_NOT_TOLD", law="APL-2021:63(1)", zh="拟作出的处罚属于听证范围，应当告知要求听证的权利。")
def hearing_right_told(f: Facts) -> bool:
    """A penalty of article 63 is announced together with the right to a hearing."""
    if f.notice is None or f.thresholds is None:
        return True
    return f.notice.hearing_right_told or not hearing_due(f.case.proposal, f.thresholds)


@rule("HEARING_REQUEST_LATE", law="APL-2021:64[1]", zh="要求听证应当在告知后五个工作日内提出。")
def request_in_time(f: Facts) -> bool:
    """A hearing is asked for inside the window."""
    notice = f.case.notice
    return not notice.HasField("window_end") or f.at <= moment_of(notice.window_end)


@rule(
    "NO_DECISION_WITHOUT_NOTICE",
    law="APL-2021:62",
    zh="未告知，或者陈述申辩、要求听证期限未届满且当事人未书面放弃，不得作出处罚决定。",
)
def window_over(f: Facts) -> bool:
    """A decision waits until the party was told and the window is over, or was waived in writing."""
    case = f.case
    if not case.HasField("notice"):
        return False
    if case.defence.HasField("waive_time"):
        return True
    return case.notice.HasField("window_end") and f.at > moment_of(case.notice.window_end)


@rule("HEARING_NOT_HELD", law="APL-2021:63(1)", zh="当事人依法要求听证的，应当组织听证。")
def hearing_held(f: Facts) -> bool:
    """A hearing asked for is held, unless the party withdrew the request in writing."""
    defence = f.case.defence
    if not defence.HasField("hearing_request_time") or defence.HasField("hearing_time"):
        return True
    withdrawn = defence.HasField("waive_time")
    return withdrawn and moment_of(defence.waive_time) >= moment_of(defence.hearing_request_time)


@rule("DEFENCE_NOT_RECHECKED", law="APL-2021:45(1)", zh="对当事人的陈述、申辩或者听证意见应当进行复核。")
def defence_rechecked(f: Facts) -> bool:
    """What the party said is checked again before the decision."""
    defence = f.case.defence
    said = [t for t in ("statement_time", "hearing_time") if defence.HasField(t)]
    return not said or defence.HasField("recheck_time")


@rule("ALREADY_DONE", law="APL-2021:63(1)", zh="本案已举行听证。")
def not_heard_yet(f: Facts) -> bool:
    """A case is heard once."""
    return not f.case.defence.HasField("hearing_time")
