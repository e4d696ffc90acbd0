"""Whose case it is: by the place of the act, by the level of government, by who filed first (APL 22–25). Pure."""

import re
import unicodedata
from hashlib import sha256

from yifa.enforcement.v1.case_pb2 import Case
from yifa.registry.v1.body_pb2 import BODY_KIND_TOWNSHIP
from yifa.registry.v1.power_pb2 import (
    POWER_LEVEL_CITY,
    POWER_LEVEL_DISTRICT,
    POWER_LEVEL_SHARED,
    POWER_LEVEL_TOWNSHIP,
    POWER_LEVEL_UNSPECIFIED,
)

from services.enforcement.facts import Facts, designated, moment_of
from services.law.areas import covers, tier
from services.law.calendar import SHANGHAI
from services.law.process import rule

# The level of a power list that a body exercises by its own area.
LEVEL_OF = {"city": POWER_LEVEL_CITY, "county": POWER_LEVEL_DISTRICT}


def matter_of(case: Case) -> str:
    """One and the same for cases about one act of one party, as a hash; empty while party, act, day or place is unknown.

    It is made of what every reader of the case sees, so it discloses nothing more. Places of one city may be written
    as the city or as the district, so whether they overlap is for `same_place` to say.
    """
    party, violation = case.party, case.violation
    act = violation.benchmark_id or violation.title
    known = party.name and party.identity_number and act and case.area_code
    if not known or not violation.HasField("occur_time"):
        return ""
    day = moment_of(violation.occur_time).astimezone(SHANGHAI).date()
    parts = (plain(party.name), party.identity_number, plain(act), case.area_code[:4], day.isoformat())
    return sha256("\n".join(parts).encode()).hexdigest()


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


@rule(
    "PLACE_OUTSIDE_JURISDICTION",
    law="APL-2021:22",
    zh="违法行为发生地不在该主体的管辖区域内，应当由违法行为发生地的行政机关管辖。",
)
def place_inside(f: Facts) -> bool:
    """A case belongs to the agency of the place where the act happened, unless another was designated."""
    return f.place_inside is not False or designated(f.case)


@rule(
    "LEVEL_NOT_COMPETENT",
    law="APL-2021:23;APL-2021:24(2)",
    zh="该事项依权责清单的事权划分由其他层级的机关行使；乡镇、街道只能行使清单载明已交由其行使的处罚权。",
)
def level_competent(f: Facts) -> bool:
    """An item is exercised by the level of government that the power list gives it to; a township has what was handed over."""
    return f.level_fits is not False or designated(f.case)


@rule(
    "JURISDICTION_CONFLICT",
    law="APL-2021:25(1)",
    zh="同一当事人的同一违法行为已经先行立案；如属另一违法行为，应当说明理由。",
)
def first_to_file(f: Facts) -> bool:
    """Who files first handles the case; one about another act says what tells it from the one filed before."""
    return f.filed_before is None or bool(f.distinct_reason.strip())
