"""The review of a document that comes with a reconsideration (ARL 56-60)."""

from services.law.procedures.reconsideration.facts import ReconsiderationFacts
from services.law.rule import rule


@rule(
    "NO_POWER_OVER_DOCUMENT",
    law="ARL-2023:56;ARL-2023:57",
    zh="有权处理的，方可自行处理。",
    en="The body has no power over the document. Forward it to who has (ForwardReconsiderationDocument).",
)
def own_power(f: ReconsiderationFacts) -> bool:
    """Only a body with power over the document deals with it (ARL 56, 57)."""
    return f.own_power() is True


@rule(
    "POWER_OVER_DOCUMENT",
    law="ARL-2023:56;ARL-2023:57",
    zh="无权处理的，方可转送。",
    en="The body itself has power over the document. Deal with it.",
)
def no_own_power(f: ReconsiderationFacts) -> bool:
    """A body with power over the document does not forward it (ARL 56, 57)."""
    return f.own_power() is False


@rule(
    "CLAUSES_MISSING",
    law="ARL-2023:58(1)",
    zh="应当载明所审查的条款。",
    en="It is not said which clauses are reviewed. Name them (clauses).",
)
def clauses_named(f: ReconsiderationFacts) -> bool:
    """It is said which clauses are looked at (ARL 58(1))."""
    return bool(f.record.clauses) and all(c.strip() for c in f.record.clauses)


@rule(
    "MAKER_NOT_ASKED",
    law="ARL-2023:58(1)",
    zh="应当书面通知制定机关就相关条款的合法性提出书面答复。",
    en="The maker was not asked about the clauses. Ask it first.",
)
def maker_asked(f: ReconsiderationFacts) -> bool:
    """The maker of the document was asked for its reply about the clauses (ARL 58(1))."""
    return f.record.maker_notify_time is not None and any(c.strip() for c in f.record.clauses)


@rule(
    "DOCUMENT_NOT_DEALT_WITH",
    law="ARL-2023:39(2);ARL-2023:56;ARL-2023:57",
    zh="附带审查的规范性文件尚未处理完毕，不得恢复审理。",
    en="The document that is reviewed with it is not dealt with yet. Decide on it, or wait for the competent body.",
)
def document_dealt_with(f: ReconsiderationFacts) -> bool:
    """What was suspended for the review of a document goes on when that is dealt with (ARL 39(1)[9], 39(2))."""
    return f.document_open() is False
