"""Paying the fine later or in instalments: asked for in writing, approved by the head, each part on its day (APL 66(2))."""

from itertools import pairwise

from services.law.calendar import SHANGHAI
from services.law.moment import moment_of
from services.law.procedures.penalty.amounts import yuan
from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.procedures.penalty.owed import pay_by
from services.law.procedures.shared import local
from services.law.rule import rule


@rule(
    "DEFERRAL_NOT_APPROVED",
    guard="G-52",
    warning="EW-33",
    law="APL-2021:66(2)",
    zh="延期、分期缴纳罚款应当由当事人书面申请，并说明经济困难的情况。",
    en="The party's written application, or the hardship that it states, is missing. Name both (application, cause).",
)
def applied_in_writing(f: PenaltyFacts) -> bool:
    """The party applies in writing and says of what its hardship is."""
    asked = f.deferral()
    return bool(asked.application.strip() and asked.cause.strip())


@rule(
    "NOTHING_DUE",
    law="APL-2021:66(2)",
    zh="本案没有尚未缴纳的罚款。",
    en="No fine is left to pay in this case.",
)
def fine_left(f: PenaltyFacts) -> bool:
    """Only a fine that is not paid yet is deferred."""
    return f.due() > 0


@rule(
    "ALREADY_DONE",
    law="APL-2021:66(2)",
    zh="延期、分期缴纳罚款的申请尚未决定。",
    en="An application to pay later or in instalments waits for its decision already.",
)
def none_waits(f: PenaltyFacts) -> bool:
    """The party applies again only after its application was decided."""
    return not f.case.deferral.HasField("request_time") or f.case.deferral.HasField("decide_time")


@rule(
    "DEFERRAL_NOT_APPROVED",
    guard="G-52",
    warning="EW-33",
    law="APL-2021:66(2)",
    zh="没有待决定的延期、分期缴纳罚款申请。",
    en="No application to pay later or in instalments waits for a decision. Record it first (RequestDeferral).",
)
def deferral_asked(f: PenaltyFacts) -> bool:
    """Nothing is approved that the party did not apply for."""
    return not none_waits.holds(f)


@rule(
    "REASONS_MISSING",
    law="APL-2021:66(2)",
    zh="不批准延期、分期缴纳罚款的，应当说明理由。",
    en="The application is refused without reasons. State them (reason).",
)
def refusal_reasoned(f: PenaltyFacts) -> bool:
    """What is refused is refused for stated reasons."""
    return f.deferral().approved or bool(f.deferral().reason.strip())


@rule(
    "EXTENSION_LATE",
    guard="G-52",
    warning="EW-33",
    law="APL-2021:66(2)",
    zh="应当在缴款期限届满前批准；逾期批准的，延长无效。",
    en="The time to pay was over when this was approved. What is late bears a surcharge.",
    tells=lambda f: {"due": local(end)} if (end := pay_by(f.case, f.calendar)) else {},
)
def deferral_in_time(f: PenaltyFacts) -> bool:
    """A term is lengthened while it runs."""
    end = pay_by(f.case, f.calendar)
    return not f.deferral().approved or (end is not None and f.at() <= end)


@rule(
    "INSTALMENTS_NOT_WHOLE",
    guard="G-52",
    warning="EW-33",
    law="APL-2021:66(2)",
    zh="批准延期、分期缴纳的，应当载明各期数额和日期，各期合计等于尚未缴纳的罚款，日期依次在现缴款期限之后。",
    en="The instalments do not make up what is left of the fine, or their days do not follow each other after the present time "
    "to pay. State amount and day of each.",
    tells=lambda f: {"due": yuan(f.due())},
)
def instalments_whole(f: PenaltyFacts) -> bool:
    """What is approved says how much is paid by which day, and makes up the fine."""
    if not f.deferral().approved:
        return True
    parts, end = f.instalments(), pay_by(f.case, f.calendar)
    if end is None or not all(part.HasField("due_time") and part.amount.fen > 0 for part in parts):
        return False
    days = [end.date(), *(moment_of(part.due_time).astimezone(SHANGHAI).date() for part in parts)]
    in_turn = all(one < next_ for one, next_ in pairwise(days))
    return bool(parts) and in_turn and sum(part.amount.fen for part in parts) == f.due()
