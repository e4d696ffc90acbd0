"""The rules on the discussion, the decision, its publication and its file (MDR 29 to 33)."""

from services.law.naming import names_article
from services.law.procedures.major_decision.arguing import left_out
from services.law.procedures.major_decision.facts import DecisionFacts, come
from services.law.procedures.major_decision.record import Above, Discussion, Meeting, Piece, Stance, Trait
from services.law.procedures.papers import missing
from services.law.rule import rule

STEPS = {
    Piece.EXPERTS: Trait.SPECIALISED,
    Piece.RISK: Trait.RISKY,
    Piece.COMPETITION: Trait.MARKET,
}


@rule(
    "DECISION_LEGALITY_REVIEW",
    guard="G-73",
    law="MDR-2019:25",
    zh="决策草案未经合法性审查或者经审查不合法的，不得提交决策机关讨论；不得以征求意见等方式代替合法性审查。",
    en="The draft was not reviewed for legality, or did not pass. Have it reviewed; no asking of opinions stands for that.",
)
def review_passed(f: DecisionFacts) -> bool:
    """Nothing is discussed that was not reviewed or is not lawful (MDR 25)."""
    r = f.record.review
    return r.passed is True and come(r.conclude_time, f) and bool(r.opinion.strip())


@rule(
    "DECISION_STEP_MISSING",
    guard="G-72",
    law="MDR-2019:29",
    zh="提交讨论应当报送公众意见、专家论证意见的研究采纳情况、风险评估报告、公平竞争审查情况和合法性审查意见。",
    en="What became of the public's and the experts' opinions, the risk report or the review of competition is missing. Add it.",
    tells=lambda f: {"missing": ",".join(left_out(f))},
)
def discussion_papers_there(f: DecisionFacts) -> bool:
    """What the meeting needs comes with the draft (MDR 29)."""
    public = bool(f.record.adoption.strip()) or bool(f.record.secret_law.strip())
    return public and left_out(f) == ()


@rule(
    "RISK_NOT_CONTROLLABLE",
    guard="G-72",
    law="MDR-2019:24",
    zh="风险不可控的，应当采取调整决策草案等措施确保风险可控后，方可作出决策。",
    en="The risks cannot be controlled, and the draft was not changed so that they can. Change it first (adjustment).",
)
def risk_controllable(f: DecisionFacts) -> bool:
    """It is decided only where the risks can be controlled (MDR 24)."""
    r = f.record.risk
    return r.controllable is True or bool(r.adjustment.strip()) or not f.record.wants(Trait.RISKY)


def _spoken(d: Discussion) -> bool:
    return all(bool(s.person.strip()) and s.stance in tuple(Stance) for s in d.speeches)


@rule(
    "DISCUSSION_NOT_RECORDED",
    guard="G-72",
    law="MDR-2019:30(1);MDR-2019:30(3)",
    zh="决策草案应当经常务会议或者全体会议讨论，如实记录会议、参加人员及其意见。",
    en="It is not said which meeting was held when, or of two or more members who said what; or it was held before the review. "
    "Record it (meeting).",
)
def discussed(f: DecisionFacts) -> bool:
    """It is discussed by the executive or the plenary meeting, after the review, and what each said is on record (MDR 25, 30)."""
    d = f.record.discussion
    people = [s.person for s in d.speeches]
    several = len(set(people)) == len(people) > 1
    reviewed = f.record.review.conclude_time
    after = d.hold_time is not None and reviewed is not None and d.hold_time >= reviewed
    held = d.kind in tuple(Meeting) and come(d.hold_time, f) and after
    return held and several and _spoken(d) and bool(d.minutes.strip())


@rule(
    "HEAD_NOT_LAST",
    guard="G-72",
    law="MDR-2019:30(2)",
    zh="行政首长最后发表意见。",
    en="The head of the government did not speak last. Hold the discussion so that the head does.",
)
def head_last(f: DecisionFacts) -> bool:
    """The head speaks last (MDR 30(2))."""
    d = f.record.discussion
    return (
        bool(d.head.strip())
        and [s.person for s in d.speeches].count(d.head) == 1
        and d.speeches[-1].person == d.head
    )


@rule(
    "DISSENT_NOT_RECORDED",
    guard="G-72",
    law="MDR-2019:30(3)",
    zh="不同意见应当如实载明。",
    en="Somebody did not agree, and it is not said with what words. Record them.",
    tells=lambda f: {
        "people": ",".join(s.person for s in f.record.discussion.speeches if not s.words.strip())
    },
)
def dissent_recorded(f: DecisionFacts) -> bool:
    """Different opinions are stated as they were said (MDR 30(3))."""
    speeches = f.record.discussion.speeches
    return bool(speeches) and all(s.stance == Stance.AGREE or bool(s.words.strip()) for s in speeches)


@rule(
    "MAJORITY_NOT_ANSWERED",
    guard="G-72",
    law="MDR-2019:30(2)",
    zh="行政首长拟作出的决定与会议组成人员多数人的意见不一致的，应当在会上说明理由。",
    en="Most members said otherwise than the head, and it is not told why the head differs. Record the reasons.",
)
def majority_answered(f: DecisionFacts) -> bool:
    """A head who differs from the majority says why in the meeting (MDR 30(2))."""
    d = f.record.discussion
    own = next((s.stance for s in d.speeches if s.person == d.head), None)
    same = sum(s.stance == own for s in d.speeches)
    with_majority = own is not None and 2 * same >= len(d.speeches)
    return with_majority or bool(d.against_majority.strip())


@rule(
    "PARTY_NOT_ASKED",
    guard="G-72",
    law="MDR-2019:31",
    zh="重大行政决策出台前应当按照规定向同级党委请示报告。",
    en="No paper shows that the Party committee of the same level was asked. Report to it first (ReportMajorDecision).",
)
def party_asked(f: DecisionFacts) -> bool:
    """The Party committee of the same level is asked before a decision comes out (MDR 31)."""
    return bool(f.record.party_document.strip())


@rule(
    "CONGRESS_NOT_ASKED",
    law="MDR-2019:8",
    zh="属于人大及其常委会讨论决定的重大事项或者应当在出台前向人大常委会报告的，按照规定办理。",
    en="It belongs before the people's congress or its committee, and no paper shows that it went there. Report it there first.",
)
def congress_asked(f: DecisionFacts) -> bool:
    """What belongs to the people's congress goes there before it comes out (MDR 8)."""
    return bool(f.record.congress_document.strip()) or not f.record.wants(Trait.CONGRESS)


@rule(
    "REPORT_NOT_NAMED",
    law="MDR-2019:8;MDR-2019:31",
    zh="应当载明请示报告的对象和文书。",
    en="It is not said to whom it was reported, and by what paper. Name both.",
)
def report_named(f: DecisionFacts) -> bool:
    """A report to the Party committee or the congress is a paper (MDR 8, 31)."""
    return f.record.report_to in tuple(Above) and bool(f.record.report_document.strip())


@rule(
    "DECIDER_NOT_HEAD",
    guard="G-72",
    law="MDR-2019:30(1)",
    zh="行政首长在集体讨论的基础上作出决定，载明决定文书。",
    en="It is not the head who led the discussion that decides, or no paper is named. Name both (decider, document).",
)
def decided_by_head(f: DecisionFacts) -> bool:
    """The head decides, on the ground of the discussion (MDR 30(1))."""
    r = f.record
    by_head = bool(r.decider.strip()) and r.decider == r.discussion.head
    return by_head and r.discussion.hold_time is not None and bool(r.decision_document.strip())


@rule(
    "DECISION_NOT_PUBLIC",
    law="MDR-2019:32",
    zh="重大行政决策应当通过政府公报、政府网站和在本行政区域内发行的报纸等及时公布。",
    en="It is not said in which gazette, on which website and in which newspaper it was published. Publish it in all three.",
)
def made_public(f: DecisionFacts) -> bool:
    """A decision is published in gazette, website and newspaper (MDR 32)."""
    r = f.record
    return all(where.strip() for where in (r.gazette, r.website, r.newspaper))


@rule(
    "ADOPTION_NOT_EXPLAINED",
    law="MDR-2019:32",
    zh="社会公众普遍关心或者专业性、技术性较强的，应当说明公众意见、专家论证意见的采纳情况。",
    en="It concerns the public or is specialised, and it is not told what became of opinions. Explain it (adoption_note).",
)
def adoption_explained(f: DecisionFacts) -> bool:
    """What became of the public's and the experts' opinions is explained (MDR 32)."""
    concerns = f.record.wants(Trait.VITAL_INTERESTS) or f.record.wants(Trait.SPECIALISED)
    return bool(f.record.adoption_note.strip()) or not concerns


@rule(
    "WITHHELD_WITHOUT_LAW",
    law="MDR-2019:32",
    zh="依法不予公开的，应当指明所依据的法律名称和条款并说明理由。",
    en="It is not said by which article the decision is kept from the public, and why. Name both (secret_law, reasons).",
)
def withheld_by_law(f: DecisionFacts) -> bool:
    """A decision is kept from the public only by law (MDR 32)."""
    return names_article(f.record.secret_law) and bool(f.record.reasons.strip())


@rule(
    "EXECUTOR_NOT_NAMED",
    law="MDR-2019:34",
    zh="应当明确决策执行单位。",
    en="No unit is named that carries it out. Name one that the registry knows (executors).",
)
def executor_named(f: DecisionFacts) -> bool:
    """A unit is named that carries it out (MDR 34)."""
    return bool(f.record.executors) and all(e.strip() for e in f.record.executors)


def absent_pieces(f: DecisionFacts) -> tuple[str, ...]:
    """What the file of this decision has to hold and does not."""
    wanted = [p for p in Piece if p not in STEPS or f.record.wants(STEPS[p])]
    return missing(wanted, f.record.pieces)


@rule(
    "FILE_INCOMPLETE",
    law="MDR-2019:33",
    zh="履行决策程序形成的记录、材料应当完整归档。",
    en="Records of steps that were gone through are not in the file, or it has no number. Complete it.",
    tells=lambda f: {"missing": ",".join(absent_pieces(f))},
)
def file_complete(f: DecisionFacts) -> bool:
    """What the steps left is filed completely (MDR 33)."""
    return bool(f.record.file_number.strip()) and absent_pieces(f) == ()
