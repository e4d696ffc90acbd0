"""Decisions on the spot: what the form says, and that its number is used once (APL 52)."""

from datetime import datetime

from services.law.calendar import SHANGHAI
from services.law.citation import statute_of, statutes
from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.procedures.shared import FEWEST_OFFICERS
from services.law.rule import rule

LEAST = "officers.spot_least"


def fewest(f: PenaltyFacts) -> int:
    """How many officers decide on the spot: two, unless the sector's pack names a law that lets one do it. What a rule, a
    place or an agency says of it counts for nothing: only a law may say otherwise (APL 42(1)).
    """
    said = f.resolved(LEAST, f.at())
    by_law = all(statute_of(part).level == "law" for part in said.citation.code.split(";"))
    return max(said.value, 1) if by_law else max(said.value, FEWEST_OFFICERS)


@rule(
    "TOO_FEW_OFFICERS",
    guard="G-08 G-48",
    warning="EW-09",
    law="APL-2021:42(1)",
    zh="当场处罚的执法人员不得少于两人，法律另有规定的除外。",
    en="Fewer officers decide on the spot than the law asks for: two, unless another law says that one may. Name them.",
    tells=lambda f: {"count": str(len(f.officers())), "least": str(fewest(f))},
)
def enough_on_the_spot(f: PenaltyFacts) -> bool:
    """Two officers decide on the spot, or as many as another law asks for (APL 42(1))."""
    return len({p.officer_id for p in f.officers() if p.officer_id.strip()}) >= fewest(f)


@rule(
    "VIOLATION_NOT_STATED",
    guard="G-46",
    warning="EW-33",
    law="APL-2021:52(2)",
    zh="当场处罚决定书应当载明当事人的违法行为和处罚的依据。",
    en="The form does not state the act, or on what the penalty rests. State its title, and the article or the item of a list.",
)
def violation_stated(f: PenaltyFacts) -> bool:
    """The form states the act, and the basis of the penalty: an article, an item of the benchmark or of the power list."""
    act = f.case.violation
    bases = (act.law, act.benchmark_id, f.penalty().benchmark_id, f.case.item_id)
    return bool(act.title.strip()) and any(basis.strip() for basis in bases)


@rule(
    "SIMPLE_FORM_DEFECT",
    guard="G-46",
    warning="EW-33",
    law="APL-2021:52(1)",
    zh="当场处罚决定书应当当场交付当事人签收；当事人拒绝签收的，应当在决定书上注明。",
    en="It is not said that the party signed (party_signed), or what was noted on the form when it refused to (refusal_note).",
)
def signed_or_noted(f: PenaltyFacts) -> bool:
    """The party signs for the form that it is handed; where it refuses, that is noted on it. One of both, not both."""
    form = f.form()
    return form.party_signed != bool(form.refusal_note.strip())


# Before the law of 2023 the party of a decision on the spot might sue at once.
_RECONSIDERATION_FIRST = datetime.combine(statutes()["ARL-2023"].in_force, datetime.min.time(), SHANGHAI)


@rule(
    "RECONSIDERATION_FIRST_NOT_TOLD",
    guard="G-47",
    warning="EW-33",
    law="ARL-2023:23(2);ARL-2023:23(1)[1]",
    zh="对当场作出的行政处罚决定不服的，应当先申请行政复议，作出决定时应当告知：当场处罚决定书未载明先向哪个行政复议机关申请复议。",
    en="The form does not tell the party that it applies for reconsideration before it may sue. Tell it, and say to which "
    "authority (reconsideration_authority).",
)
def reconsideration_first_told(f: PenaltyFacts) -> bool:
    """Who does not accept a decision on the spot applies for reconsideration before it may sue, and is told so with the decision,
    since 2024.
    """
    return f.at() < _RECONSIDERATION_FIRST or bool(f.form().reconsideration_authority.strip())


@rule(
    "FORM_NUMBER_USED",
    guard="G-46",
    law="APL-2021:52(1)",
    zh="该编号的当场处罚决定书已被本机关使用，一个编号只能使用一次。",
    en="The body has used the form of this number already. State the number that is printed on this one.",
    tells=lambda f: {"form_number": f.form().number},
)
def form_unused(f: PenaltyFacts) -> bool:
    """Forms are numbered, so each number of a body stands on one decision."""
    return f.form_used() is False
