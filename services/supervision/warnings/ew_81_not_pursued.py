"""EW-81: the pursuit of responsibility is overdue, or what had been found so is not pursued."""

from collections.abc import Iterable

from services.law.clock import catalogue
from services.law.moment import moment_at, moment_of
from services.supervision.accountability.judging import SeenAccountability
from services.supervision.warning.catalogue import ORANGE, RED, Finding, said, warning

TERMS = frozenset({"ACC-01", "ACC-02"})


@warning(
    "EW-81",
    ORANGE,
    law="CITY-ERS:6(5)",
    zh="责任追究逾期、应追究未追究",
    en="Responsibility pursued late or not at all",
    watches="accountability",
)
def not_pursued(seen: SeenAccountability) -> Iterable[Finding]:
    """The preliminary review or the investigation is not done when its term ended (ACC-01, ACC-02); or a clue is dropped. Graver
    where the review had named causes: who does not pursue whom it should answers for it (CITY-ERS 6(5)).
    """
    yield from _overdue(seen)
    yield from _dropped(seen)


def _overdue(seen: SeenAccountability) -> Iterable[Finding]:
    for deadline in seen.matter.deadlines:
        due, done = moment_of(deadline.due_time), moment_at(deadline, "stop_time")
        if deadline.clock_id not in TERMS or (done or seen.now) < due:
            continue
        clock = catalogue()[deadline.clock_id]
        yield Finding(
            at=due,
            zh=f"{seen.matter.body_name}“{seen.matter.title}”的{clock.title_zh}应当于{said(due)}前完成，至今没有完成。",
            en=f"{clock.title_en} of “{seen.matter.title}” at {seen.matter.body_name} was due by {said(due)} and is not done.",
            about=deadline.clock_id,
            reason="PURSUIT_OVERDUE",
            clock_id=deadline.clock_id,
            node=seen.city,
            law=seen.look.parameters.cited(clock.law),
            over=done is not None,
        )


def _dropped(seen: SeenAccountability) -> Iterable[Finding]:
    if seen.view.state != "NOT_PURSUED" or not seen.matter.HasField("drop"):
        return
    at, who = moment_of(seen.matter.drop.decide_time), seen.matter.drop.decider
    found = seen.matter.review.pursue
    yield Finding(
        at=at,
        zh=f"{seen.matter.body_name}“{seen.matter.title}”由{who}决定不予追究"
        f"{'，而初步审查已经指明追究事由' if found else ''}：{seen.matter.drop.reasons}",
        en=f"{who} decided not to pursue “{seen.matter.title}” at {seen.matter.body_name}"
        f"{', though the review had named causes' if found else ''}: {seen.matter.drop.reasons}",
        reason="NOT_PURSUED",
        node=seen.city,
        level=RED if found else 0,
    )
