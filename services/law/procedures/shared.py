"""What several procedures ask of an act in the same words."""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from services.law.calendar import SHANGHAI
from services.law.procedures.papers import since
from services.law.rule import Facts, Rule, rule

FEWEST_OFFICERS = 2
# By which names the terms of remedies know any act that may be challenged, whatever it decides: that it was made, that the party
# knows of it and of what it says, and both at once.
MADE, KNOWN = "act.made", "act.known act.content_known"
MADE_AND_KNOWN = f"{MADE} {KNOWN}"


def local(at: datetime) -> str:
    """A moment as a refusal tells it."""
    return at.astimezone(SHANGHAI).isoformat(timespec="seconds")


def _times(f: Any) -> Mapping[str, str]:
    after = f.after()
    return {"at": local(f.at()), "after": local(after) if after else ""}


@rule(
    "ACT_IN_FUTURE",
    law="APL-2021:47",
    zh="行为应当如实记录：尚未发生的行为不得记录。",
    en="The time given lies in the future. Record the act after it was done.",
    tells=lambda f: {"at": local(f.at())},
)
def not_in_future(f: Any) -> bool:
    """An act is recorded after it was done, not before."""
    return bool(f.at() <= f.now)


@rule(
    "ACTS_OUT_OF_ORDER",
    warning="EW-33",
    law="APL-2021:47",
    zh="行为不得早于其所依据的前一行为。",
    en="The time given lies before the act that this one builds on. Correct the time.",
    tells=_times,
)
def in_order(f: Any) -> bool:
    """An act may not lie before the act it builds on."""
    after = f.after()
    return after is None or f.at() >= after


def under(shared: Rule, law: str, guard: str = "", reason: str = "", warning: str = "") -> Rule:
    """A shared rule as an article of one procedure asks for it: the same condition and words, cited there."""
    return replace(
        shared,
        law=law,
        guard=guard or shared.guard,
        reason=reason or shared.reason,
        warning=warning or shared.warning,
    )


@rule(
    "INSTRUCTIONS_AWAITED",
    warning="EW-33",
    law="OPR-SUP:11",
    zh="就本记录的请示尚未批复，不得先行决定；不再请示的，由负责人撤回。",
    en="Instructions were asked for about this record, and there is no reply yet. Wait for it, or let a head withdraw the "
    "request.",
    tells=lambda f: {"matters": ",".join(f.awaited())},
)
def instructed(f: Any) -> bool:
    """Where the superior was asked for instructions before acting, nothing is decided before the reply (OPR-SUP 11)."""
    return bool(f.awaited() == ())


# Who acts.


@rule(
    "TOO_FEW_OFFICERS",
    guard="G-08",
    warning="EW-09",
    law="APL-2021:42(1)",
    zh="执法人员不得少于两人。",
    en="Fewer than two officers are named. Name at least two.",
    tells=lambda f: {"count": str(len(f.officers()))},
)
def two_officers(f: Any) -> bool:
    """At least two officers act."""
    return len({p.officer_id for p in f.officers()}) >= FEWEST_OFFICERS


def _unfit(f: Any, *, suspended: bool) -> dict[str, str]:
    wrong = [p for p in f.officers() if (p.suspended if suspended else not p.certified)]
    said = {"officer_id": ",".join(p.officer_id for p in wrong), "at": local(f.at())}
    gone = ",".join(p.officer_id for p in wrong if p.away)
    return said | ({"not_of_this_department": gone} if gone else {})


@rule(
    "TWO_CERTIFIED_OFFICERS",
    guard="G-08 G-76",
    warning="EW-09",
    law="APL-2021:42(1)",
    zh="每名执法人员在实施该行为时均应持有有效的行政执法证件。",
    en="An officer named held no certificate in force at the moment of the act. Name officers who did.",
    tells=lambda f: _unfit(f, suspended=False),
)
def certified(f: Any) -> bool:
    """Every officer named held a certificate in force at the moment of the act."""
    return all(p.certified for p in f.officers())


@rule(
    "CERTIFICATE_SUSPENDED",
    guard="G-08",
    warning="EW-09",
    law="APL-2021:42(1)",
    zh="执法人员的行政执法证件在实施该行为时处于暂扣状态。",
    en="The certificate of an officer named was suspended at the moment of the act. Name another officer.",
    tells=lambda f: _unfit(f, suspended=True),
)
def not_suspended(f: Any) -> bool:
    """No officer named had a suspended certificate at the moment of the act."""
    return not any(p.suspended for p in f.officers())


@rule(
    "CERTIFICATE_NOT_SHOWN",
    guard="G-09 G-46",
    warning="EW-09",
    law="APL-2021:55(1)",
    zh="执法人员应当主动出示执法证件。",
    en="The officers did not show their certificates. Show them, and record it (certificate_shown).",
)
def certificate_shown(f: Any) -> bool:
    """The officers show their certificates unasked."""
    return bool(f.certificate_shown())


class HeadFacts(Facts):
    """What is asked of what is for a head of the body."""

    @abstractmethod
    def signer(self) -> str:
        """Who does the act as head of the body."""

    @abstractmethod
    def rank(self, person: str) -> int:
        """The rank (PostRank) of the head of the body, or of the agency that it acts for, that a person was when the act was
        done; 0 for who was none.
        """


@rule(
    "HEAD_NOT_IN_OFFICE",
    guard="G-42",
    warning="EW-33",
    law="APL-2021:57(1)",
    zh="本行为应当由本机关负责人作出：该人员在行为时不是登记在册的主要负责人或者分管负责人。",
    en="Who does this was no head of the body at that moment, by the posts on record. Let a chief or deputy in office do it.",
    tells=lambda f: {"person": f.signer()},
)
def by_head(f: HeadFacts) -> bool:
    """What is for a head of the agency is done by somebody who holds such a post of this body at that moment."""
    signer = f.signer()
    return f.rank(signer) > 0 and bool(signer.strip())


@rule(
    "SOD_VIOLATION",
    guard="G-11",
    law="CITY-ERS:6(4)",
    zh="承办、审核、听证主持和决定应当由不同的人员承担。",
    en="Who is to do this took part in the matter before, or nobody is named. Name somebody who did not.",
    tells=lambda f: {"person": ",".join(sorted({*f.acting()} & {*f.involved()}))},
)
def stands_apart(f: Any) -> bool:
    """What is done here is done by somebody who took no part in what it is about."""
    acting = f.acting()
    return bool(acting) and frozenset(acting).isdisjoint(f.involved())


@rule(
    "NOT_URGENT",
    law="ACL-2011:19",
    zh="未经批准当场实施的，应当说明何种紧急情况。",
    en="It is not said what made it urgent. State it (urgency), or ask for approval first.",
)
def urgency_stated(f: Any) -> bool:
    """Without approval only in urgency, and what is urgent is put on record."""
    return bool(f.record.urgency.strip())


@rule(
    "REPORTED_LATE",
    law="ACL-2011:19",
    zh="紧急情况下当场实施的，应当在二十四小时内报告并补办批准手续；逾期的，应当解除。",
    en="More than twenty-four hours have passed since it was done without approval. Release it.",
)
def approved_within_a_day(f: Any) -> bool:
    """What was done urgently is reported and approved within twenty-four hours of the act."""
    passed = since(f.urgently_done(), f.at())
    return passed is not None and timedelta() <= passed <= timedelta(hours=24)


# Demand, statement, service, minutes.


@rule(
    "DEMAND_INCOMPLETE",
    guard="G-60",
    law="ACL-2011:35",
    zh="催告书应当以书面形式作出，载明履行期限、方式，涉及金钱给付的载明金额，并告知陈述权和申辩权。",
    en="The demand lacks a number, a term after its service, a manner, the amount or the right to state and defend. Complete it.",
)
def demand_complete(f: Any) -> bool:
    """A demand is in writing and states a term that lies after its service, manner, for money the amount, and the right to state
    and defend.
    """
    d = f.demand()
    served, end = d.serve_time, d.term_end_time
    written = bool(d.document_number.strip() and d.manner.strip())
    amount = d.amount_fen > 0 if f.money_duty() is not False else True
    return (
        written and served is not None and end is not None and served < end and amount and bool(d.rights_told)
    )


@rule(
    "DEMAND_TERM_OPEN",
    guard="G-60",
    law="ACL-2011:37(1)",
    zh="经催告逾期仍不履行的，方可作出强制执行决定；催告未送达或者期限未满的，不得决定。",
    en="The demand was not served, or its term is still open. Wait until the term has ended.",
    tells=lambda f: {"until": local(f.demand().term_end_time)} if f.demand().term_end_time else {},
)
def demand_term_over(f: Any) -> bool:
    """The demand was served, and the term it sets is over."""
    d = f.demand()
    served, end = d.serve_time, d.term_end_time
    return served is not None and end is not None and served < end < f.at()


@rule(
    "STATEMENT_NOT_RECHECKED",
    law="ACL-2011:36",
    zh="对当事人提出的事实、理由和证据，应当记录、复核，并载明复核意见。",
    en="The party made a statement that was not rechecked. Recheck it, and record the opinion.",
)
def statement_rechecked(f: Any) -> bool:
    """What the party states is recorded and rechecked; who was told of the right and states nothing leaves nothing to recheck."""
    s = f.statement()
    return s.receive_time is None or s.rechecked()


@rule(
    "SERVICE_PROOF_MISSING",
    guard="G-53",
    law="APL-2021:61(1)",
    zh="送达应当有送达回证。",
    en="No receipt proves the service, or its time is not known. Record both.",
)
def service_proved(f: Any) -> bool:
    """Service is proved by a receipt that bears its time."""
    return f.served_time() is not None and bool(f.receipt().strip())


@rule(
    "RECORD_MISSING",
    guard="G-14",
    law="APL-2021:55(2)",
    zh="应当制作笔录，交当事人核对并签名；拒绝签名的，在笔录中注明。",
    en="No record was made, or it is neither signed nor is the refusal noted. Complete it.",
)
def minutes_checked(f: Any) -> bool:
    """A record is made, checked and signed by the party or a witness, or the refusal is noted on it."""
    return bool(f.minutes().checked())


@rule(
    "PAPERS_INCOMPLETE",
    law="GBF-2018-115",
    zh="应当提供的材料不齐全。",
    en="Papers that have to come along are missing. Hand them in.",
    tells=lambda f: {"missing": ",".join(f.missing_papers())},
)
def papers_complete(f: Any) -> bool:
    """All the papers that the law lists come along."""
    return tuple(f.missing_papers()) == ()


@rule(
    "REASONS_MISSING",
    law="APL-2021:48(2)",
    zh="应当说明理由。",
    en="No reasons are given. State them.",
)
def reasons_given(f: Any) -> bool:
    """What is refused or undone is refused or undone for stated reasons."""
    return bool(f.reasons().strip())


# Terms.


@rule(
    "TERM_OVER",
    law="APL-2021:56",
    zh="期限已经届满。",
    en="The term is over, or was never set. What is left to do is to end it.",
    tells=lambda f: {"until": local(f.term_end())} if f.term_end() else {},
)
def term_runs(f: Any) -> bool:
    """It is done while the term runs."""
    end = f.term_end()
    return end is not None and f.at() <= end


@rule(
    "TERM_RUNS",
    law="APL-2021:56",
    zh="期限尚未届满。",
    en="The term is not over yet. Wait until it has ended.",
    tells=lambda f: {"until": local(f.term_end())} if f.term_end() else {},
)
def term_over(f: Any) -> bool:
    """It is done when the term has ended."""
    end = f.term_end()
    return end is not None and f.at() > end


# Remedies.


@rule(
    "REMEDY_OPEN",
    guard="G-61",
    law="ACL-2011:53",
    zh="当事人申请行政复议、提起行政诉讼的期限尚未届满，或者已经申请、起诉。",
    en="The periods of reconsideration and suit are not over, or a remedy was used. Wait for its end.",
    tells=lambda f: {"until": local(f.remedy_end())} if f.remedy_end() else {},
)
def remedy_unused(f: Any) -> bool:
    """The periods of reconsideration and suit are over, and neither was used."""
    end = f.remedy_end()
    return end is not None and f.at() > end and f.remedy_used() is False


@rule(
    "EXECUTION_STAYED",
    law="ARL-2023:42;ALIT-2017:56",
    zh="处罚决定已被决定、裁定停止执行，停止执行期间不得强制执行、处理财物抵缴或者没收。",
    en="Execution of the decision is stayed. Wait until that ends, or record how it ended (RecordStayEnd, RecordRemedyEnd).",
    tells=lambda f: {"document": ",".join(f.stayed_by() or ())},
)
def not_stayed(f: Any) -> bool:
    """Nothing enforces a decision while its execution is stayed."""
    return bool(f.stayed_by() == ())


@rule(
    "NOT_IN_REMEDY",
    law="ASR-2025:33(3)",
    zh="符合行政复议、行政诉讼受理条件的，方可引导当事人依法申请，并告知当事人。",
    en="The matter is in no remedy, or the person was not told where to go. Accept it, or tell the person.",
)
def guided_to_remedy(f: Any) -> bool:
    """Only what belongs to reconsideration or a court is sent there, and the person is told."""
    return f.in_remedy() is True and f.record.person_tell_time is not None


@rule(
    "ALREADY_IN_REMEDY",
    guard="G-81",
    law="ASR-2025:33(3)",
    zh="已进入行政复议、行政诉讼的，不重复监督。",
    en="The matter is in reconsideration or before a court. Guide the person there instead.",
)
def not_in_remedy(f: Any) -> bool:
    """What is in reconsideration or before a court is not supervised besides."""
    return f.in_remedy() is False


@rule(
    "NO_SELF_COLLECTION",
    guard="G-86",
    law="ARL-2023:46(1)",
    zh="行政复议、诉讼期间，作出行为的机关不得自行收集证据。",
    en="Evidence handed in was gathered by the agency after the remedy began. Leave it out.",
)
def nothing_collected(f: Any) -> bool:
    """While a remedy runs the agency gathers no evidence of its own."""
    return f.evidence_collected_since() is False
