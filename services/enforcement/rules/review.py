"""What the law asks of review and decision: by whom, and in which order. Pure."""

from services.enforcement.facts import Facts
from services.law.process import rule


@rule("SOD_VIOLATION", law="SAMR-2022:49(3)", zh="办案人员不得作为本案审核人员。")
def reviewer_apart(f: Facts) -> bool:
    """Who investigates a case does not review it."""
    return not f.investigated


@rule(
    "REVIEWER_NOT_QUALIFIED",
    law="APL-2021:58(2)",
    zh="法制审核人员在审核时应当持有有效的法制审核资格。",
)
def reviewer_qualified(f: Facts) -> bool:
    """Where the register keeps reviewers, who passes a review holds a qualification for it in force."""
    return f.qualified is not False


@rule("SOD_VIOLATION", law="APL-2021:64[4]", zh="听证由非本案调查人员主持。")
def host_apart(f: Facts) -> bool:
    """A hearing is conducted by a person who does not investigate the case."""
    return not f.investigated


@rule(
    "SOD_VIOLATION",
    law="APL-2021:57(1);APL-2021:58(1)",
    zh="调查、审核、决定应当分离：决定人不得是本案调查人员或者审核人员。",
)
def decider_apart(f: Facts) -> bool:
    """Who investigates or reviews a case does not decide it."""
    return not f.investigated and (f.caller is None or f.caller != f.case.review.reviewer)


@rule("LEGAL_REVIEW_NOT_PASSED", law="APL-2021:58(1)", zh="未经法制审核或者审核未通过。")
def review_passed(f: Facts) -> bool:
    """Legal review has passed."""
    return f.case.review.passed
