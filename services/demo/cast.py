"""Who appears: bodies, officers, parties. All made up, all labelled 示例, with numbers whose check digits are right."""

from dataclasses import dataclass
from random import Random

from yifa.enforcement.v1 import party_pb2 as parties

from services.given.case import ADDRESS
from services.given.people import TEST_AREA, credit_code, id_number

OFFICERS = 10
# The tenth is on the roster and never sits the exam; two fail it, the first of them for good.
UNCERTIFIED = 10
SCORES = {8: (42, 55), 9: (51, 78)}
SUSPENDED = 7

_TRADES = (
    "印染", "五金制品", "家具", "电镀", "食品", "建材", "包装材料", "塑料制品", "化工", "造纸", "涂料", "机械",
    "建筑工程", "市政工程", "物流", "置业", "土石方工程", "装饰工程", "燃气供应", "餐饮管理",
)  # fmt: skip
_SHOPS = ("大排档", "烧烤店", "饺子馆", "服装店", "手机店", "水果店", "小炒店", "便利店")


@dataclass(frozen=True)
class Department:
    """A department as the city registers it. `label` tells its officers from the other's."""

    node: str
    name: str
    prefix: str
    field: str
    label: str
    unit: str
    place: str
    serial: int


DEPARTMENTS = (
    Department("huanbao", "示例市生态环境局", "示环罚", "生态环境", "甲", "示例执法一科", "示例工业园", 1),
    Department(
        "chengguan", "示例市城市管理综合执法局", "示城罚", "城市管理", "乙", "示例执法中队", "示例大道", 2
    ),
)


def officer_name(department: Department, number: int) -> str:
    return f"示例执法员{department.label}{number:02d}"


def party(rng: Random, kind: str) -> parties.Party:
    """A made-up party of a kind: CITIZEN, ORGANISATION or SOLE_TRADER."""
    serial = rng.randrange(100, 900)
    makers = {
        "CITIZEN": lambda: (f"示例公民{serial}（示*某）", id_number(serial)),
        "ORGANISATION": lambda: (
            f"示例{rng.choice(_TRADES)}{serial}号有限公司",
            credit_code(70_000_000 + serial, "91", TEST_AREA),
        ),
        "SOLE_TRADER": lambda: (
            f"示例{rng.choice(_SHOPS)}{serial}号（个体工商户）",
            credit_code(80_000_000 + serial, "92", TEST_AREA),
        ),
    }
    name, number = makers[kind]()
    return parties.Party(
        kind=parties.PartyKind.Value(f"PARTY_KIND_{kind}"),
        name=name,
        identity_number=number,
        address=ADDRESS,
    )
