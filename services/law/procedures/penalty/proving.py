"""What facts may rest on: evidence that was verified, and none that was got unlawfully (APL 46(2), (3))."""

from collections.abc import Iterator

from yifa.enforcement.v1.case_pb2 import Case
from yifa.enforcement.v1.evidence_mark_pb2 import EvidenceMark, EvidenceVerdict

from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.rule import rule

VERIFIED = EvidenceVerdict.EVIDENCE_VERDICT_VERIFIED
EXCLUDED = EvidenceVerdict.EVIDENCE_VERDICT_EXCLUDED


def mark_of(case: Case, evidence_id: str) -> EvidenceMark:
    """How a piece of evidence stands in the record; an empty one where the record does not know it."""
    return next((m for m in case.evidence_marks if m.evidence_id == evidence_id), EvidenceMark())


def relied_on(case: Case) -> Iterator[EvidenceMark]:
    """The pieces that were verified, and neither set aside nor excluded since."""
    return (mark for mark in case.evidence_marks if mark.verdict == VERIFIED)


def unexamined(case: Case) -> int:
    """How many pieces nobody looked at yet, or of which the record says nothing."""
    return max(case.evidence_count - sum(bool(mark.verdict) for mark in case.evidence_marks), 0)


@rule(
    "VERIFICATION_NOT_SHOWN",
    guard="G-12",
    warning="EW-33",
    law="APL-2021:46(2)",
    zh="查证证据应当载明查证的方法和结果。",
    en="It is not said how the evidence was verified. State it (how).",
)
def verification_shown(f: PenaltyFacts) -> bool:
    """Who finds evidence true, or not, says how."""
    return bool(f.examined().verification.how.strip())


@rule(
    "EXCLUSION_NOT_GROUNDED",
    guard="G-12",
    warning="EW-33",
    law="APL-2021:46(3)",
    zh="排除证据应当载明法定事由及其事实。",
    en="It is not said on which ground the evidence is left out, or for which facts. State both (ground, reason).",
)
def exclusion_grounded(f: PenaltyFacts) -> bool:
    """Evidence is left out on a ground, for facts that are stated."""
    said = f.examined().exclusion
    return bool(said.ground) and bool(said.reason.strip())


@rule(
    "EVIDENCE_EXCLUDED",
    guard="G-12",
    warning="EW-33",
    law="APL-2021:46(3)",
    zh="该证据已因取得不合法被排除，不得再作认定。",
    en="The evidence was left out for how it was got, and stays so.",
)
def not_excluded(f: PenaltyFacts) -> bool:
    """What was left out stays out."""
    wanted = f.examined().evidence_id
    return bool(wanted) and mark_of(f.case, wanted).verdict != EXCLUDED


@rule(
    "EVIDENCE_NOT_VERIFIED",
    guard="G-12",
    warning="EW-33",
    law="APL-2021:46(2);APL-2021:46(3);APL-2021:40",
    zh="认定案件事实应当有经查证属实、且未被排除的证据。",
    en="No evidence of this case was verified and not excluded, so nothing proves the facts. Verify it (VerifyEvidence).",
)
def rests_on_verified(f: PenaltyFacts) -> bool:
    """A penalty rests on evidence that was verified, and not on what was got unlawfully."""
    return any(relied_on(f.case))


@rule(
    "EVIDENCE_NOT_EXAMINED",
    guard="G-12",
    warning="EW-33",
    law="APL-2021:46(2)",
    zh="有证据尚未查证：应当逐一查证属实，或者不予采信、予以排除。",
    en="Somebody has yet to look whether evidence of the case is true. Verify each piece, rely on it or not, or exclude it "
    "(VerifyEvidence, ExcludeEvidence).",
    tells=lambda f: {"evidence": str(unexamined(f.case))},
)
def all_examined(f: PenaltyFacts) -> bool:
    """No report and no decision leaves evidence of the case unexamined."""
    return not unexamined(f.case)
