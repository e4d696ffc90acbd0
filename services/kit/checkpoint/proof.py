"""The proof of one entry: a small JSON file with which anybody checks, offline and without the rest, that the journal has it.

The format is described for who has no Yifa in docs/proof.md.
"""

import base64
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.kit.algorithm import unable
from services.kit.checkpoint.origin import first_of, journal_of, node_of, signatures_of
from services.kit.directory import NodeKey
from services.kit.journal import Envelope, seal
from services.kit.note import (
    BadNote,
    Note,
    decoded,
    genuine,
    key_hash,
    parse,
    parse_verifier_key,
    verifier_key,
)
from services.kit.signing import key_id_of
from services.kit.tree import root_by

FORMAT = "yifa-proof/1"
PARTS = ("format", "journal", "entry", "index", "path", "checkpoint", "keys")
TEXTS = ("event_id", "type", "addressee", "subject", "actor", "request_id", "trace")
NUMBERS = ("seq", "count", "at")
LARGEST = 8 * 1024 * 1024


class BadProof(Exception):
    """The file is no proof."""


@dataclass
class Proven:
    """What a proof comes to: the entry, the checkpoint, who signed it when, and what is wrong."""

    entry: Envelope
    note: Note
    signed_by: str = ""
    witnesses: dict[str, int] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def written(e: Envelope, index: int, path: Sequence[bytes], note: Note, keys: Iterable[NodeKey]) -> str:
    """The file of a proof: signatures that no known key made are left out."""
    used, names = [], set()
    for signature in note.signatures:
        cosigns = signature.cosigns
        node = node_of(signature.name) if cosigns else journal_of(note.checkpoint.origin)[0]
        for key in keys:
            mine = key.node == node and key.revoked is None
            if mine and genuine(note.checkpoint, signature, key.public_key) and signature.name not in names:
                names.add(signature.name)
                used.append((signature, verifier_key(signature.name, key.public_key, cosigns)))
    good = Note(note.checkpoint, tuple(signature for signature, _ in used))
    return text_of(
        {
            "format": FORMAT,
            "journal": note.checkpoint.origin,
            "entry": {
                "seq": e.seq,
                "event_id": e.event_id,
                "type": e.type,
                "addressee": e.to,
                "count": e.count,
                "subject": e.subject,
                "at": e.at,
                "actor": e.actor,
                "request_id": e.request_id,
                "trace": e.trace,
                "data": base64.b64encode(e.data).decode(),
                "prev_hash": e.prev_hash.hex(),
            },
            "index": index,
            "path": [digest.hex() for digest in path],
            "checkpoint": good.text,
            "keys": [key for _, key in used],
        }
    )


def text_of(said: Any) -> str:
    """The one form in which a proof is written."""
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def read(text: str) -> Proven:
    """Check a proof by itself: the entry, its way to the root, every signature under the checkpoint. Raises BadProof."""
    said = parsed(text)
    entry, note = entry_in(said), note_in(said)
    proven = Proven(entry, note, keys=said["keys"])
    checkpoint = note.checkpoint
    if said["journal"] != checkpoint.origin:
        proven.faults.append("the checkpoint is of another journal")
    if said["index"] != entry.seq - first_of(said["journal"]):
        proven.faults.append("the place in the tree is not that of the entry's number")
    try:
        root = root_by(entry.hash, said["index"], checkpoint.size, [digest(part) for part in said["path"]])
        if root != checkpoint.root:
            proven.faults.append("the path does not lead from the entry to the root of the checkpoint")
    except ValueError as wrong:
        proven.faults.append(str(wrong))
    look_at_signatures(proven)
    return proven


def look_at_signatures(proven: Proven) -> None:
    """Each signature has its key among those of the file, and each key its signature."""
    origin = proven.note.checkpoint.origin
    unused = list(proven.keys)
    for signature in proven.note.signatures:
        for text in proven.keys:
            name, public, cosigns = parse_verifier_key(text)
            its = (name, cosigns, key_hash(name, public, cosigns))
            if its == (signature.name, signature.cosigns, signature.key_hash):
                break
        else:
            proven.faults.append(f"there is no key to the signature of {signature.name}")
            continue
        if text in unused:
            unused.remove(text)
        if why := unable(public):
            proven.faults.append(f"the signature of {signature.name} cannot be checked here: {why}")
        elif not genuine(proven.note.checkpoint, signature, public):
            proven.faults.append(f"the signature of {signature.name} is not that of its key")
        elif cosigns:
            proven.witnesses[signature.name] = signature.time
        elif signature.name == origin:
            proven.signed_by = origin
    proven.faults += [f"there is no signature to the key {text.partition('+')[0]}" for text in unused]
    if not proven.signed_by:
        proven.faults.append("the node whose journal it is did not sign the checkpoint")


def by_known_keys(proven: Proven, keys: Sequence[NodeKey]) -> list[str]:
    """What is wrong with a proof for whoever knows the keys of the city's nodes."""
    found = signatures_of(proven.note, keys)
    faults = [*found.wrong]
    if not found.by_its_node:
        faults.append("its node's key did not sign the checkpoint")
    known = {(k.node, k.public_key) for k in keys if k.revoked is None}
    for text in proven.keys:
        name, public, cosigns = parse_verifier_key(text)
        node = node_of(name) if cosigns else journal_of(name)[0]
        if (node, public) not in known:
            faults.append(f"the key {key_id_of(public)} of {name} is none of its node")
    return faults


def parsed(text: str) -> dict[str, Any]:
    if len(text) > LARGEST:
        raise BadProof("is too large")
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        raise BadProof("is no JSON") from None
    if not isinstance(said, dict) or tuple(said) != PARTS or said["format"] != FORMAT:
        raise BadProof(f"is no {FORMAT}")
    if text_of(said) != text:
        raise BadProof("is not written in the one form of a proof")
    lists = all(
        isinstance(said[name], list) and all(isinstance(x, str) for x in said[name])
        for name in ("path", "keys")
    )
    if not (lists and type(said["index"]) is int and isinstance(said["journal"], str)):
        raise BadProof("lacks a part, or has one of another kind")
    return said


def entry_in(said: dict[str, Any]) -> Envelope:
    """The entry, with the hash that follows from it."""
    e = said["entry"]
    if not isinstance(e, dict) or tuple(e) != ("seq", "event_id", "type", "addressee", "count", "subject", "at", "actor",
                                               "request_id", "trace", "data", "prev_hash"):  # fmt: skip
        raise BadProof("has no whole entry")
    if not (
        all(isinstance(e[n], str) for n in (*TEXTS, "data", "prev_hash"))
        and all(type(e[n]) is int for n in NUMBERS)
    ):
        raise BadProof("has an entry with parts of another kind")
    try:
        data = decoded(e["data"]) if e["data"] else b""
        prev = digest(e["prev_hash"])
        fields = (e["seq"], e["event_id"], e["type"], e["addressee"], e["count"], e["subject"], e["at"], e["actor"],
                  e["request_id"], e["trace"], data)  # fmt: skip
        node, service = journal_of(said["journal"])
        return Envelope(node, service, *fields, prev, seal(prev, *fields))
    except (BadNote, ValueError) as wrong:
        raise BadProof(f"has an entry that {wrong}") from None


def note_in(said: dict[str, Any]) -> Note:
    try:
        for text in said["keys"]:
            parse_verifier_key(text)
        return parse(said["checkpoint"])
    except (BadNote, AttributeError, TypeError, ValueError) as wrong:
        raise BadProof(str(wrong)) from None


def digest(text: str) -> bytes:
    """A SHA-256 in hexadecimal, in its one form. Raises ValueError."""
    found = bytes.fromhex(text)
    if len(found) != 32 or found.hex() != text:
        raise ValueError("holds a hash that is none")
    return found
