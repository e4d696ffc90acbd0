"""Mediation of a civil dispute by a department (行政调解): found or asked for, voluntary, open and fair, ended by a written
agreement, or by telling each side what remedy it has (CITY-ERS 6(6)).
"""

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from services.law.procedure import Procedure
from services.law.procedures.shared import reasons_given, under
from services.law.process import table
from services.law.rule import Facts, rule

PREFIX = "ME-"
"""How the id of a mediation begins."""
LAW = "CITY-ERS:6(6)"


@dataclass(frozen=True)
class Paper:
    """What a side gave or was given: whose, which paper, when, and what it says."""

    party: str = ""
    text: str = ""
    time: datetime | None = None

    def whole(self, now: datetime) -> bool:
        return bool(self.party.strip() and self.text.strip()) and self.time is not None and self.time <= now


@dataclass(frozen=True)
class Meeting:
    """A meeting of the sides: where and when, who led it, in public or why not, and what was written down."""

    place: str = ""
    time: datetime | None = None
    mediators: tuple[str, ...] = ()
    public: bool = False
    closed_for: str = ""
    minutes: str = ""


@dataclass(frozen=True)
class MediationRecord:
    """The record of a mediation, with what the act hands in."""

    subject: str = ""
    parties: tuple[str, ...] = ()
    measures: str = ""
    consents: tuple[Paper, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    agreement: str = ""
    agree_time: datetime | None = None
    signatures: tuple[Paper, ...] = ()
    told: tuple[Paper, ...] = ()
    reasons: str = ""


class MediationFacts(Facts):
    """The record of a mediation with what the act hands in (`record`), and the node's own time."""

    record: MediationRecord
    now: datetime

    @abstractmethod
    def may_act(self) -> bool:
        """Whether the body is this department's, confirmed and not ended."""

    @abstractmethod
    def of_the_department(self, officer_id: str, at: datetime) -> bool:
        """Whether somebody was an officer of this department at a moment."""

    def reasons(self) -> str:
        return self.record.reasons

    def meeting(self) -> Meeting:
        """The last meeting, which the act may have handed in."""
        return self.record.meetings[-1] if self.record.meetings else Meeting()


def _from_all(f: MediationFacts, papers: Iterable[Paper], *, after_meeting: bool = False) -> bool:
    """Whether there is one whole paper for each side, and for nobody else; and none of before the sides last met."""
    papers, met = tuple(papers), max((m.time for m in f.record.meetings if m.time is not None), default=None)
    if sorted(p.party for p in papers) != sorted(f.record.parties) or not all(p.whole(f.now) for p in papers):
        return False
    return not after_meeting or met is None or all(p.time is not None and p.time >= met for p in papers)


@rule(
    "MEDIATION_BODY_UNFIT",
    law=LAW,
    zh="该机关不是本部门现行有效的行政执法主体，不得主持调解。",
    en="The body is none of this department, or may not act any more. Name one that does (body_id).",
)
def body_fit(f: MediationFacts) -> bool:
    """A department mediates in the name of a body of its own."""
    return f.may_act() is True


@rule(
    "MEDIATION_PARTIES_UNCLEAR",
    law=LAW,
    zh="应当载明争议事由和至少两方不同的当事人。",
    en="What is in dispute, or two different sides, are not named. Name them (subject, parties).",
)
def sides_named(f: MediationFacts) -> bool:
    """A dispute has a matter, and at least two sides who are not one another."""
    sides = [name.strip() for name in f.record.parties]
    return bool(f.record.subject.strip()) and len(sides) >= 2 and all(sides) and len(set(sides)) == len(sides)


@rule(
    "GROUP_MATTER_NOT_HANDLED",
    law=LAW,
    zh="群体性、突发性事项应当及时依法采取有效措施；请载明已采取的措施。",
    en="A collective or sudden matter calls for lawful measures at once, and none is said. Say what was done (measures).",
)
def handled_at_once(f: MediationFacts) -> bool:
    """A collective or sudden matter is met by lawful measures without delay, which are said."""
    return bool(f.record.measures.strip())


@rule(
    "MEDIATION_NOT_VOLUNTARY",
    law=LAW,
    zh="调解应当自愿：应当有每一方当事人同意调解的书面材料及其日期，日期不得晚于现在，也不得晚于调解。",
    en="The written consent of each side is missing, is somebody else's, of a time to come, or later than a meeting. Correct it.",
)
def voluntary(f: MediationFacts) -> bool:
    """Nobody is mediated with who did not agree to it in writing; and the sides do not meet before each did."""
    if not _from_all(f, f.record.consents):
        return False
    given = [p.time for p in f.record.consents if p.time is not None]
    return all(m.time is not None and m.time >= max(given) for m in f.record.meetings)


@rule(
    "MEDIATOR_UNKNOWN",
    law=LAW,
    zh="主持调解的应当是当时在本部门任职的人员。",
    en="Nobody is named who led the meeting, or one who was no officer of the department then. Name them (mediators).",
)
def led_by_officers(f: MediationFacts) -> bool:
    """The department's own people lead a meeting."""
    met = f.meeting()
    at = met.time
    return (
        at is not None and bool(met.mediators) and all(f.of_the_department(who, at) for who in met.mediators)
    )


@rule(
    "MEDIATION_NOT_OPEN",
    law=LAW,
    zh="调解应当公开进行并制作笔录；不公开的，应当载明理由；时间不得晚于现在。",
    en="Where, when and what was written down is missing, it lies ahead, or why it was not public is not said. Complete it.",
)
def held_openly(f: MediationFacts) -> bool:
    """A meeting is open, or it is said why not, and its minutes are kept."""
    met = f.meeting()
    when = met.time is not None and met.time <= f.now
    return (
        when
        and bool(met.place.strip() and met.minutes.strip())
        and (met.public or bool(met.closed_for.strip()))
    )


@rule(
    "AGREEMENT_INCOMPLETE",
    law=LAW,
    zh="达成协议的，应当制作调解协议书，由每一方当事人签名或者盖章；协议不得早于调解，也不得晚于现在。",
    en="The text, a signature or a meeting is missing, or the time is not between the last meeting and now. Complete it.",
)
def agreed_in_writing(f: MediationFacts) -> bool:
    """What the sides agree on is written, after they met, and signed by each."""
    r, at = f.record, f.record.agree_time
    met = [m.time for m in r.meetings if m.time is not None]
    timely = at is not None and bool(met) and max(met) <= at <= f.now
    return bool(r.agreement.strip()) and timely and _from_all(f, r.signatures, after_meeting=True)


@rule(
    "MEDIATION_REMEDY_NOT_TOLD",
    law=LAW,
    zh="调解不成的，应当及时告知每一方当事人救济权利和渠道，并载明告知时间；告知在最后一次调解之后。",
    en="It is not said of each side which remedy it was told of, and when, after they last met. Tell each and record it (told).",
)
def remedy_told(f: MediationFacts) -> bool:
    """Who comes to no agreement learns at once what is left: suit, arbitration, or another way."""
    return _from_all(f, f.record.told, after_meeting=True)


# fmt: off
TABLE = table(
    "mediation",
    ("RECORD", "", "RECORDED", LAW, (body_fit, sides_named),
     "HANDLING_OFFICER UNIT_HEAD CLERK", ("登记民事纠纷", "Register a civil dispute"),
     "mediation.recorded", "RegisterMediation"),
    ("RECORD_GROUP", "", "RECORDED", LAW, (body_fit, sides_named, handled_at_once),
     "HANDLING_OFFICER UNIT_HEAD CLERK", ("登记群体性、突发性纠纷", "Register a collective or sudden matter"),
     "mediation.group_recorded", "RegisterMediation"),
    ("ACCEPT", "RECORDED", "ACCEPTED", LAW, (body_fit, voluntary),
     "UNIT_HEAD", ("受理调解", "Take up the mediation"), "mediation.accepted", "AcceptMediation"),
    ("MEET", "ACCEPTED", "=", LAW, (voluntary, led_by_officers, held_openly),
     "HANDLING_OFFICER UNIT_HEAD", ("组织调解", "Bring the sides together"), "mediation.met", "MeetInMediation"),
    ("AGREE", "ACCEPTED", "AGREED", LAW, (agreed_in_writing,),
     "HANDLING_OFFICER UNIT_HEAD", ("达成调解协议", "Come to an agreement"), "mediation.agreed", "AgreeInMediation"),
    ("END", "RECORDED ACCEPTED", "ENDED", LAW, (under(reasons_given, LAW), remedy_told),
     "HANDLING_OFFICER UNIT_HEAD", ("终止调解并告知救济", "End it and tell of the remedies"),
     "mediation.ended", "EndMediation"),
    titles=("行政调解", "Mediation"),
    ends="AGREED ENDED",
)
# fmt: on
MEDIATION = Procedure("mediation", MediationFacts, TABLE)
