"""EW-31: a plan or an evaluation measures by what fines bring in, or by how many there are."""

from collections.abc import Iterable

from services.law.fine_target import LAW, measures_by_fines, sets_target
from services.supervision.warning.catalogue import RED, Finding, warning
from services.supervision.warning.seen import SeenText


@warning("EW-31", RED, law=LAW, zh="趋利指标", en="Targets for fines", watches="text")
def target_set(seen: SeenText) -> Iterable[Finding]:
    """A plan sets a target for fines or case numbers, or people are judged by whether one was met (APL 74(3)). What forbids such
    targets speaks of them too, and is let be. Words can be chosen so that nothing is found.
    """
    found = "" if seen.judges else sets_target(*seen.texts)
    by = found or next((text for text in seen.texts if measures_by_fines(text)), "")
    if not by:
        return
    yield Finding(
        at=seen.at,
        zh=f"“{seen.title_zh}”中出现以罚款、罚没收入或者案件数量为指标的内容：“{by[:200]}”。",
        en=f"“{seen.title_en}” measures by fines, what they bring in, or the number of cases: “{by[:200]}”.",
        about=seen.subject,
        reason="FINE_TARGET",
        subject=seen.subject,
        node=seen.node,
    )
