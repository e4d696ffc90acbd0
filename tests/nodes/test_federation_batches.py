"""Publishing into a node's stream: all or nothing, in order, never twice."""

import asyncio
import signal
import uuid

import pytest
import pytest_asyncio

from services.kit.bus import (
    BusError,
    Duplicate,
    Refused,
    Unavailable,
    WrongLastSequence,
    asked,
    get_message,
    last_of,
    stream_of,
)
from services.kit.publish import BATCH_BYTES, FEW, Outgoing, batches, publish_batch, publish_in_order
from tests.nodes.nats_city import NatsCity

STREAM = stream_of("city")


@pytest_asyncio.fixture(scope="module")
async def city(tmp_path_factory):
    """A node alone, with its server and no hub."""
    city = NatsCity(tmp_path_factory.mktemp("node"), [])
    try:
        await city.start_node("city", forwarding=False)
        yield city
    finally:
        await city.stop()


@pytest.fixture
def nc(city):
    return city.node["city"]


@pytest.fixture
def service():
    """A service of its own for each test: what others have stored does not show."""
    return f"s{uuid.uuid4().hex[:8]}"


def events(service, count, size=10):
    return [
        Outgoing(f"evt.city.{service}.Told", {"Nats-Msg-Id": uuid.uuid4().hex, "n": str(n)}, b"." * size)
        for n in range(1, count + 1)
    ]


async def stored(nc, service):
    js = nc.jetstream()
    info = await js.stream_info(STREAM, subjects_filter=f"evt.*.{service}.>")
    return sum((info.state.subjects or {}).values())


async def end(nc):
    return (await nc.jetstream().stream_info(STREAM)).state.last_seq


@pytest.mark.parametrize("count", [1, 2, 1000])
async def test_a_batch_is_stored_whole_and_in_order(nc, service, count):
    before = await end(nc)

    last = await publish_batch(nc, events(service, count), expected_last=before)

    assert last == before + count
    newest = await last_of(nc, STREAM, f"evt.*.{service}.>")
    assert (newest.sequence, newest.headers["n"]) == (last, str(count))


@pytest.mark.parametrize(("repeated", "fresh"), [(1, 0), (5, 0), (5, 3), (1, 1)])
async def test_a_batch_with_anything_stored_before_is_refused_whole(nc, service, repeated, fresh):
    first = events(service, 5)
    await publish_batch(nc, first)
    more = events(service, fresh)

    with pytest.raises(Duplicate):
        await publish_batch(nc, first[-repeated:] + more)

    assert await stored(nc, service) == 5
    if more:
        await publish_batch(nc, more)
        assert await stored(nc, service) == 5 + fresh


@pytest.mark.parametrize("count", [1, 3])
async def test_a_batch_that_does_not_continue_the_stream_is_refused_whole(nc, service, count):
    last = await publish_batch(nc, events(service, 2))

    for wrong in (last - 1, last + 1):
        with pytest.raises(WrongLastSequence) as refusal:
            await publish_batch(nc, events(service, count), expected_last=wrong)
        assert refusal.value.actual == last

    assert await stored(nc, service) == 2


async def test_services_keep_their_own_order_in_one_stream(nc, service):
    mine, other = f"evt.*.{service}.>", f"{service}x"
    last = await publish_batch(nc, events(service, 3), expected_last=0, expected_filter=mine)
    await publish_batch(nc, events(other, 3), expected_last=0, expected_filter=f"evt.*.{other}.>")

    last = await publish_batch(nc, events(service, 3), expected_last=last, expected_filter=mine)

    with pytest.raises(WrongLastSequence) as refusal:
        await publish_batch(nc, events(service, 3), expected_last=0, expected_filter=mine)
    assert refusal.value.actual == last
    assert (await stored(nc, service), await stored(nc, other)) == (6, 3)


async def test_nothing_stored_has_no_last(nc, service):
    assert await last_of(nc, STREAM, f"evt.*.{service}.>") is None


async def test_batches_are_bounded(nc, service):
    with pytest.raises(ValueError, match="1 to 1000"):
        await publish_batch(nc, events(service, 1001))
    with pytest.raises(Refused):
        await publish_batch(nc, events(service, 1, size=1024 * 1024 + 1))

    assert [len(b) for b in batches(events(service, 2500))] == [1000, 1000, 500]
    large = list(batches(events(service, 10, size=BATCH_BYTES // 3)))
    assert [len(b) for b in large] == [2, 2, 2, 2, 2]
    assert list(batches([])) == []


async def test_an_unknown_outcome_is_said_to_be_unknown(city, nc, service):
    mine = f"evt.*.{service}.>"
    batch = events(service, 100)
    await publish_batch(nc, batch[:50])

    await city.server["city"].kill()
    with pytest.raises(Unavailable):
        await publish_batch(nc, batch[50:], timeout=0.5)
    with pytest.raises(Unavailable):
        await last_of(nc, STREAM, mine)
    await city.server["city"].start()
    await city.make_stream("city")

    done = int((await last_of(nc, STREAM, mine)).headers["n"])
    if done < 100:
        await publish_batch(nc, batch[done:])
    assert await stored(nc, service) == 100


async def test_a_cancelled_request_ends_its_task():
    """The client library swallows a cancellation that meets it while it writes."""

    async def swallowing():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            return "went on"

    task = asyncio.create_task(asked(swallowing))
    await asyncio.sleep(0)
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task


@pytest.mark.parametrize("count", [1, FEW, FEW + 1])
async def test_few_or_many_stand_in_order_behind_the_last(nc, service, count):
    other, mine = f"{service}x", f"evt.*.{service}.>"
    end = await publish_batch(nc, events(other, 1))
    sent = events(service, count), events(service, count)

    last = await publish_in_order(nc, sent[0], expected_last=0, expected_filter=mine)
    end = await publish_in_order(nc, sent[1], expected_last=last)

    assert (last, end) == (end - count, last + count)
    for n, message in enumerate((*sent[0], *sent[1]), end - 2 * count + 1):
        found = await nc.jetstream().get_msg(STREAM, n)
        assert found.headers["Nats-Msg-Id"] == message.headers["Nats-Msg-Id"]


@pytest.mark.parametrize("filtered", [True, False])
async def test_few_behind_what_is_not_the_last_are_not_stored(nc, service, filtered):
    last = await publish_batch(nc, events(service, 2))
    only = f"evt.*.{service}.>" if filtered else None

    with pytest.raises(WrongLastSequence) as refused:
        await publish_in_order(nc, events(service, FEW), expected_last=last - 1, expected_filter=only)

    assert refused.value.actual == last
    assert await stored(nc, service) == 2


async def test_services_that_publish_at_once_keep_their_own_order(nc, service):
    names = [f"{service}x{n}" for n in range(3)]

    async def publish(name):
        last = 0
        sent = [event for _ in range(10) for event in events(name, FEW)]
        for at in range(0, len(sent), FEW):
            some, only = sent[at : at + FEW], f"evt.*.{name}.>"
            last = await publish_in_order(nc, some, expected_last=last, expected_filter=only)
        return [event.headers["Nats-Msg-Id"] for event in sent]

    before = (await nc.jetstream().stream_info(STREAM)).state.last_seq
    sent = dict(zip(names, await asyncio.gather(*map(publish, names)), strict=True))

    found = {name: [] for name in names}
    for n in range(before + 1, before + 1 + 3 * 10 * FEW):
        message = await nc.jetstream().get_msg(STREAM, n)
        found[message.subject.split(".")[2]].append(message.headers["Nats-Msg-Id"])
    assert found == sent


async def test_what_is_stored_of_a_few_is_always_a_beginning(nc, service):
    sent, only = events(service, FEW), f"evt.*.{service}.>"
    last = await publish_batch(nc, [sent[3]])

    with pytest.raises(Duplicate):
        await publish_in_order(nc, sent, expected_last=last, expected_filter=only)

    assert await stored(nc, service) == 1 + 3, "the three before the one that is there already"
    assert (await last_of(nc, STREAM, only)).event_id == sent[2].headers["Nats-Msg-Id"]


async def test_a_server_that_takes_nothing_leaves_no_caller_waiting(city, nc, service):
    """What is written is more than the client holds back, and it swallows a cancellation while it waits to be rid of it.

    Few events and many go different ways; both callers wait at once, so that their patience is waited for once.
    """
    process = city.server["city"].process
    process.send_signal(signal.SIGSTOP)
    try:
        async with asyncio.timeout(20):
            ends = await asyncio.gather(
                *(
                    publish_in_order(nc, events(f"{service}{count}", count, size=500_000), expected_last=0)
                    for count in (FEW, FEW + 1)
                ),
                return_exceptions=True,
            )
    finally:
        process.send_signal(signal.SIGCONT)
    assert [type(end) for end in ends] == [Unavailable, Unavailable]


@pytest.mark.parametrize(
    "said", [b"", b"{}", b"[]", b"null", b'{"error": 1}', b'{"seq": null}', b'{"error": {"err_code": 10071}}']
)
async def test_an_answer_that_is_none_leaves_the_outcome_unknown(nc, service, said):
    """The hub answers a node's forwarder, which must outlive whatever that says."""

    async def answer(question):
        await nc.publish(question.reply, said)

    await nc.subscribe(f"odd.{service}", cb=answer)

    with pytest.raises(Unavailable, match="no answer"):
        await publish_batch(nc, [Outgoing(f"odd.{service}", {}, b"")])
    with pytest.raises(Unavailable, match="no answer"):
        await get_message(nc, f"odd.{service}", seq=1)


async def test_what_has_no_id_is_stored_in_order_too(nc, service):
    """Somebody at the node itself can put such a message into its stream; it must not hold up all that follow."""
    nameless = [Outgoing(f"evt.city.{service}.Told", {"n": str(n)}, b"") for n in range(3)]

    await publish_in_order(nc, nameless, expected_last=0, expected_filter=f"evt.*.{service}.>")

    newest = await last_of(nc, STREAM, f"evt.*.{service}.>")
    assert (await stored(nc, service), newest.headers["n"]) == (3, "2")


async def test_a_header_with_a_line_break_stays_one_header(nc, service):
    event = Outgoing(f"evt.city.{service}.Told", {"Nats-Msg-Id": "one", "said": "a\r\nyifa-seq: 7"}, b"data")

    await publish_in_order(nc, [event], expected_last=0, expected_filter=f"evt.*.{service}.>")

    found = await last_of(nc, STREAM, f"evt.*.{service}.>")
    assert found.headers.keys() == {"Nats-Msg-Id", "said", *(k for k in found.headers if "Expected" in k)}
    assert found.data == b"data"


@pytest.mark.parametrize(
    "subject", ["evt.city.{} .Told", "evt.city.{}.Told 0\r\n\r\nPUB evt.city.{}.Forged 0"]
)
async def test_a_subject_that_is_none_is_refused_and_harms_nothing(nc, service, subject):
    wrong, lost = (
        Outgoing(subject.format(service, service), {"Nats-Msg-Id": "one"}, b""),
        nc.stats["reconnects"],
    )
    with pytest.raises(BusError):
        await publish_in_order(nc, [wrong], expected_last=0, expected_filter=f"evt.*.{service}.>")

    await publish_in_order(nc, events(service, 1), expected_last=0, expected_filter=f"evt.*.{service}.>")

    assert await stored(nc, service) == 1
    assert nc.stats["reconnects"] == lost


async def test_a_socket_that_is_closed_already_is_left_to_the_library(nc, service, monkeypatch):
    """Under uvloop that shows as a RuntimeError, before the library has noticed."""

    def closed(_data):
        raise RuntimeError("the handler is closed")

    monkeypatch.setattr(nc._transport, "write", closed)
    await publish_in_order(nc, events(service, 1), expected_last=0, expected_filter=f"evt.*.{service}.>")

    assert await stored(nc, service) == 1
