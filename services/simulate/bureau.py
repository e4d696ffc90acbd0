"""The departments of the city, each with a body, its people, its powers and its benchmark, set up over the public API."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from yifa.enforcement.v1 import benchmark_pb2 as benchmarks
from yifa.registry.v1 import basis_pb2, body_pb2, power_pb2

from services.given import permit, supervisor
from services.given import registry as given
from services.given.case import band, yuan
from services.given.measure import stamp
from services.given.people import CITY, FINANCE, HEAD, OVERSIGHT, REGISTRAR, REVIEWER
from services.given.say import Do, Say, patient
from services.law.calendar import SHANGHAI

LONG_AGO = datetime(2019, 1, 1, tzinfo=SHANGHAI)
OFFICERS = 4
# How many seconds word of another node may be under way, while the city is set up and later: what is refused for longer is.
SETTING_UP, UNDER_WAY = 60.0, 3.0
RECEIPTS, SERIES = 900, "示例票据"
STATUTE, CODE = "示例法", "1-1"
# Fields of three sectors, whose clocks are not alike.
FIELDS = ("生态环境", "城市管理", "市场监督管理")
POWERS = {
    "penalty": (power_pb2.POWER_KIND_PENALTY, "CF-001", "违法行为的行政处罚"),
    "inspection": (power_pb2.POWER_KIND_INSPECTION, "JC-001", "行政检查"),
    "coercion": (power_pb2.POWER_KIND_COERCION, "QZ-001", "查封、扣押"),
    "permit": (power_pb2.POWER_KIND_PERMIT, "XK-001", "特定活动的许可"),
}


@dataclass
class Bureau:
    """A department at work."""

    node: str
    say: Say
    body: body_pb2.EnforcementBody
    heads: tuple[str, str] = ("", "")
    reviewer: str = ""
    officers: list[str] = field(default_factory=list)
    certificates: dict[str, str] = field(default_factory=dict)
    items: dict[str, str] = field(default_factory=dict)
    guide_id: str = ""
    receipts: int = 0
    years: int = 2026

    @property
    def body_id(self) -> str:
        return str(self.body.body_id)

    @property
    def name(self) -> str:
        return str(self.body.name)

    @property
    def do(self) -> Do:
        """The department at work on its cases."""

        async def do(rpc: str, by: Sequence[str], /, **fields: Any) -> Any:
            return await self.say(self.node, "enforcement", rpc, tuple(by), **fields)

        return do

    @property
    def head(self) -> tuple[str, str]:
        return self.heads[0], HEAD[1]

    async def publish(self, code: str, least: float, most: float, *more: benchmarks.Band) -> str:
        """An item of the benchmark with a band, and more; its id."""
        item = benchmarks.Benchmark(
            code=code, statute=STATUTE, violation="示例违法行为", bands=[band("1", least, most), *more],
            statute_fines=[benchmarks.Fine(high=benchmarks.End(value=yuan(2_000_000).fen))],
        )  # fmt: skip
        made = await self.do("PublishBenchmark", self.head, benchmark=item)
        return str(made.benchmark.benchmark_id)

    @property
    def series(self) -> str:
        """The series of its receipts, which no other body has."""
        return f"{SERIES}{self.node}"

    def next_year(self) -> int:
        """A year for which it has no plan of training yet."""
        self.years += 1
        return self.years

    def receipt(self) -> int:
        """The next number of the receipts that the finance department issued."""
        self.receipts += 1
        return self.receipts


def departments(many: int) -> list[tuple[str, str, str]]:
    """The nodes of so many departments, each with its titles."""
    return [
        (f"bm{n:02}", f"示例市第{n}执法局", f"Bureau {n} of the example city") for n in range(1, many + 1)
    ]


async def found(say: Say, node: str, name: str, number: int) -> Bureau:
    """A body with all that its cases need. Raises AioRpcError."""
    plain, say = say, patient(say, SETTING_UP)
    field_ = FIELDS[number % len(FIELDS)]
    body = await given.confirm_body(say, node, name=name, field=field_)
    bureau = Bureau(node, say, body)
    await _empower(say, bureau)
    bureau.heads = await given.appoint_heads(say, body)
    await given.train_heads(say, body, bureau.heads)
    bureau.reviewer = await given.qualified_reviewer(say, body)
    for _ in range(OFFICERS):
        await enrol(say, bureau)
    await _supply(bureau)
    bureau.say = patient(plain, UNDER_WAY)
    return bureau


async def enrol(say: Say, bureau: Bureau, **more: object) -> str:
    """One more officer, trained, examined and certified; the id."""
    person = await given.register(say, bureau.node, bureau.body_id)
    await given.train(say, bureau.node, person.officer_id)
    await given.examine(say, person.officer_id)
    held = await given.issue(say, person.officer_id, fields=[bureau.body.field], **more)
    bureau.officers.append(person.officer_id)
    bureau.certificates[person.officer_id] = held.certificate_number
    return str(person.officer_id)


async def office(say: Say) -> Bureau:
    """The city's own office, with the people who supervise for it."""
    people = await supervisor.team(say)
    held = (await supervisor.certified(say))[0]
    body = (await say(CITY, "registry", "GetBody", OVERSIGHT, body_id=held.body_id)).body
    return Bureau(CITY, patient(say, UNDER_WAY), body, officers=[person for person, _ in people])


async def _empower(say: Say, bureau: Bureau) -> None:
    law: Mapping[str, object] = {
        "law": f"{bureau.name}处罚条例",
        "article": "第五条",
        "level": basis_pb2.BASIS_LEVEL_LOCAL_REGULATION,
        "document_number": f"示例公告第{bureau.node}号",
        "text": "示例：行政机关可以依法检查、处罚，可以查封、扣押涉案场所、设施、财物。",
        "from_time": stamp(LONG_AGO),
    }
    basis = (await say(CITY, "registry", "AddLegalBasis", REGISTRAR, **law)).basis
    for what, (kind, code, name) in POWERS.items():
        given_kinds = given.KINDS_OF_PENALTY.get(kind, ())
        fields = {
            "body_id": bureau.body_id,
            "code": code,
            "name": name,
            "kind": kind,
            "penalty_kinds": given_kinds,
        }
        proposed = await say(
            CITY, "registry", "ProposePowerItem", REGISTRAR,
            basis_ids=[basis.basis_id], level=power_pb2.POWER_LEVEL_SHARED, **fields,
        )  # fmt: skip
        bureau.items[what] = proposed.item.item_id
    where = {"body_id": bureau.body_id, "publish_address": "示例市政府网站权责清单专栏"}
    await say(CITY, "registry", "PublishPowerList", REGISTRAR, **where)


async def _supply(bureau: Bureau) -> None:
    """The receipts of the finance department; the benchmark: bands of ordinary, major and small fines; the guide of permits."""
    issued = {"first_number": 1, "last_number": RECEIPTS, "issuer": "示例市财政局", "series": bureau.series}
    said = {"body_id": bureau.body_id, "document": "示例票据领用单1号"}
    await bureau.do("RegisterReceipts", FINANCE, **issued, **said)
    await bureau.publish(CODE, 20_000, 50_000, band("2", 100_000, 200_000), band("5", 0, 5_000))
    by = {"reviewer": (bureau.reviewer, REVIEWER[1]), "head": bureau.head}
    bureau.guide_id = await permit.published(bureau.do, bureau.body_id, bureau.items["permit"], **by)


async def found_all(say: Say, nodes: Sequence[tuple[str, str, str]]) -> list[Bureau]:
    """Every department, some at once."""
    few = asyncio.Semaphore(4)

    async def one(number: int, node: str, name: str) -> Bureau:
        async with few:
            return await found(say, node, name, number)

    return list(await asyncio.gather(*(one(n, node, name) for n, (node, name, _) in enumerate(nodes))))
