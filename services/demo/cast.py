"""Who appears: bodies, officers, parties. All made up, all labelled 示例, with numbers whose check digits are right."""

from dataclasses import dataclass
from random import Random

from stdnum.cn import ric, uscc
from yifa.enforcement.v1 import case_pb2 as cases

# No division of GB/T 2260 has this number, so that no number made here can be anybody's.
TEST_AREA = "999901"
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


def credit_code(kind: str, serial: int) -> str:
    """A 统一社会信用代码 (GB 32100): kind is 11 for an agency, 91 for a company, 92 for a sole trader."""
    base = f"{kind}{TEST_AREA}{organisation_code(serial)}"
    return base + str(uscc.calc_check_digit(base))


def organisation_code(serial: int) -> str:
    """A 组织机构代码 of nine characters (GB 11714)."""
    base = f"{serial:08d}"
    weighed = sum(int(c) * w for c, w in zip(base, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    return base + "0123456789X"[-weighed % 11]


def id_number(serial: int) -> str:
    """A 公民身份号码 (GB 11643) of nobody."""
    base = f"{TEST_AREA}19{70 + serial % 30}0101{serial % 1000:03d}"
    return base + str(ric.calc_check_digit(base + "0"))


def officer_name(department: Department, number: int) -> str:
    return f"示例执法员{department.label}{number:02d}"


def party(rng: Random, kind: str) -> cases.Party:
    """A made-up party of a kind: CITIZEN, ORGANISATION or SOLE_TRADER."""
    serial = rng.randrange(100, 900)
    makers = {
        "CITIZEN": lambda: (f"示例公民{serial}（示*某）", id_number(serial)),
        "ORGANISATION": lambda: (
            f"示例{rng.choice(_TRADES)}{serial}号有限公司",
            credit_code("91", 70_000_000 + serial),
        ),
        "SOLE_TRADER": lambda: (
            f"示例{rng.choice(_SHOPS)}{serial}号（个体工商户）",
            credit_code("92", 80_000_000 + serial),
        ),
    }
    name, number = makers[kind]()
    return cases.Party(kind=cases.PartyKind.Value(f"PARTY_KIND_{kind}"), name=name, identity_number=number)
