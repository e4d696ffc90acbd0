"""A part of `make attack`: what leaves nothing behind, on the city that all tests share."""

from collections import Counter, defaultdict
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from services.kit.security import Kind
from tests.attack.attack import Attack, Scene, judge
from tests.attack.scene import under_attack
from tests.attack.table import ATTACKS
from tests.city import City

EACH = 8
"""So many of a kind are tried here."""


def some() -> dict[str, list[Attack]]:
    """Of each kind the first and the last of those that leave nothing behind, and some between."""
    of_kind = defaultdict[str, list[Attack]](list)
    for each in ATTACKS:
        if not each.lasting:
            of_kind[each.kind].append(each)
    return {kind: all_[:: max(1, len(all_) // EACH)] for kind, all_ in of_kind.items()}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def scene(city: City, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Scene]:
    async with under_attack(city, tmp_path_factory.mktemp("attack")) as scene:
        yield scene


@pytest.mark.parametrize("kind", [*some()])
async def test_attacks_are_held_off_and_noted(scene: Scene, kind: str) -> None:
    """Each is refused or harmless, is noted with who tried it, and others are served."""
    judged = [await judge(each, scene) for each in some()[kind]]

    assert [(each.attack.name, each.faults) for each in judged if each.faults] == []


def test_the_table_names_each_attack_once_and_has_every_kind() -> None:
    kinds = Counter(each.kind for each in ATTACKS)

    assert len(ATTACKS) >= 150 and len(kinds) >= 20
    assert [name for name, n in Counter((a.kind, a.name) for a in ATTACKS).items() if n > 1] == []
    assert all(each.must and each.tries for each in ATTACKS)
    noted = {each.told for each in ATTACKS} - {None}
    assert noted >= {*Kind} - {Kind.RIGHT}
