"""Ids never repeat: what bears an id that came before is taken for a repetition and dropped."""

import random

from services.kit.ids import new_ids, uuid7


def test_ids_do_not_repeat_when_somebody_seeds_the_shared_randomness() -> None:
    made: set[str] = set()
    for _ in range(200):
        random.seed(0)
        made |= {uuid7(), *new_ids("", 2)}

    assert len(made) == 600
