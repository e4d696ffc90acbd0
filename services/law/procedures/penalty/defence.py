"""What the law asks for the party: to be told, and to be heard (APL 44, 45, 62–65)."""

from datetime import datetime

from yifa.enforcement.v1.case_pb2 import Case

from services.law.moment import moment_at, moment_of
from services.law.procedures.penalty.amounts import yuan
from services.law.procedures.penalty.facts import PenaltyFacts, apart
from services.law.procedures.shared import local
from services.law.rule import rule


def _window(f: PenaltyFacts) -> dict[str, str]:
    end = f.window_end()
    return {"window_end": local(end)} if end else {}


def waived_at(case: Case) -> datetime | None:
    """When the party waived its rights; None where no paper of that is named: a waiver is made in writing."""
    return moment_at(case, "defence.waive_time") if case.defence.waive_proof.strip() else None


@rule(
    "PRIOR_NOTICE_INCOMPLETE",
    guard="G-30",
    warning="EW-05",
    law="APL-2021:44",
    zh="告知书应当载明拟作出的处罚内容及事实、理由、依据。",
    en="The notice does not tell the penalty, the facts, the reasons and the basis. State all four.",
)
def notice_complete(f: PenaltyFacts) -> bool:
    """The notice tells the penalty, the facts, the reasons and the basis."""
    if not f.penalty().kinds:
        return False
    told = f.told()
    return bool(told.facts.strip() and told.reasons.strip() and told.basis.strip())


@rule(
    "HEARING_RIGHT_NOT_TOLD",
    guard="G-33 G-30",
    warning="EW-06",
    law="APL-2021:63(1)",
    zh="拟作出的处罚属于听证范围，应当告知要求听证的权利。",
    en="The penalty gives a right to a hearing, and the notice does not tell it. Tell it (hearing_right_told).",
    tells=lambda f: {"threshold": yuan(f.limits().hearing_fine)},
)
def hearing_right_told(f: PenaltyFacts) -> bool:
    """A penalty of article 63 is announced together with the right to a hearing."""
    return f.told().hearing_right_told or not f.hearing_due()


@rule(
    "HEARING_REQUEST_LATE",
    guard="G-34",
    law="APL-2021:64[1]",
    zh="要求听证应当在告知后五个工作日内提出。",
    en="The hearing was asked for after the window ended.",
    tells=_window,
)
def request_in_time(f: PenaltyFacts) -> bool:
    """A hearing is asked for inside the window."""
    end = f.window_end()
    return end is not None and f.at() <= end


@rule(
    "WAIVER_PROOF_MISSING",
    guard="G-31",
    warning="EW-05",
    law="APL-2021:62",
    zh="当事人放弃陈述申辩和听证的，应当有其书面材料在案：载明告知之后收取的本案书证（附文件或者其哈希值）或者文件的编号。",
    en="No paper of the party on record waives its rights. Name a document among the evidence, with its file or sha256, or a "
    "file of this case, from after the notice (proof).",
)
def waived_in_writing(f: PenaltyFacts) -> bool:
    """The party waives statement and hearing in writing; the paper is on record, and nobody's word stands for it."""
    return f.kept(f.waiver())


@rule(
    "NO_DECISION_WITHOUT_NOTICE",
    guard="G-31",
    warning="EW-05",
    law="APL-2021:62",
    zh="未告知，或者陈述申辩、要求听证期限未届满且当事人未书面放弃，不得作出处罚决定。",
    en="The party was not told, or may still answer and did not waive that in writing. Wait until the window is over.",
    tells=_window,
)
def window_over(f: PenaltyFacts) -> bool:
    """A decision waits until the party was told and the window is over, or was waived in writing."""
    case = f.case
    served = moment_at(case, "notice.serve_time")
    if served is None or served > f.at():
        return False
    if (waived := waived_at(case)) is not None and waived <= f.at():
        return True
    end = f.window_end()
    return end is not None and f.at() > end


@rule(
    "HEARING_NOT_HELD",
    guard="G-34",
    warning="EW-06",
    law="APL-2021:63(1)",
    zh="当事人依法要求听证的，应当组织听证。",
    en="A hearing was asked for and not held. Hold it, or record that the party withdrew the request in writing.",
)
def hearing_held(f: PenaltyFacts) -> bool:
    """A hearing asked for is held, unless the party withdrew the request in writing, stayed away or left."""
    defence = f.case.defence
    if not defence.HasField("hearing_request_time") or defence.HasField("hearing_time"):
        return True
    ended = moment_at(f.case, "hearing.end_time")
    if ended is not None and ended >= moment_of(defence.hearing_request_time):
        return True
    withdrawn = waived_at(f.case)
    return withdrawn is not None and withdrawn >= moment_of(defence.hearing_request_time)


@rule(
    "DEFENCE_NOT_RECHECKED",
    guard="G-31 G-36",
    warning="EW-05",
    law="APL-2021:45(1)",
    zh="对当事人的陈述、申辩或者听证意见应当进行复核。",
    en="What the party said was not checked again. Record the recheck (RecheckDefence).",
)
def defence_rechecked(f: PenaltyFacts) -> bool:
    """What the party said is checked again before the decision."""
    defence = f.case.defence
    said = [t for t in ("statement_time", "hearing_time") if defence.HasField(t)]
    return not said or defence.HasField("recheck_time")


@rule(
    "ALREADY_DONE",
    law="APL-2021:63(1)",
    zh="本案已举行听证。",
    en="The case was heard already.",
)
def not_heard_yet(f: PenaltyFacts) -> bool:
    """A case is heard once."""
    return not f.case.defence.HasField("hearing_time")


@rule(
    "SOD_VIOLATION",
    guard="G-11 G-35",
    warning="EW-06",
    law="APL-2021:64[4]",
    zh="听证由非本案调查人员主持。",
    en="The caller investigates or investigated this case. Let somebody else conduct the hearing.",
    tells=lambda f: {"person": f.caller()},
)
def host_apart(f: PenaltyFacts) -> bool:
    """A hearing is conducted by a person who does not investigate the case."""
    return apart(f)


@rule(
    "SOD_VIOLATION",
    guard="G-11 G-35",
    warning="EW-06",
    law="CITY-ERS:6(4)",
    zh="本案审核人员不得主持听证。",
    en="The caller reviewed this case. Let somebody else conduct the hearing.",
    tells=lambda f: {"person": f.caller()},
)
def host_not_reviewer(f: PenaltyFacts) -> bool:
    """Who reviewed a case does not host its hearing. No law says so, the city's system does."""
    return bool(f.caller().strip()) and f.caller() not in (f.case.review.reviewer, *f.case.reviewers)
