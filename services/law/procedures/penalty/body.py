"""What the law asks of the body that acts: standing, powers, mandate, jurisdiction (APL 17–25)."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256

from yifa.enforcement.v1.case_pb2 import Case
from yifa.registry.v1.body_pb2 import BODY_KIND_TOWNSHIP
from yifa.registry.v1.power_pb2 import (
    POWER_KIND_PENALTY,
    POWER_LEVEL_CITY,
    POWER_LEVEL_DISTRICT,
    POWER_LEVEL_SHARED,
    POWER_LEVEL_TOWNSHIP,
    POWER_LEVEL_UNSPECIFIED,
)

from services.law.areas import covers, tier
from services.law.calendar import SHANGHAI
from services.law.moment import moment_of
from services.law.procedures.penalty.facts import Body, PenaltyFacts
from services.law.rule import rule

# The level of a power list that a body exercises by its own area.
LEVEL_OF = {"city": POWER_LEVEL_CITY, "county": POWER_LEVEL_DISTRICT}
# These acts have to name an item as soon as the body's list is published; the others only keep to the one that was named.
NAMES_ITEM = frozenset({"FILE_CASE", "MAKE_SPOT_DECISION"})


def during(start: datetime | None, end: datetime | None, at: datetime) -> bool:
    """From a moment until just before another; one that is not known bounds nothing."""
    return (start is None or start <= at) and (end is None or at < end)


def may_enforce(body: Body | None, node: str, now: datetime, at: datetime) -> bool:
    """Whether a body may enforce at a node now, or might at an earlier moment."""
    if body is None or body.node != node:
        return False
    if at >= now:
        return bool(body.confirmed)
    known_end = body.from_time is not None and body.until_time is not None
    return bool(body.confirmed or known_end) and during(body.from_time, body.until_time, at)


def designated(case: Case) -> bool:
    """Whether the common superior said that this case goes on: its place and level are then no question any more."""
    return bool(case.designation.case_id) and case.designation.case_id == case.case_id


def matter_of(case: Case) -> str:
    """One and the same for cases about one act of one party, as a hash; empty while party, act, day or place is unknown.

    It is made of what every reader of the case sees, so it discloses nothing more. Places of one city may be written
    as the city or as the district, so whether they overlap is for `same_place` to say.
    """
    return next(matters_near(case, 0), "") if case.violation.HasField("occur_time") else ""


def matters_near(case: Case, days: int) -> Iterator[str]:
    """The same for acts of up to so many days before and after, the first first."""
    party, violation = case.party, case.violation
    act = violation.benchmark_id or violation.title
    if not (party.name and party.identity_number and act and case.area_code):
        return
    of_whom = "\n".join((plain(party.name), plain(party.identity_number), plain(act), case.area_code[:4]))
    day = moment_of(violation.occur_time).astimezone(SHANGHAI).date()
    for by in range(-days, days + 1):
        yield sha256(f"{of_whom}\n{(day + timedelta(days=by)).isoformat()}".encode()).hexdigest()


def plain(text: str) -> str:
    """A text as it is compared: without spaces, in one width and case."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold()


def same_place(one: str, other: str) -> bool:
    """Whether two places may be the same."""
    return covers(one, other) or covers(other, one)


def level_fits(kind: int, area_code: str, level: int, *, listed: bool) -> bool:
    """Whether a body may exercise an item that the power list gives to a level of government.

    A township has only what was handed over to it, by an item of its list. What is not recorded is not compared.
    """
    if kind == BODY_KIND_TOWNSHIP:
        return listed and level in (POWER_LEVEL_TOWNSHIP, POWER_LEVEL_UNSPECIFIED)
    own = LEVEL_OF.get(tier(area_code))
    return not own or level in (own, POWER_LEVEL_SHARED, POWER_LEVEL_UNSPECIFIED)


def _body_and_item(f: PenaltyFacts) -> dict[str, str]:
    return {"body_id": f.case.body_id, "item_id": f.case.item_id}


@rule(
    "SUBJECT_NOT_QUALIFIED",
    guard="G-01",
    law="APL-2021:38(1)",
    zh="该机构未经确认具有行政处罚主体资格。",
    en="The body is not confirmed as an enforcement body of this department. Have it confirmed and announced by the city first.",
    tells=lambda f: {"body_id": f.case.body_id},
)
def body_confirmed(f: PenaltyFacts) -> bool:
    """Only a body confirmed as an enforcement body of this node may impose penalties."""
    return may_enforce(f.own_body(), f.case.node, f.now, f.standing_at())


@rule(
    "SUBJECT_NOT_QUALIFIED",
    guard="G-01",
    warning="EW-33",
    law="APL-2021:38(1)",
    zh="办理本案的执法主体已被撤销，应当由承继其职权的主体继续办理。",
    en="The body that handles the case has ended. Pass the case to the body that goes on with its powers (PassCase).",
    tells=lambda f: {"body_id": f.case.body_id},
)
def body_lasts(f: PenaltyFacts) -> bool:
    """The body that handles the case had not ended; who goes on with its powers goes on with the case."""
    return not f.case.HasField("body_end_time") or f.at() < moment_of(f.case.body_end_time)


@rule(
    "SUCCESSOR_NOT_NAMED",
    guard="G-01",
    law="ALIT-2017:26(6)",
    zh="该主体不是本案原主体的承继主体，或者不具有执法主体资格。",
    en="This body was not named the successor of the body that ended, or may not enforce here. Name one that was.",
    tells=lambda f: {"body_id": f.case.body_id},
)
def named_successor(f: PenaltyFacts) -> bool:
    """A case of a body that ended is passed to one that was named its successor and may enforce here."""
    body = f.own_body()
    if not f.case.HasField("body_end_time") and (body is None or body.until_time is None):
        return False
    heir = f.receiver()
    return f.case.body_id in heir.predecessors and may_enforce(heir, f.case.node, f.now, f.now)


@rule(
    "NO_LEGAL_BASIS",
    guard="G-02",
    law="APL-2021:4;APL-2021:38(1)",
    zh="该主体已公布权责清单，案件应当载明其中当时有效、依据现行有效的行政处罚事项。",
    en="The body's power list is published, and no penalty item of it that is in force is named. Name one (item_id).",
    tells=_body_and_item,
)
def item_held(f: PenaltyFacts) -> bool:
    """A body with a published power list exercises an item of it that it held at that moment, on a basis in force."""
    owner = f.owner()
    if not f.case.item_id:
        return not (f.move.act in NAMES_ITEM and owner is not None and owner.listed)
    item = f.item(f.case.item_id)
    return (
        item is not None
        and owner is not None
        and item.body_id == owner.body_id
        and item.kind == POWER_KIND_PENALTY
        and item.from_time is not None
        and during(item.from_time, item.until_time, f.standing_at())
    )


@rule(
    "ENTRUSTMENT_INVALID",
    guard="G-03",
    law="APL-2021:20(4)",
    zh="受委托组织应当在委托书载明的期限和事项内实施行政处罚。",
    en="The mandate of this entrusted body does not cover the item or the day. Act inside its items and its period.",
    tells=_body_and_item,
)
def within_mandate(f: PenaltyFacts) -> bool:
    """An entrusted body acts inside the period and the items of its mandate."""
    body = f.own_body()
    if body is None or body.mandate_from is None:
        return True
    asked = bool(body.mandate_items) and (bool(f.case.item_id) or f.move.act in NAMES_ITEM)
    covered = not asked or f.case.item_id in body.mandate_items
    return covered and during(body.mandate_from, body.mandate_until, f.standing_at())


@rule(
    "PLACE_OUTSIDE_JURISDICTION",
    guard="G-04",
    law="APL-2021:22",
    zh="违法行为发生地不在该主体的管辖区域内，应当由违法行为发生地的行政机关管辖。",
    en="The act happened outside the area of this body. Transfer the case to the agency of that place (TransferCase).",
    tells=lambda f: {"body_id": f.case.body_id, "area_code": f.case.area_code},
)
def place_inside(f: PenaltyFacts) -> bool:
    """A case belongs to the agency of the place where the act happened, unless another was designated."""
    owner = f.owner()
    return designated(f.case) or owner is None or covers(owner.area_code, f.case.area_code)


@rule(
    "LEVEL_NOT_COMPETENT",
    guard="G-04",
    law="APL-2021:23;APL-2021:24(2)",
    zh="该事项依权责清单的事权划分由其他层级的机关行使；乡镇、街道只能行使清单载明已交由其行使的处罚权。",
    en="The power list gives this item to another level of government. Transfer the case to that level.",
    tells=_body_and_item,
)
def level_competent(f: PenaltyFacts) -> bool:
    """An item is exercised by the level of government that the power list gives it to; a township has what was handed over."""
    owner = f.owner()
    if designated(f.case) or owner is None:
        return True
    item = f.item(f.case.item_id) if f.case.item_id else None
    level = item.level if item is not None else POWER_LEVEL_UNSPECIFIED
    return level_fits(owner.kind, owner.area_code, level, listed=item is not None)


@rule(
    "JURISDICTION_CONFLICT",
    guard="G-04",
    law="APL-2021:25(1)",
    zh="同一当事人的同一违法行为已经先行立案；如属另一违法行为，应当说明理由。",
    en="A case about the same act of the same party was filed before. If this is another act, say what tells it apart.",
    tells=lambda f: {
        "other_case_id": f.filed_before().case_id if f.filed_before() else "",
        "other_case_number": f.filed_before().case_number if f.filed_before() else "",
    },
)
def first_to_file(f: PenaltyFacts) -> bool:
    """Who files first handles the case; one about another act says what tells it from the one filed before."""
    return f.filed_before() is None or bool(f.distinct_reason().strip())
