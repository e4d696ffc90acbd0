"""What a hub can do to a node that trusts it with no more than it must."""

import asyncio
import itertools

import nats.errors
import pytest
import pytest_asyncio

from services.kit.bus import connect
from tests.nodes.actors import DEADLINE
from tests.nodes.nats_city import NatsCity

service = map("service{}".format, itertools.count())


@pytest_asyncio.fixture(scope="module")
async def rogue(tmp_path_factory):
    """A node whose hub has turned against it, and a client of that hub within the node's own account."""
    city = NatsCity(tmp_path_factory.mktemp("rogue"), [])
    leaf_key, admin_key = city.keys.public("city", "leaf"), city.keys.public("hub", "admin")
    certificate, key = city.keys.trust("hub").own
    city.hub.conf.write_text(f"""
        listen: "{city.hub_client}"
        jetstream {{ store_dir: "{city.folder}/hub", domain: hub }}
        leafnodes {{ listen: "{city.hub_leaf}", tls {{ cert_file: "{certificate}", key_file: "{key}" }} }}
        accounts {{ NODE_city {{ users: [ {{ nkey: {leaf_key} }}, {{ nkey: {admin_key} }} ] }} }}
    """)
    try:
        await city.hub.start()
        await city.start_node("city", forwarding=False)
        city.hub_admin = await connect(f"nats://{city.hub_client}", nkey_seed=city.keys.seed("hub", "admin"))
        yield city
    finally:
        await city.stop()


async def test_a_hub_can_answer_its_node(rogue):
    """The control for the refusals below: the link is up and carries what it should."""
    subscription = await rogue.node["city"].subscribe("D.dn.city.answer")

    async with asyncio.timeout(DEADLINE):
        while not subscription.pending_msgs:
            await rogue.hub_admin.publish("D.dn.city.answer", b"")
            await asyncio.sleep(0.05)


@pytest.mark.parametrize(
    "subject",
    [
        "evt.city.enforcement.Forged",
        "$JS.API.STREAM.INFO.EV_city",
        "$JS.city.API.STREAM.INFO.EV_city",
        "$JS.API.STREAM.DELETE.EV_city",
        "$JS.city.API.STREAM.DELETE.EV_city",
    ],
)
async def test_a_hostile_hub_reaches_nothing_of_a_nodes_own(rogue, subject):
    with pytest.raises((nats.errors.NoRespondersError, TimeoutError)):
        await rogue.hub_admin.request(subject, b"", timeout=0.5)

    state = (await rogue.node["city"].jetstream().stream_info("EV_city")).state
    assert state.messages == 0


async def test_a_hostile_hub_feeds_no_local_reader(rogue):
    subscription = await rogue.node["city"].subscribe("local.feed.>")

    await rogue.hub_admin.publish("local.feed.x", b"forged")
    await rogue.hub_admin.flush()

    await rogue.node["city"].publish("local.feed.x", b"own")
    assert (await subscription.next_msg(timeout=DEADLINE)).data == b"own"
