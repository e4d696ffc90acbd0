"""A suggestion from outside about how the law is enforced: of a court, a procuratorate, deputies of the congress, the CPPCC.

What a court suggests about a normative document goes into the register of documents (LIT-10), not here.
"""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.law.procedure import Procedure
from services.law.procedures.shared import reasons_given, stands_apart, under
from services.law.process import table
from services.law.rule import Facts, rule

PREFIX = "SG-"
"""How the id of a suggestion begins."""


class Kind(StrEnum):
    """Who suggests."""

    JUDICIAL = "JUDICIAL"
    PROCURATORIAL = "PROCURATORIAL"
    CONGRESS = "CONGRESS"
    CPPCC = "CPPCC"


class Stage(StrEnum):
    """When a court suggests in a case: before the hearing, during the trial, after it (一案三建议), or apart from any case."""

    BEFORE_HEARING = "BEFORE_HEARING"
    DURING_TRIAL = "DURING_TRIAL"
    AFTER_TRIAL = "AFTER_TRIAL"
    APART = "APART"


class Outcome(StrEnum):
    """What the agency does with it."""

    ADOPTED = "ADOPTED"
    PARTLY = "PARTLY"
    DECLINED = "DECLINED"


@dataclass(frozen=True)
class SuggestionRecord:
    """The record of a suggestion, with what the act hands in."""

    kind: Kind | None = None
    stage: Stage | None = None
    maker: str = ""
    number: str = ""
    text: str = ""
    handlers: tuple[str, ...] = ()
    maker_people: tuple[str, ...] = ()
    body_people: tuple[str, ...] = ()
    conclusions: str = ""
    """What a meeting came to."""
    outcome: Outcome | None = None
    measures: str = ""
    why_not: str = ""
    answered_to: str = ""
    consult_time: datetime | None = None
    """When the deputies were talked to."""
    found: str = ""
    """What the verification found."""
    verifiers: tuple[str, ...] = ()
    days: int = 0
    """Within how many days it is to be answered anew."""
    return_reasons: str = ""
    document: str = ""


class SuggestionFacts(Facts):
    """The record of a suggestion with what the act hands in (`record`), and the node's own time."""

    record: SuggestionRecord
    now: datetime

    @abstractmethod
    def unit_known(self) -> bool:
        """Whether it goes to a confirmed body, and the case, if one is named, is its own."""

    @abstractmethod
    def suit_known(self) -> bool:
        """Whether the register holds the suit that is named, against this body."""

    @abstractmethod
    def people_of_body(self) -> frozenset[str]:
        """Those who hold or held a certificate of the body that answers, or head or headed it."""

    def acting(self) -> tuple[str, ...]:
        return self.record.verifiers

    def involved(self) -> frozenset[str]:
        """Who answers for it: nobody of the body itself says whether it did (CBZ-2019-7 25)."""
        return frozenset((*self.record.handlers, *self.record.body_people)) | self.people_of_body()

    def reasons(self) -> str:
        return self.record.return_reasons


@rule(
    "UNIT_UNKNOWN",
    law="CBZ-2019-7:18;CBZ-2019-7:25",
    zh="建议应当交由登记在册的行政执法主体办理，所涉案件应当是其案件。",
    en="The registry knows no such body, or the case is not its own. Name the body that has to answer, and its case.",
)
def unit_known(f: SuggestionFacts) -> bool:
    """It goes to a body that is known (CBZ-2019-7 18, 25)."""
    return f.unit_known() is True


@rule(
    "MAKER_UNSAID",
    law="CBZ-2019-7:18;CBZ-2019-7:25",
    zh="应当载明何种建议、提出者、文号和内容。",
    en="It is not said what kind of suggestion it is, who made it, under what number, or what it says. State all four.",
)
def maker_said(f: SuggestionFacts) -> bool:
    """A suggestion has somebody who made it, a number and a text (CBZ-2019-7 18, 25)."""
    r = f.record
    return r.kind in tuple(Kind) and all(said.strip() for said in (r.maker, r.number, r.text))


@rule(
    "SUIT_UNSAID",
    law="CITY-ERS:3(28)",
    zh="司法建议应当载明开庭前、审理中或者审理后提出及所涉的应诉案件；与案件无关的，应当注明。",
    en="It is not said when in a suit the court suggested it, or the register holds no such suit against this body. Name both, "
    "or say that it is about no case.",
)
def stage_said(f: SuggestionFacts) -> bool:
    """What a court suggests in a case is recorded with it (CITY-ERS 3(28))."""
    r = f.record
    if r.kind != Kind.JUDICIAL:
        return r.kind in tuple(Kind)
    return r.stage == Stage.APART or (r.stage in tuple(Stage) and f.suit_known() is True)


@rule(
    "HANDLERS_MISSING",
    law="CBZ-2019-7:18",
    zh="应当明确办理人员。",
    en="Nobody is named to handle it. Name who does (handlers).",
)
def handled(f: SuggestionFacts) -> bool:
    """Somebody handles it (CBZ-2019-7 18)."""
    return bool(f.record.handlers) and all(each.strip() for each in f.record.handlers)


@rule(
    "PAPER_MISSING",
    law="CBZ-2019-7:25",
    zh="应当载明证明该行为的文书。",
    en="The paper that shows it is not named. Name it (document).",
)
def shown(f: SuggestionFacts) -> bool:
    """What was done is shown by its paper."""
    return bool(f.record.document.strip())


@rule(
    "NOT_OF_A_COURT",
    law="CITY-ERS:3(28)",
    zh="联席会议应当与提出司法建议的人民法院举行。",
    en="The suggestion was not made by a court. Record a meeting with a court only.",
)
def of_court(f: SuggestionFacts) -> bool:
    """The joint meeting is one with the court (CITY-ERS 3(28))."""
    return f.record.kind == Kind.JUDICIAL


@rule(
    "MEETING_INCOMPLETE",
    law="CITY-ERS:3(28)",
    zh="应当载明法院和行政机关的参加人员以及会议结论。",
    en="It is not said who came from the court and from the body, or what the meeting came to. State all three.",
)
def meeting_said(f: SuggestionFacts) -> bool:
    """Both sides met, and came to something (CITY-ERS 3(28))."""
    r = f.record
    return bool(r.maker_people and r.body_people and r.conclusions.strip())


@rule(
    "ANSWER_INCOMPLETE",
    law="PPOL-2018:21(1);DRL-2025:51(2);CBZ-2019-7:25",
    zh="答复应当写明是否采纳，采纳的措施，以及不采纳的理由。",
    en="It is not said whether it is adopted, by what measures, or why not. State it.",
)
def answer_complete(f: SuggestionFacts) -> bool:
    """The answer says what is done, and why what is not (PPOL 21(1), DRL 51(2))."""
    r = f.record
    adopts, declines = bool(r.measures.strip()), bool(r.why_not.strip())
    wanted = {Outcome.ADOPTED: adopts, Outcome.PARTLY: adopts and declines, Outcome.DECLINED: declines}
    return r.outcome is not None and wanted.get(r.outcome, False)


@rule(
    "ANSWERED_ELSEWHERE",
    law="PPOL-2018:21(1);DRL-2025:51(2);CBZ-2019-7:25",
    zh="应当书面答复建议的提出者。",
    en="The answer does not go to who made the suggestion. Answer them (answered_to).",
)
def to_maker(f: SuggestionFacts) -> bool:
    """Who made it is answered (PPOL 21(1), DRL 51(2))."""
    return bool(f.record.maker.strip()) and f.record.answered_to.strip() == f.record.maker.strip()


@rule(
    "DEPUTIES_NOT_CONSULTED",
    law="DRL-2025:51(2)",
    zh="办理代表建议应当与代表联系沟通，充分听取意见。",
    en="The deputies were not talked to before the answer. Do so, and say when (consult_time).",
)
def consulted(f: SuggestionFacts) -> bool:
    """Deputies are talked to before they are answered (DRL 51(2))."""
    r = f.record
    if r.kind != Kind.CONGRESS:
        return r.kind in tuple(Kind)
    return r.consult_time is not None and r.consult_time <= f.at()


@rule(
    "FINDING_MISSING",
    law="CBZ-2019-7:25",
    zh="应当载明核实的情况。",
    en="It is not said what was found. State it (found).",
)
def finding_said(f: SuggestionFacts) -> bool:
    """A verification finds something (CBZ-2019-7 25)."""
    return bool(f.record.found.strip())


@rule(
    "TERM_NOT_SET",
    law="CBZ-2019-7:25",
    zh="退回重新办理的，应当载明期限。",
    en="It is not said within how many days it has to be answered anew. State it (days).",
)
def term_set(f: SuggestionFacts) -> bool:
    """What is handed back has a term (CBZ-2019-7 25)."""
    return f.record.days > 0


_APART = under(stands_apart, "CITY-ERS:6(4)")
_WHY = under(reasons_given, "CBZ-2019-7:25")

# fmt: off
TABLE = table(
    "suggestion",
    ("REGISTER", "", "RECEIVED", "CBZ-2019-7:18;CBZ-2019-7:25", (unit_known, maker_said, stage_said),
     "OVERSIGHT", ("登记建议", "Register a suggestion"), "outside_suggestion.received", "RegisterSuggestion"),
    ("ASSIGN", "RECEIVED", "HANDLING", "CBZ-2019-7:18", (handled,),
     "AGENCY", ("交办", "Assign"), "", "AssignSuggestion"),
    ("MEET", "HANDLING ANSWERED", "=", "CITY-ERS:3(28)", (of_court, meeting_said, shown),
     "AGENCY COURT", ("府院联席会议", "Meet with the court"), "", "RecordSuggestionMeeting"),
    ("ANSWER", "HANDLING", "ANSWERED", "PPOL-2018:21(1);DRL-2025:51(2);CBZ-2019-7:25",
     (answer_complete, to_maker, consulted, shown),
     "AGENCY", ("答复", "Answer"), "outside_suggestion.answered", "AnswerSuggestion"),
    ("VERIFY", "ANSWERED", "VERIFIED", "CBZ-2019-7:25", (_APART, finding_said),
     "OVERSIGHT", ("核实落实情况", "Verify"), "", "VerifySuggestion"),
    ("RETURN", "ANSWERED", "HANDLING", "CBZ-2019-7:25", (_APART, _WHY, term_set),
     "OVERSIGHT", ("退回重新办理", "Hand back"), "outside_suggestion.returned", "ReturnSuggestion"),
    titles=("外部监督建议", "Suggestion from outside"),
    ends="VERIFIED",
)
# fmt: on
SUGGESTION = Procedure("suggestion", SuggestionFacts, TABLE)
