"""What a reader remembers: its position and the counts of every sender belong together."""

from yifa.notifications.v1 import events_pb2 as events

from services.kit.reactions import Reactor
from tests.city import City

PASSED_OVER = "city/registry/all"
SOURCE = "law.all.>"


async def test_counts_passed_over_are_kept_with_the_position(city: City) -> None:
    sender, reader = city.nodes["city"].running("registry"), city.nodes["huanbao"].running("enforcement")
    now = reader.reactor
    first = now.seen.get(PASSED_OVER)

    # enforcement does not react to this one, and does to the body that is confirmed right after
    passed = events.NotificationCreated()
    await sender.do(lambda tx: tx.emit(passed, subject="N-1", to="all"))
    await city.body()

    kept = await city.eventually(
        lambda: remembered(reader),
        lambda kept: now.seen.get(PASSED_OVER) != first and kept.marks.get(SOURCE) == now.marks.get(SOURCE),
    )
    assert kept.seen[PASSED_OVER].count >= now.seen[PASSED_OVER].count


async def remembered(running: object) -> Reactor:
    """The reader as it would be after a restart."""
    return Reactor(running, running.service.reactions)  # type: ignore[attr-defined, arg-type]
