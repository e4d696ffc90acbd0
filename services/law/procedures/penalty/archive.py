"""A closed case goes into the archive: one case one volume, whole, and closed from then on (APL 47; SAMR 78; ENV 80)."""

from yifa.enforcement.v1.case_pb2 import CaseState

from services.law.paper import PAPERS
from services.law.paper_form import holds
from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.rule import rule
from services.law.volume import NEEDED


def lacking(f: PenaltyFacts) -> list[str]:
    """The papers of what was done in the case that were not issued, by their kinds."""
    case, issued = f.case, f.issued()
    state = CaseState.Name(case.state).removeprefix("CASE_STATE_")
    due = (
        kind
        for kind in NEEDED
        if case.procedure in (paper := PAPERS[kind]).procedures
        and (not paper.states or state in paper.states)
        and holds(case, paper.due)
    )
    return [kind for kind in due if kind not in issued]


@rule(
    "ALREADY_DONE",
    law="APL-2021:47",
    zh="本案已经归档。",
    en="The case is in the archive already.",
)
def not_archived_yet(f: PenaltyFacts) -> bool:
    """One case is one volume."""
    return not f.case.HasField("archive")


@rule(
    "ARCHIVE_INCOMPLETE",
    guard="G-56",
    law="SAMR-2022:78(1)",
    zh="案卷归档应当材料齐全；应有的文书尚未制作。",
    en="Papers of what was done in the case are lacking. Issue them (IssuePaper).",
    tells=lambda f: {
        "lacking": ",".join(lacking(f)),
        "lacking_zh": "、".join(PAPERS[k].zh for k in lacking(f)),
    },
)
def volume_complete(f: PenaltyFacts) -> bool:
    """The volume of a case has every paper of what was done in it."""
    return not lacking(f)
