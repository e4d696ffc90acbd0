"""What the law asks of the body that acts: standing, powers, mandate. Pure."""

from services.enforcement.facts import Facts, moment_of
from services.law.process import rule


@rule("SUBJECT_NOT_QUALIFIED", law="APL-2021:38(1)", zh="该机构未经确认具有行政处罚主体资格。")
def body_confirmed(f: Facts) -> bool:
    """Only a body confirmed as an enforcement body of this node may impose penalties."""
    return f.body_confirmed is not False


@rule(
    "SUBJECT_NOT_QUALIFIED",
    law="APL-2021:38(1)",
    zh="办理本案的执法主体已被撤销，应当由承继其职权的主体继续办理。",
)
def body_lasts(f: Facts) -> bool:
    """The body that handles the case had not ended; who goes on with its powers goes on with the case."""
    return not f.case.HasField("body_end_time") or f.at < moment_of(f.case.body_end_time)


@rule(
    "SUCCESSOR_NOT_NAMED",
    law="ALIT-2017:26(6)",
    zh="该主体不是本案原主体的承继主体，或者不具有执法主体资格。",
)
def named_successor(f: Facts) -> bool:
    """A case of a body that ended is passed to one that was named its successor and may enforce here."""
    return f.successor is not False


@rule(
    "NO_LEGAL_BASIS",
    law="APL-2021:4;APL-2021:38(1)",
    zh="该主体已公布权责清单，案件应当载明其中当时有效、依据现行有效的行政处罚事项。",
)
def item_held(f: Facts) -> bool:
    """A body with a published power list exercises an item of it that it held at that moment, on a basis in force."""
    return f.item_held is not False


@rule(
    "ENTRUSTMENT_INVALID", law="APL-2021:20(4)", zh="受委托组织应当在委托书载明的期限和事项内实施行政处罚。"
)
def within_mandate(f: Facts) -> bool:
    """An entrusted body acts inside the period and the items of its mandate."""
    return f.mandate_holds is not False
