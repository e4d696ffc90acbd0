"""DATA: a decision of before the law, or of after its own record; one before the filing; lists without items or bands."""

from yifa.enforcement.v1 import benchmark_pb2 as benchmarks
from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.registry.v1 import body_pb2, power_pb2
from yifa.registry.v1 import events_pb2 as registry

from tests.supervision.office import ENVIRONMENT, Office, at
from tests.supervision.warnings.examples import Examples, History
from tests.supervision.warnings.many import BODY, fined

WHEN = "2026-03-20 10:00"


def decided(when: str = WHEN, filed: str = "2026-02-20 10:00") -> History:
    """A case is decided, of which its department tells on 20 March."""

    async def told(office: Office) -> None:
        office.clock("2026-03-25 09:00")
        case = fined("C-1", 1_000_000, when)
        case.file_time.FromDatetime(at(filed))
        await office.tell(case, "DecisionMade", WHEN)

    return told


def listed(items: int, version: int = 1) -> History:
    """A body published a list of so many items, or none."""

    async def told(office: Office) -> None:
        office.clock("2026-03-25 09:00")
        body = body_pb2.EnforcementBody(
            body_id=BODY, name="示例市第一局", node=ENVIRONMENT, version=1, state=body_pb2.BODY_STATE_PUBLISHED,
            publish_time=at("2026-03-01 09:00"), power_list_version=version,
        )  # fmt: skip
        await office.registry(registry.BodyPublished(body=body))
        for n in range(items):
            item = power_pb2.PowerItem(
                item_id=f"PI-{n}",
                body_id=BODY,
                kind=power_pb2.POWER_KIND_PENALTY,
                from_time=at("2026-03-01 09:00"),
                version=1,
            )
            await office.registry(registry.PowerItemChanged(item=item))
        office.clock("2026-04-01 00:10")
        await office.months()

    return told


def published(bands: int) -> History:
    async def told(office: Office) -> None:
        office.clock("2026-03-25 09:00")
        item = benchmarks.Benchmark(
            benchmark_id="BM-1", code="1-1", violation="未批先建", version=1, publish_time=at(WHEN),
            bands=[benchmarks.Band(code=str(n)) for n in range(bands)],
        )  # fmt: skip
        event = enforcement.BenchmarkPublished(benchmark=item)
        await office.take(office.journal(ENVIRONMENT, "enforcement").entry(event, at(WHEN), "BM-1"))

    return told


WARNING = "DATA"
EXAMPLES = {
    "IMPOSSIBLE_TIME": Examples(
        about="decision.decide_time",
        unlawful=decided("1980-01-01 10:00", filed="1996-10-01 00:00"),
        lawful=decided(),
        last_lawful=decided("2026-03-21 10:00"),
        first_unlawful=decided("2026-03-21 10:01"),
    ),
    "NEGATIVE_DURATION": Examples(
        about="file_time/decision.decide_time",
        unlawful=decided("2026-02-01 10:00"),
        lawful=decided(),
        last_lawful=decided(filed=WHEN),
        first_unlawful=decided(filed="2026-03-20 10:01"),
    ),
    "EMPTY_LIST": Examples(
        subject=BODY,
        unlawful=listed(0),
        lawful=listed(3),
        last_lawful=listed(0, version=0),
        first_unlawful=listed(0),
    ),
    "EMPTY_BENCHMARK": Examples(
        subject=ENVIRONMENT,
        about="BM-1/1",
        unlawful=published(0),
        lawful=published(3),
        last_lawful=published(1),
        first_unlawful=published(0),
    ),
}
