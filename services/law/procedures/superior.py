"""The superior of an enforcement body (上级部门): the body of its own or a higher level to which it asks and reports, held to
what makes a ladder of it.
"""

from abc import abstractmethod
from typing import Any

from yifa.registry.v1.body_pb2 import BodyKind, EnforcementBody

from services.law.announced import MAY_ENFORCE
from services.law.areas import area_of, tier
from services.law.rule import Facts, rule

LAW = "CITY-ERS:1(2)"
LEVELS = ("town", "county", "city", "province", "nation")
"""From the lowest up."""


def level(body: EnforcementBody) -> str:
    """The level of a body: a town or sub-district is one by its kind, another is of that of its area; empty for none known."""
    if body.kind == BodyKind.BODY_KIND_TOWNSHIP:
        return "town"
    return tier(area_of(body.unified_social_credit_code))


class SuperiorFacts(Facts):
    """`body` as it stands before the act."""

    body: EnforcementBody

    @abstractmethod
    def superior(self) -> EnforcementBody | None:
        """The body that is named as the superior; an unspecified one where the register knows none, None where the superior is
        taken away.
        """

    @abstractmethod
    def above(self) -> tuple[str, ...]:
        """The bodies, by id, that stand above the one that is named, as far as the register goes."""


def _of_superior(f: SuperiorFacts) -> dict[str, str]:
    named = f.superior()
    if named is None:
        return {}
    return {"superior": named.body_id, "level": level(f.body), "superior_level": level(named)}


@rule(
    "SUPERIOR_INVALID",
    law=LAW,
    zh="上级部门应当是已经确认、公示且未撤销的执法主体；请先确认公示，或者改填其他主体。",
    en="The body named as superior is not confirmed and announced, or has ended. Confirm and announce it first, or name another "
    "(superior_body_id).",
    tells=_of_superior,
)
def superior_acts(f: SuperiorFacts) -> bool:
    """A superior is a body that is in force."""
    named = f.superior()
    return named is None or (bool(named.body_id) and named.state in MAY_ENFORCE)


@rule(
    "SUPERIOR_INVALID",
    law=LAW,
    zh="执法主体不得以自身为上级部门；没有上级部门的，不填。",
    en="A body is not its own superior. Name another body, or none (superior_body_id).",
    tells=_of_superior,
)
def superior_other(f: SuperiorFacts) -> bool:
    """No body is its own superior."""
    named = f.superior()
    return named is None or named.body_id != f.body.body_id


@rule(
    "SUPERIOR_INVALID",
    law=LAW,
    zh="上级部门的层级不得低于本主体；请改填同级或者上级的主体。",
    en="The body named as superior is of a lower level, or its level is not known. Name one of the same or a higher level "
    "(superior_body_id).",
    tells=_of_superior,
)
def superior_not_lower(f: SuperiorFacts) -> bool:
    """A superior is of the same level or of a higher one, and its level is known; whether there is one is asked by itself."""
    named = f.superior()
    if named is None or not named.body_id:
        return True
    own, its = level(f.body), level(named)
    return own in LEVELS and its in LEVELS and LEVELS.index(own) <= LEVELS.index(its)


@rule(
    "SUPERIOR_INVALID",
    law=LAW,
    zh="该主体的上级部门（直接或者间接）正是本主体，两者不得互为上级；请先更正其上级部门。",
    en="This body stands above the one that is named, so that each would be above the other. Correct the superior of that one "
    "first, or name another (superior_body_id).",
    tells=lambda f: _of_superior(f) | {"above": ",".join(f.above()[:20])},
)
def superior_no_circle(f: SuperiorFacts) -> bool:
    """Superiors make no circle."""
    return f.body.body_id not in f.above()


SUPERIOR: tuple[Any, ...] = (superior_acts, superior_other, superior_not_lower, superior_no_circle)
"""What is asked of the body that is named as the superior of another."""
