"""Ids never repeat: what bears an id that came before is taken for a repetition and dropped."""

import random
import uuid

from services.kit.ids import new_id, uuid7


def test_ids_do_not_repeat_when_somebody_seeds_the_shared_randomness() -> None:
    made: set[str] = set()
    for _ in range(200):
        random.seed(0)
        made |= {uuid7(), new_id("")}

    assert len(made) == 400


def test_ids_are_uuids_of_version_7_and_sort_as_they_were_given_out() -> None:
    ids = [new_id("O-") for _ in range(500)]

    for one in ids:
        parsed = uuid.UUID(one.removeprefix("O-"))
        assert (parsed.version, parsed.variant, f"O-{parsed}") == (7, uuid.RFC_4122, one)
    assert sorted(ids) == ids
