"""The rules of the review of case files: who reviews, what a verdict has to say, and how several become one."""

from collections.abc import Callable, Mapping
from typing import Any

from services.law.procedures.file_review.facts import FileReviewFacts
from services.law.rule import rule


def _tells(name: str) -> Callable[[Any], Mapping[str, str]]:
    """The figures of a refusal: what a fact lists."""
    return lambda f: {name: ",".join(sorted(getattr(f, name)() or ()))}


@rule(
    "FILE_STANDARD_CHANGED",
    law="GD-FILE:6;GD-FILE:15",
    zh="该案卷开始评查时所依据的评查标准已被删除或者改动；标准的修改应当另立新版本，请先恢复原标准。",
    en="The standard by which this review was opened was changed or taken out. Put it back as it was; an amendment is a standard "
    "of its own, with a later day.",
)
def standard_kept(f: FileReviewFacts) -> bool:
    """A file is reviewed by the standard with which it was drawn (GD-FILE 6, 15)."""
    return f.standard_kept() is True


@rule(
    "FILE_REVIEWERS_TOO_FEW",
    law="GD-FILE:10",
    zh="评查案卷的人员少于规定人数。",
    en="Fewer reviewers are named than a file needs. Name more.",
    tells=lambda f: {"needed": str(f.reviewers_needed())},
)
def reviewers_enough(f: FileReviewFacts) -> bool:
    """A file is reviewed by two or more persons, each for oneself (GD-FILE 10)."""
    needed = f.reviewers_needed()
    return needed > 0 and len(f.named()) >= needed


@rule(
    "FILE_REVIEWER_UNKNOWN",
    law="GD-FILE:10;ASR-2025:17",
    zh="评查人员应当是登记在册并持有有效证件的人员。",
    en="A reviewer named is not known to the registry, or holds no certificate in force. Name another.",
    tells=lambda f: {"reviewers": ",".join(sorted(f.named() - (f.known() or frozenset())))},
)
def reviewers_known(f: FileReviewFacts) -> bool:
    """Reviewers are persons whom the registry knows, with a certificate in force (GD-FILE 10, ASR 17)."""
    return bool(f.named()) and len(f.named()) == len(f.record.reviewers) and f.named() <= f.known()


@rule(
    "FILE_REVIEWER_OF_THE_BODY",
    law="GD-FILE:10;ASR-2025:8",
    zh="评查人员不得是被评查机关的人员。",
    en="A reviewer named belongs to the body whose file it is. Name somebody of another.",
    tells=_tells("members"),
)
def reviewers_elsewhere(f: FileReviewFacts) -> bool:
    """Nobody reviews the files of the own body (GD-FILE 10, ASR 8)."""
    return bool(f.named()) and f.named().isdisjoint(f.members())


@rule(
    "FILE_REVIEWER_RECUSED",
    guard="G-83",
    law="GD-FILE:10;CITY-ERS:6(4)",
    zh="参与过案件办理、审核、听证或者决定的人员应当回避。",
    en="A reviewer named took part in the case. Name somebody who did not.",
    tells=lambda f: {"reviewers": ",".join(sorted(f.named() & (f.involved() or frozenset())))},
)
def reviewers_apart(f: FileReviewFacts) -> bool:
    """Who took part in the case stands aside (GD-FILE 10, CITY-ERS 6(4))."""
    return bool(f.named()) and f.named().isdisjoint(f.involved())


@rule(
    "NOT_FILE_REVIEWER",
    law="GD-FILE:10",
    zh="只有被确定的评查人员可以打分。",
    en="The caller is not one of the reviewers of this file. Let one of them score it.",
)
def by_reviewer(f: FileReviewFacts) -> bool:
    """Each reviewer scores and signs for oneself (GD-FILE 10)."""
    return bool(f.record.scorer.strip()) and f.record.scorer in f.named()


@rule(
    "FILE_SCORED_ALREADY",
    law="GD-FILE:10",
    zh="该评查人员已经打分。",
    en="The caller has scored this file. What is to be said otherwise is said when the review is concluded.",
)
def scored_once(f: FileReviewFacts) -> bool:
    """What a reviewer signed stands (GD-FILE 10)."""
    return bool(f.record.scorer.strip()) and f.record.scorer not in f.record.scored


@rule(
    "FILE_ITEMS_NOT_JUDGED",
    law="GD-FILE:10",
    zh="应当对评查标准的每个项目作出判断；机器无法判断的，由评查人员判断。",
    en="An item has no verdict, or more than one, or is none of this file. Judge each item once, also those the machine cannot.",
    tells=_tells("unjudged"),
)
def every_item_judged(f: FileReviewFacts) -> bool:
    """Each item is judged by a person; what nobody judged never counts as met (GD-FILE 10)."""
    return f.unjudged() == ()


@rule(
    "FILE_POINTS_WRONG",
    law="GD-FILE:10",
    zh="扣分不得超过该项目分值；不符合的应当扣分，符合或者不适用的不得扣分。",
    en="More is taken off an item than it carries, or its deduction does not go with its verdict. Correct it.",
    tells=_tells("beyond"),
)
def within_points(f: FileReviewFacts) -> bool:
    """What is taken off goes with the verdict and stays within the points of the item (GD-FILE 10)."""
    return f.beyond() == ()


@rule(
    "FILE_VERDICT_NOT_REASONED",
    law="GD-FILE:10",
    zh="扣分、否决以及与机器预检不同的判断，应当写明理由。",
    en="A deduction, a veto, or a verdict other than that of the machine gives no reason. State it.",
    tells=_tells("unreasoned"),
)
def verdicts_reasoned(f: FileReviewFacts) -> bool:
    """Deductions are written down with their reasons (GD-FILE 10)."""
    return f.unreasoned() == ()


@rule(
    "FILE_NOT_SCORED",
    law="GD-FILE:10",
    zh="评查人员尚未全部打分。",
    en="Not every reviewer has scored the file. Wait for them.",
)
def all_scored(f: FileReviewFacts) -> bool:
    """Every reviewer has scored it (GD-FILE 10)."""
    return bool(f.named()) and f.named() == frozenset(f.record.scored)


@rule(
    "FILE_DIFFERENCES_OPEN",
    law="GD-FILE:10",
    zh="评查人员意见不一致的项目，应当逐项确认并说明理由。",
    en="Reviewers differ on an item and it was not settled. Settle each, with the reason.",
    tells=_tells("unsettled"),
)
def differences_settled(f: FileReviewFacts) -> bool:
    """Where the reviewers differ, somebody settles it item by item (GD-FILE 10)."""
    return f.unsettled() == ()


@rule(
    "FILE_CARRIES_NO_POINTS",
    law="GD-FILE:16",
    zh="没有适用的计分项目，不能评定等次。",
    en="No item that carries points applies to this file, so it has no grade. Look again at what does not apply.",
)
def carries_points(f: FileReviewFacts) -> bool:
    """A grade rests on points (GD-FILE 16)."""
    return f.carries_points() is True


@rule(
    "OVERSIGHT_ROLE_CONFLICT",
    guard="G-83",
    law="GD-FILE:10;CITY-ERS:6(4)",
    zh="评查结果应当由评查人员以外、没有参与案件且不属于被评查机关的人员确认。",
    en="Who concludes scored the file, took part in the case, or is of the body. Let somebody else conclude.",
)
def concluder_apart(f: FileReviewFacts) -> bool:
    """What the reviewers found is confirmed by somebody else (GD-FILE 10, CITY-ERS 6(4))."""
    return _apart(f, f.record.concluder) and f.record.concluder not in f.named()


@rule(
    "OVERSIGHT_ROLE_CONFLICT",
    guard="G-83",
    law="GD-FILE:12(1)[7];CITY-ERS:6(4)",
    zh="异议应当由评查、确认该案卷以外的人员复核。",
    en="Who re-checks scored or concluded the file, took part in the case, or is of the body. Let somebody else re-check.",
)
def examiner_apart(f: FileReviewFacts) -> bool:
    """An objection is re-checked by somebody who neither scored nor concluded (GD-FILE 12(7), CITY-ERS 6(4))."""
    r = f.record
    concluded = bool(r.concluder.strip()) and r.examiner != r.concluder
    return _apart(f, r.examiner) and concluded and bool(f.named()) and r.examiner not in f.named()


def _apart(f: FileReviewFacts, person: str) -> bool:
    return bool(person.strip()) and person not in f.involved() and person not in f.members()


@rule(
    "FILE_OBJECTED_ALREADY",
    law="GD-FILE:12(1)[7]",
    zh="对评查结果的异议已经提出。",
    en="The department objected already. What the re-check answers is final.",
)
def objected_once(f: FileReviewFacts) -> bool:
    """A result is objected to once (GD-FILE 12(7))."""
    return f.objected_before() is False
