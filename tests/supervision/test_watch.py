"""Watch: every event once and in order, from wherever a watcher begins, at whatever pace it reads."""

import asyncio
from datetime import timedelta

import grpc
import pytest
from yifa.supervision.v1 import watch_pb2 as pb

from services.kit.access import mint
from services.supervision.event import watch
from tests.city import read_refusal
from tests.supervision.office import CITY, DEADLINE, ENVIRONMENT, URBAN, Office, at, lawful, new_case


async def told(office: Office, first: int, count: int, node: str = ENVIRONMENT) -> None:
    """So many events of one department."""
    deliveries = [
        office.told(new_case(f"C-{n}", node), "CaseFiled", "2026-03-02 10:00")
        for n in range(first, first + count)
    ]
    for n in range(0, count, 100):
        await office.take(*deliveries[n : n + 100])


async def until_caught_up(call: object) -> list[pb.WatchResponse]:
    """What a watcher gets up to the sign that nothing more waits."""
    got = []
    async with asyncio.timeout(DEADLINE):
        while (response := await call.read()).HasField("entry"):
            got.append(response)
    return got


async def until_position(call: object, last: int) -> list[int]:
    """The positions that a watcher gets, up to the last one."""
    got: list[int] = []
    async with asyncio.timeout(3 * DEADLINE):
        while not got or got[-1] < last:
            response = await call.read()
            if response.HasField("entry"):
                got.append(response.entry.position)
    return got


def positions(responses: list[pb.WatchResponse]) -> list[int]:
    return [r.entry.position for r in responses]


async def test_replay_from_the_beginning(office: Office) -> None:
    await told(office, 0, 450)

    got = await until_caught_up(office.watch(after_position=0))

    assert positions(got) == list(range(1, 451))


async def test_replay_after_a_position(office: Office) -> None:
    await told(office, 0, 10)

    assert positions(await until_caught_up(office.watch(after_position=7))) == [8, 9, 10]


async def test_replay_from_a_time(office: Office) -> None:
    await told(office, 0, 3)
    office.clock("2026-03-02 12:00")
    await told(office, 3, 2)

    got = await until_caught_up(office.watch(from_time=at("2026-03-02 12:00")))
    none = await until_caught_up(office.watch(from_time=at("2026-03-02 12:01")))

    assert (positions(got), none) == ([4, 5], [])


async def test_begins_now_by_default(office: Office) -> None:
    await told(office, 0, 3)
    call = office.watch()
    before = await until_caught_up(call)

    await told(office, 3, 2)

    assert before == [] and await until_position(call, 5) == [4, 5]


async def test_beyond_the_end_is_now(office: Office) -> None:
    await told(office, 0, 3)
    call = office.watch(after_position=1000)
    await until_caught_up(call)

    await told(office, 3, 1)

    assert await until_position(call, 4) == [4]


async def test_one_department(office: Office) -> None:
    await told(office, 0, 2)
    await told(office, 2, 2, URBAN)
    await told(office, 4, 1)

    assert positions(await until_caught_up(office.watch(after_position=0, node=URBAN))) == [3, 4]


async def test_one_service(office: Office) -> None:
    await told(office, 0, 2)
    await office.certify("O-1")
    await told(office, 2, 1)

    assert positions(await until_caught_up(office.watch(after_position=0, service="registry"))) == [3]


async def test_some_types(office: Office) -> None:
    await told(office, 0, 2)
    await office.certify("O-1")

    types = ["yifa.registry.v1.CertificateIssued", "yifa.enforcement.v1.DecisionMade"]
    assert positions(await until_caught_up(office.watch(after_position=0, types=types))) == [3]


@pytest.mark.parametrize("name", ["DecisionMade", "yifa.enforcement.v1.Case", "yifa.enforcement.v1.NoSuch"])
async def test_a_type_that_no_contract_knows_is_refused(office: Office, name: str) -> None:
    call = office.watch(types=["yifa.enforcement.v1.DecisionMade", name])

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await call.read()
    told = read_refusal(refused.value)
    assert told.reason == "MALFORMED" and "types[1]" in str(refused.value.details())


async def test_a_stream_ends_with_its_token(office: Office) -> None:
    await told(office, 0, 3)
    key = (office.folder / "token.key").read_bytes()
    token = mint(key, "oversight-1", CITY, ("OVERSIGHT",), lifetime=timedelta(seconds=3))
    metadata = (("authorization", f"Bearer {token}"),)
    call = office.stub.Watch(pb.WatchRequest(after_position=0), metadata=metadata)
    assert positions(await until_caught_up(call)) == [1, 2, 3]

    with pytest.raises(grpc.aio.AioRpcError) as ended:
        async with asyncio.timeout(DEADLINE):
            while await call.read() is not grpc.aio.EOF:
                pass
    assert read_refusal(ended.value).reason == "TOKEN_EXPIRED"


async def test_one_case(office: Office) -> None:
    await told(office, 0, 5)

    [only] = await until_caught_up(office.watch(after_position=0, case_id="C-3"))

    assert only.entry.position == 4 and only.entry.title_zh == "立案"


async def test_warnings_alone(office: Office) -> None:
    """The city's own events come back by its own stream, as here."""
    case = lawful(new_case(), fine=5_000_000)
    case.ClearField("review")
    await office.tell(case, "DecisionMade", "2026-03-20 10:00")
    await office.echo()

    [only] = await until_caught_up(office.watch(after_position=0, only_warnings=True))

    assert only.warning.rule_id == "EW-07" and only.entry.level == only.warning.level
    assert only.entry.case_number == case.case_number and only.entry.title_zh == "预警：应审未审"


async def test_filtered_watcher_is_told_that_the_stream_lives(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "KEEP_ALIVE", 0.2)
    call = office.watch(case_id="C-none")

    for _ in range(3):
        assert await until_caught_up(call) == []


async def test_hand_over_from_replay_to_live_under_writes(office: Office) -> None:
    await told(office, 0, 300)
    writing = asyncio.create_task(told(office, 300, 900))

    watchers = [office.watch(after_position=n * 100) for n in range(3)]
    got = await asyncio.gather(*(until_position(call, 1200) for call in watchers))
    await writing

    assert got == [list(range(n * 100 + 1, 1201)) for n in range(3)]


async def test_slow_watcher_holds_up_nobody_and_misses_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = 0

    def counted(row: object) -> pb.WatchResponse:
        nonlocal made
        made += 1
        return response(row)

    response = watch.response
    monkeypatch.setattr(watch, "response", counted)
    await told(office, 0, 100)
    slow, fast = office.watch(after_position=0), office.watch(after_position=0)
    first = await until_position(slow, 3)

    await told(office, 100, 2900)
    quick = await until_position(fast, 3000)
    made_for_the_slow = made - 3000
    rest = await until_position(slow, 3000)

    assert quick == list(range(1, 3001)) and first + rest == quick
    assert made_for_the_slow < 1500, "what a slow watcher does not read must not pile up"


async def test_what_came_while_a_watcher_was_slow_is_not_left_lying(office: Office) -> None:
    """A commit while the last page is being read wakes the watcher at once, not at the next sign of life."""
    wide = new_case("C-wide")
    wide.party.name = "示例" * 300
    await office.take(*(office.told(wide, "CaseFiled", "2026-03-02 10:00") for _ in range(watch.PAGE - 1)))
    call = office.watch(after_position=0)
    await until_position(call, 1)

    await told(office, 0, 1)

    async with asyncio.timeout(watch.KEEP_ALIVE / 2):
        assert (await until_position(call, watch.PAGE))[-1] == watch.PAGE


async def test_watcher_that_leaves_is_let_go(office: Office) -> None:
    call = office.watch()
    await until_caught_up(call)

    call.cancel()
    await told(office, 0, 3)

    assert len(await until_caught_up(office.watch(after_position=0))) == 3
