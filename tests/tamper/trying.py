"""Changes of all kinds, one after the other, each to a fresh copy."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from services.kit.directory import Directory
from services.kit.signature import Keys
from services.kit.time import wall
from tests.city import City
from tests.tamper import databases, proofs, streams
from tests.tamper.material import Material


@dataclass
class Tried:
    """How many changes of each kind were made, and those that were not found and named."""

    made: Counter[str] = field(default_factory=Counter)
    unseen: list[str] = field(default_factory=list)


def kinds() -> list[tuple[str, str]]:
    """What is changed, and how."""
    tables = {"database": databases.KINDS, "stream": streams.KINDS, "proof": proofs.KINDS}
    return [(what, kind) for what, table in tables.items() for kind in table]


def tries(city: City, material: Material, count: int, seed: int) -> Iterator[Tried]:
    """So many changes, each kind as often as the others; told after each."""
    chance, tried = random.Random(seed), Tried()
    copies = databases.Databases.of(material)
    stream = streams.Streams(material, Keys(Directory(city.plan.directory), wall), material.keys)
    all_kinds = kinds()
    for n in range(count):
        what, kind = all_kinds[n % len(all_kinds)]
        if what == "database":
            wrong = copies.unseen(kind, chance)
        elif what == "stream":
            wrong = stream.unseen(kind, chance)
        else:
            wrong = proofs.unseen(chance.choice(material.proofs), material.keys, kind, chance)
        tried.made[f"{what}: {kind}"] += 1
        if wrong:
            tried.unseen.append(f"{what}: {wrong}")
        yield tried
