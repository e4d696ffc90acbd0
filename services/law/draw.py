"""Drawing at random so that anybody can draw again: from a seed whose hash was published first, and a number nobody here chose.

The draw's number is SHA-256 of the seed, a newline and the public number, in UTF-8, as lower-case hexadecimal. Round n (from 0)
of a purpose takes SHA-256 of number, newline, purpose, newline, n as a whole number, modulo the weights of those left, added up
in the order of their names: who holds the place where it falls is drawn, and is left no more. Enterprises are drawn with the
purpose "object"; then, for each in turn, officers who are not barred there, each with weight 1, with the purpose
"officer:<credit code>".

Case files are drawn stratum by stratum, in the order of their names, each file with weight 1, with the purpose "file:<stratum>":
a file that lies in several strata may be drawn in each, and is reviewed once.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from yifa.enforcement.v1.inspection_draw_pb2 import DrawnObject, InspectionDraw
from yifa.supervision.v1.file_review_pb2 import FileReviewBatch


def seed_hash(seed: str) -> bytes:
    """What is published before the draw."""
    return sha256(seed.encode()).digest()


def number_of(seed: str, public_number: str) -> str:
    """The number that a draw follows from."""
    return sha256(f"{seed}\n{public_number}".encode()).hexdigest()


def pick(number: str, purpose: str, weights: Mapping[str, int], count: int) -> list[str]:
    """So many of some, by weight, without putting back; all of them where there are not so many."""
    left = {name: weight for name, weight in sorted(weights.items()) if weight > 0}
    picked: list[str] = []
    while left and len(picked) < count:
        round_ = sha256(f"{number}\n{purpose}\n{len(picked)}".encode()).digest()
        place = int.from_bytes(round_, "big") % sum(left.values())
        name = _at(left, place)
        picked.append(name)
        del left[name]
    return picked


def _at(weights: Mapping[str, int], place: int) -> str:
    """Who holds a place when the weights are added up in order."""
    reached = 0
    for name, weight in weights.items():
        reached += weight
        if place < reached:
            return name
    raise ValueError(f"no place {place} among {reached}")


def drawn(draw: InspectionDraw, seed: str, public_number: str) -> list[DrawnObject]:
    """Whom a draw chooses, and who goes there, from its frozen lists."""
    number = number_of(seed, public_number)
    objects = {each.enterprise.credit_code: each for each in draw.objects}
    chosen = pick(number, "object", {code: each.weight for code, each in objects.items()}, draw.object_count)
    officers = [officer.officer_id for officer in draw.officers]
    return [
        DrawnObject(
            credit_code=code,
            officer_ids=sorted(
                _sent(number, code, officers, objects[code].barred_officer_ids, draw.officers_each)
            ),
        )
        for code in chosen
    ]


def _sent(number: str, code: str, officers: Iterable[str], barred: Iterable[str], count: int) -> list[str]:
    out = set(barred)
    return pick(number, f"officer:{code}", {o: 1 for o in officers if o not in out}, count)


def verified(draw: InspectionDraw) -> bool:
    """Whether a draw's seed has the published hash, and drawing again comes to what was drawn."""
    return seed_hash(draw.seed) == draw.seed_hash and drawn(draw, draw.seed, draw.public_number) == list(
        draw.drawn
    )


def files_drawn(batch: FileReviewBatch, seed: str, public_number: str) -> list[str]:
    """The files that a sample chooses from its frozen list, by their records."""
    number = number_of(seed, public_number)
    strata: dict[str, dict[str, int]] = {}
    for file in batch.files:
        for stratum in file.strata:
            strata.setdefault(stratum, {})[file.record_id or file.case_id] = 1
    chosen = (pick(number, f"file:{name}", strata[name], batch.per_stratum) for name in sorted(strata))
    return list(dict.fromkeys(key for keys in chosen for key in keys))


def files_verified(batch: FileReviewBatch) -> bool:
    """Whether a sample's seed has the published hash, and drawing again comes to what was drawn."""
    again = files_drawn(batch, batch.seed, batch.public_number)
    return seed_hash(batch.seed) == batch.seed_hash and again == list(batch.drawn)
