"""Public keys carried from one machine to another: one file with what the directory of nodes and the file of issuers say, signed
by the node that made it.

The city tells of all nodes, every other node of itself alone. Nothing secret is in it. What is taken is added: no key that is
here is let go of, and nothing that was revoked on either side counts again. An older file than the one that was taken last is
refused.
"""

import base64
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from services.kit.algorithm import unable, verifies
from services.kit.directory import NodeKey, key_of, read, write
from services.kit.issuers import FOREVER, edited, issuer_of
from services.kit.settings import Settings
from services.kit.signing import own_key
from services.law.written import json_in, json_of
from services.node.failure import Failure
from services.node.roster import put

FORM = "yifa-keys/v1"
LARGEST = 16 * 1024 * 1024
AHEAD = timedelta(minutes=10)
"""So far a clock may be ahead of another one."""
TAKEN = "carried.json"
"""Beside the directory: of when the file was that was taken last from each node."""


@dataclass(frozen=True)
class Took:
    """What was new in a file: keys of nodes, keys of issuers, and what was revoked."""

    node: str
    keys: int
    issuers: int
    revoked: int


def tell(settings: Settings, now: datetime) -> str:
    """The file of a node: the city's of all, another's of itself. Raises Failure, BadSettings."""
    own = own_key(settings)
    if own is None:
        raise Failure(f"{settings.path}: 未设置签名密钥 · [sign] key is missing")
    keys, issuers = read(settings.file("sign", "directory")), json_of(settings.file("token", "issuers"))
    said = {
        "form": FORM,
        "city": settings.city,
        "node": settings.node,
        "made": stamp(now),
        "keys": [plain(key) for key in keys],
        "issuers": issuers["keys"],
        "revoked": issuers["revoked"],
        "key_id": own.signer.key_id,
    }
    if settings.node != settings.city:
        said |= of_itself(said, settings.node)
    signature = base64.b64encode(own.signer.key.sign(signed(said))).decode()
    return json.dumps({**said, "signature": signature}, ensure_ascii=False, indent=1) + "\n"


def of_itself(said: Mapping[str, Any], node: str) -> dict[str, Any]:
    """What a node may tell of: its own keys and people."""
    revoked = said["revoked"]
    return {
        "keys": [key for key in said["keys"] if key["node"] == node],
        "issuers": [key for key in said["issuers"] if key["node"] == node],
        "revoked": {
            "keys": [kid for kid in revoked["keys"] if kid.partition(".")[0] == node],
            "tokens": {},
            "people": {who: at for who, at in revoked["people"].items() if who.partition("/")[0] == node},
        },
    }


def stamp(at: datetime) -> str:
    """A moment in the one form in which it stands in a file: of two texts the later one is the later moment."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def signed(said: Mapping[str, Any]) -> bytes:
    """What is signed of a file."""
    rest = {name: value for name, value in said.items() if name != "signature"}
    return json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def join(settings: Settings, text: str, now: datetime, known: str = "") -> Took:
    """Take a file in. `known` is the key of its maker, compared with him by another way, where none of his is known here yet.
    Raises Failure for what is not believed: nothing is written then.
    """
    said, keys = understood(text, settings.city, now)
    directory, issuers = settings.file("sign", "directory"), settings.file("token", "issuers")
    here = read(directory) if directory.exists() else []
    node, made = said["node"], said["made"]
    check_signature(said, signer(said, here, keys, known))
    if node != settings.city and of_itself(said, node) != {
        n: said[n] for n in ("keys", "issuers", "revoked")
    }:
        raise Failure(f"{node} 只能提供本节点的密钥 · tells of keys that are not its own: nothing is taken")
    taken = directory.with_name(TAKEN)
    last = json_of(taken) if taken.exists() else {}
    if made < last.get(node, ""):
        raise Failure(
            f"文件早于已导入的 · the file is of {made}, and one of {last[node]} was taken already: get a newer one"
        )
    merged = {(key.node, key.key_id): key for key in here}
    fresh = [key for key in keys if (key.node, key.key_id) not in merged]
    for key in keys:
        merged[key.node, key.key_id] = stricter(merged.get((key.node, key.key_id)), key)
    directory.parent.mkdir(parents=True, exist_ok=True)
    write(directory, merged.values())
    more, revoked = with_issuers(issuers, said)
    put(taken, json.dumps({**last, node: made}))
    return Took(node, len(fresh), more, revoked)


def understood(text: str, city: str, now: datetime) -> tuple[dict[str, Any], list[NodeKey]]:
    """What a file says, and the keys in it. Raises Failure for what is none, or of another city."""
    try:
        if len(text) > LARGEST:
            raise ValueError("too large")
        said = json_in(text)
        made = datetime.fromisoformat(said["made"])
        if said["form"] != FORM or said["made"] != stamp(made):
            raise ValueError("of another form")
        keys = [key_of(told(key)) for key in said["keys"]]
        for jwk in said["issuers"]:
            issuer_of(jwk)
        revoked = said["revoked"]
        kids, moments = revoked["keys"], [*revoked["tokens"].values(), *revoked["people"].values()]
        moments += [jwk["until"] for jwk in said["issuers"] if "until" in jwk]
        # a moment that is none would be after no other, and take back what was taken back
        if not all(isinstance(kid, str) for kid in kids) or not all(map(math.isfinite, moments)):
            raise ValueError("of another form")
        base64.b64decode(said["signature"], validate=True), signed(said)
        if not isinstance(said["node"], str) or not isinstance(said["key_id"], str):
            raise ValueError("no node")
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError) as wrong:
        raise Failure(
            f"不是密钥文件 · it is no file of keys as `yifa node tell` makes it: {wrong!r}"
        ) from None
    if made > now + AHEAD:
        raise Failure(
            f"文件的时间 {made} 尚未到来，请核对两机时钟 · it is of a time to come: look at both clocks"
        )
    if said["city"] != city:
        raise Failure(f"属于另一城市 · it is of the city {said['city']}, and this node is of {city}")
    return said, keys


def signer(said: Mapping[str, Any], here: Iterable[NodeKey], keys: Iterable[NodeKey], known: str) -> NodeKey:
    """The key by which a file is believed: one of its maker that is known here, or that somebody compared. Raises Failure."""
    node, name = said["node"], said["key_id"]
    found = next((key for key in here if (key.node, key.key_id) == (node, name)), None)
    if found is None and known == name:
        found = next((key for key in keys if (key.node, key.key_id) == (node, name)), None)
    if found is None:
        raise Failure(
            f"此处不认识 {node} 的密钥 {name} · it is signed with a key of {node} that is not known here. Compare {name} with "
            f"{node} by telephone or in person (`yifa keys list` shows it there), and say --key {name}"
        )
    if found.revoked is not None or (
        found.until is not None and found.until < datetime.fromisoformat(said["made"])
    ):
        raise Failure(
            f"{node} 的密钥 {name} 已不再有效 · this key of {node} holds no longer: nothing is taken"
        )
    return found


def check_signature(said: Mapping[str, Any], key: NodeKey) -> None:
    """Raise Failure for a file that is not as its maker signed it."""
    if why := unable(key.public_key):
        raise Failure(why)
    if not verifies(key.public_key, base64.b64decode(said["signature"]), signed(said)):
        raise Failure(f"签名不符，文件已被改动 · it is not as {key.node} signed it: nothing is taken")


def stricter(here: NodeKey | None, there: NodeKey) -> NodeKey:
    """A key as both sides say it: what is revoked or ended on one is on both."""
    if here is None:
        return there
    until = min((at for at in (here.until, there.until) if at is not None), default=None)
    revoked = min((at for at in (here.revoked, there.revoked) if at is not None), default=None)
    if here.revoked is None or there.revoked is None:
        through = here.through if there.revoked is None else there.through
    else:
        through = {name: min(seq, there.through.get(name, 0)) for name, seq in here.through.items()}
    return replace(here, until=until, revoked=revoked, through=through)


def with_issuers(file: Path, said: Mapping[str, Any]) -> tuple[int, int]:
    """Take in whose tokens count and what was taken back; how many keys, and how many revocations, are new."""
    theirs = said["revoked"]
    with edited(file) as content:
        ours = content["revoked"]
        gone = {*ours["keys"], *theirs["keys"]}
        there = {each["kid"]: each for each in content["keys"]}
        fresh = [each for each in said["issuers"] if each["kid"] not in {*there, *gone}]
        for each in said["issuers"]:
            if (own := there.get(each["kid"])) is not None and "until" in each:
                own["until"] = min(each["until"], own.get("until", FOREVER))
        content["keys"] = [each for each in (*content["keys"], *fresh) if each["kid"] not in gone]
        before = len(ours["keys"]) + len(ours["tokens"]) + len(ours["people"])
        ours["keys"] = [*ours["keys"], *sorted(gone - {*ours["keys"]})]
        for part in ("tokens", "people"):
            for name, at in theirs[part].items():
                ours[part][name] = max(float(at), ours[part].get(name, 0.0))
        after = len(ours["keys"]) + len(ours["tokens"]) + len(ours["people"])
    return len(fresh), after - before


def plain(key: NodeKey) -> dict[str, Any]:
    """A key as a file says it."""
    told = {"node": key.node, "id": key.key_id, "algorithm": key.algorithm.name}
    told["public_key"] = base64.b64encode(key.public_key).decode()
    moments = (("from", key.from_), ("until", key.until), ("revoked", key.revoked))
    return {
        **told,
        **{name: at.isoformat() for name, at in moments if at is not None},
        **({"through": dict(key.through)} if key.through else {}),
    }


def told(said: Mapping[str, Any]) -> dict[str, Any]:
    """The same as a directory has it. Raises ValueError."""
    return {
        name: datetime.fromisoformat(value) if name in ("from", "until", "revoked") else value
        for name, value in said.items()
    }
