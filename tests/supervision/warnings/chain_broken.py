"""CHAIN: the records of a node continue what was received before."""

from dataclasses import replace

from yifa.journal.v1.events_pb2 import CheckpointMade

from services.kit.algorithm import ED25519
from services.kit.chain import FAR
from services.kit.checkpoint.origin import origin_of
from services.kit.checkpoint.witness import judge_all
from services.kit.note import Checkpoint, sign
from services.kit.reader import Delivery
from services.kit.signing import signer_in
from tests.supervision.office import ENVIRONMENT, Journal, Office, at, new_case
from tests.supervision.warnings.examples import Examples, History


def three(office: Office) -> list[Delivery]:
    case = new_case()
    names = ("CaseFiled", "ReviewSubmitted", "CaseClosed")
    return [office.told(case, name, "2026-03-02 10:00") for name in names]


def came(*numbers: int) -> History:
    """Of three events in a journal those with these numbers come, in this order."""

    async def told(office: Office) -> None:
        events = three(office)
        for number in numbers:
            await office.take(events[number - 1])

    return told


def with_headers(**headers: str) -> History:
    """The first event comes with other headers."""

    async def told(office: Office) -> None:
        first = three(office)[0]
        changed = {name.replace("_", "-"): value for name, value in headers.items()}
        await office.take(replace(first, headers={**first.headers, **changed}))

    return told


def another_history(seq: int) -> History:
    """Two events came, and then another journal of the same name tells of a third or fourth from this number on."""

    async def told(office: Office) -> None:
        await came(1, 2)(office)
        known = office.journal(ENVIRONMENT, "enforcement")
        other = Journal(ENVIRONMENT, "enforcement", seq - 1, known.last, {"city": seq - 1})
        office.journals[ENVIRONMENT, "enforcement"] = other
        await office.take(office.told(new_case("C-2"), "CaseFiled", "2026-03-02 11:00"))

    return told


def far(distance: int) -> History:
    """After one event comes one with a number so far on."""

    async def told(office: Office) -> None:
        await came(1)(office)
        journal = Journal(ENVIRONMENT, "enforcement", distance, b"?" * 32, {"city": distance})
        office.journals[ENVIRONMENT, "enforcement"] = journal
        await office.take(office.told(new_case("C-2"), "CaseFiled", "2026-03-02 11:00"))

    return told


def changed(bits: int) -> History:
    """The first event comes with so many bits changed on its way."""

    async def told(office: Office) -> None:
        first = three(office)[0]
        await office.take(replace(first, data=bytes([first.data[0] ^ bits]) + first.data[1:]))

    return told


def signed_head(from_size: int) -> History:
    """Two events came, and then a signed head of their journal after so many entries, by a key that nobody knows."""

    async def told(office: Office) -> None:
        await came(1, 2)(office)
        journal = office.journal(ENVIRONMENT, "enforcement")
        checkpoint = Checkpoint(origin_of("city", ENVIRONMENT, "enforcement"), from_size + 1, bytes(32))
        event = CheckpointMade(
            origin=checkpoint.origin,
            from_size=from_size,
            size=checkpoint.size,
            leaves=bytes(32),
            note=sign(checkpoint, signer_in(ED25519.make()[0])).text,
        )
        await office.take(journal.entry(event, at("2026-03-02 11:00"), checkpoint.origin, "all"))
        await judge_all(office.running)

    return told


def refused(times: int) -> History:
    """So many events whose content was changed, where ten of one sender are kept."""

    async def told(office: Office) -> None:
        office.running.reactor.left.most = 10
        for n in range(times):
            forged = office.told(new_case(f"C-{n}"), "CaseFiled", "2026-03-02 10:00")
            await office.take(replace(forged, data=b""))

    return told


WARNING = "CHAIN"
EXAMPLES = {
    "REWRITTEN": Examples(
        unlawful=signed_head(0),
        lawful=came(1, 2, 3),
        # what goes on from a head that did not come yet waits for it
        last_lawful=signed_head(1),
        first_unlawful=signed_head(0),
    ),
    "GAP": Examples(
        unlawful=came(1, 3), lawful=came(1, 2, 3), last_lawful=came(1, 2), first_unlawful=came(1, 3)
    ),
    "FORK": Examples(
        unlawful=another_history(1),
        lawful=came(1, 2, 3),
        last_lawful=came(1, 2, 2),
        first_unlawful=another_history(2),
    ),
    "FORGED": Examples(
        unlawful=changed(255), lawful=came(1, 2, 3), last_lawful=changed(0), first_unlawful=changed(1)
    ),
    "IMPOSSIBLE": Examples(
        unlawful=with_headers(yifa_seq="one"),
        lawful=came(1, 2, 3),
        last_lawful=far(FAR),
        first_unlawful=far(FAR + 1),
    ),
    "UNTAKEN": Examples(
        unlawful=refused(8), lawful=refused(1), last_lawful=refused(7), first_unlawful=refused(8)
    ),
    "LATE": Examples(
        unlawful=came(1, 3, 2), lawful=came(1, 2, 3), last_lawful=came(1, 2, 1), first_unlawful=came(1, 3, 2)
    ),
}
