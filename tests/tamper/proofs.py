"""Changes to a proof, by somebody who hands it to a court."""

import json
import random
from collections.abc import Callable, Sequence
from typing import Any

from services.kit.checkpoint.proof import BadProof, by_known_keys, read, text_of
from services.kit.directory import NodeKey
from services.kit.note import Checkpoint, parse, sign, verifier_key
from services.kit.tree import root_of
from tests.tamper.databases import other
from tests.tamper.streams import STRANGER


def byte(text: str, chance: random.Random) -> str:
    return str(other(chance, text))


def dropped(text: str, chance: random.Random) -> str:
    """A part of it, a part of the entry, a hash of the path, a key or a signature is gone."""
    said = json.loads(text)
    kind = chance.choice(["part", "entry", "path", "key", "signature"])
    if kind == "part":
        del said[chance.choice(sorted(said))]
    elif kind == "entry":
        del said["entry"][chance.choice(sorted(said["entry"]))]
    elif kind == "path":
        del said["path"][chance.randrange(len(said["path"]))]
    elif kind == "key":
        del said["keys"][chance.randrange(len(said["keys"]))]
    else:
        body, _, signatures = said["checkpoint"].partition("\n\n")
        lines = signatures.splitlines(keepends=True)
        del lines[chance.randrange(len(lines))]
        said["checkpoint"] = f"{body}\n\n{''.join(lines)}"
    return text_of(said)


def inserted(text: str, chance: random.Random) -> str:
    said = json.loads(text)
    said["path"].insert(chance.randrange(len(said["path"]) + 1), chance.randbytes(32).hex())
    return text_of(said)


def swapped(text: str, chance: random.Random) -> str:
    said = json.loads(text)
    one, two = chance.sample(range(len(said["path"])), 2)
    said["path"][one], said["path"][two] = said["path"][two], said["path"][one]
    return text_of(said)


def entry(text: str, chance: random.Random) -> str:
    """The entry says something else: another moment, another person, another content."""
    said = json.loads(text)
    name = chance.choice(sorted(set(said["entry"]) - {"data", "prev_hash"}))
    said["entry"][name] = other(chance, said["entry"][name])
    return text_of(said)


def back_dated(text: str, chance: random.Random) -> str:
    said = json.loads(text)
    said["entry"]["at"] -= chance.randrange(1, 10**12)
    return text_of(said)


def place(text: str, chance: random.Random) -> str:
    said = json.loads(text)
    said["index"] = other(chance, said["index"])
    return text_of(said)


def rebuilt(text: str, chance: random.Random) -> str:
    """Another entry in a journal of one's own, signed with a key of one's own."""
    said = json.loads(text)
    said["entry"]["actor"] = "somebody"
    said["entry"]["seq"] = 1
    said["index"], said["path"] = 0, []
    made: Any = json.loads(text_of(said))
    hash_ = read(text_of(made)).entry.hash
    checkpoint = Checkpoint(parse(said["checkpoint"]).checkpoint.origin, 1, root_of([hash_]))
    made["checkpoint"] = sign(checkpoint, STRANGER).text
    made["keys"] = [verifier_key(checkpoint.origin, STRANGER.public_key, cosigns=False)]
    assert not read(text_of(made)).faults, "by itself it is sound"
    return text_of(made)


KINDS: dict[str, Callable[[str, random.Random], str]] = {
    "byte": byte,
    "dropped": dropped,
    "inserted": inserted,
    "swapped": swapped,
    "entry": entry,
    "back-dated": back_dated,
    "place": place,
    "rebuilt": rebuilt,
}


def faults(text: str, keys: Sequence[NodeKey]) -> list[str]:
    try:
        proven = read(text)
    except BadProof as wrong:
        return [str(wrong)]
    return proven.faults + by_known_keys(proven, keys)


def unseen(text: str, keys: Sequence[NodeKey], kind: str, chance: random.Random) -> str:
    """Why a change of this kind was not found; empty where it was."""
    changed = KINDS[kind](text, chance)
    return "" if changed == text or faults(changed, keys) else f"{kind} was not found: {changed}"
