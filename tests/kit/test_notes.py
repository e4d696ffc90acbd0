"""Trees and signed notes are those of RFC 6962 and of C2SP: known values, and what others who know the formats make of them."""

import base64

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from services.kit.note import (
    COSIGNATURE,
    ED25519,
    BadNote,
    Checkpoint,
    cosign,
    genuine,
    parse,
    parse_verifier_key,
    sign,
    verifier_key,
)
from services.kit.tree import Growing, levels, path_in, root_by, root_of

# The leaves and roots by which Certificate Transparency tests its logs.
LEAVES = [bytes.fromhex(x) for x in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                                     "606162636465666768696a6b6c6d6e6f")]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
HEAD = Checkpoint("yifa/city/huanbao/enforcement", 8, bytes.fromhex(ROOTS[-1]))


def test_roots_are_those_of_certificate_transparency():
    assert [root_of(LEAVES[: n + 1]).hex() for n in range(8)] == ROOTS
    assert [levels(LEAVES[: n + 1])[-1][0].hex() for n in range(8)] == ROOTS


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 13, 64, 65])
def test_a_path_leads_from_its_entry_to_the_root_and_from_no_other(size):
    entries = [bytes([n]) * 32 for n in range(size)]
    tree, root = levels(entries), root_of(entries)
    for n, entry in enumerate(entries):
        path = path_in(tree, n)
        assert root_by(entry, n, size, path) == root
        assert root_by(b"\xff" * 32, n, size, path) != root
        if size > 1:
            assert root_by(entry, n, size, [b"\xff" * 32, *path[1:]]) != root
        for wrong in [[*path, root], *([path[:-1]] if path else [])]:
            with pytest.raises(ValueError, match="path is too"):
                root_by(entry, n, size, wrong)
    with pytest.raises(ValueError, match="no entry"):
        root_by(entries[0], size, size, [])


def test_a_tree_grows_from_what_was_kept_of_it():
    entries = [bytes([n]) * 32 for n in range(50)]
    tree = Growing()
    for n in range(0, 50, 7):
        tree = Growing.unpack(tree.size, tree.pack()).extended(entries[n : n + 7])
        assert tree.root() == root_of(entries[: n + 7])
    with pytest.raises(ValueError, match="roots for"):
        Growing.unpack(3, bytes(32))


def test_a_note_of_another_house_is_read():
    """The example of the Go checksum database's package for signed notes."""
    name, kind, public = parse_verifier_key(
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    )
    text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    line = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    content = base64.b64decode(line)

    assert (name, kind, content[:4].hex()) == ("PeterNeumann", ED25519, "c74f20a3")
    Ed25519PublicKey.from_public_bytes(public).verify(content[4:], text.encode())
    with pytest.raises(InvalidSignature):
        Ed25519PublicKey.from_public_bytes(public).verify(content[4:], text.encode() + b"\n")


def test_a_checkpoint_is_signed_and_countersigned():
    note = sign(HEAD, KEY)
    witness = cosign(HEAD, "yifa/city/chengguan", KEY, 1_800_000_000)
    both = parse(note.with_([witness]).text)

    assert both.checkpoint == HEAD and both.text.startswith("yifa/city/huanbao/enforcement\n8\n")
    own, other = both.signatures
    assert genuine(HEAD, own, ED25519, PUBLIC) and genuine(HEAD, other, COSIGNATURE, PUBLIC)
    assert not genuine(HEAD, own, COSIGNATURE, PUBLIC) and not genuine(HEAD, other, ED25519, PUBLIC)
    assert other.time == 1_800_000_000
    later = cosign(HEAD, "yifa/city/chengguan", KEY, 1_800_000_001)
    assert [s.time for s in both.with_([later]).signatures] == [0, 1_800_000_001]
    assert both.with_([witness]).with_([later]).with_([witness]).signatures[1] == later
    key = verifier_key(HEAD.origin, ED25519, PUBLIC)
    assert parse_verifier_key(key) == (HEAD.origin, ED25519, PUBLIC)


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.replace("\n8\n", "\n9\n"),
        lambda t: t.replace("huanbao/enforcement\n", "huanbao/registry\n", 1),
        lambda t: t.replace("\n8\n", "\n08\n"),
        lambda t: t.replace("\n8\n", "\n-8\n"),
        lambda t: t[:-1],
        lambda t: t.replace("\n\n", "\n"),
        lambda t: t.replace("— ", "- "),
        lambda t: t.replace("\n\n", "\nmore\n\n"),
        lambda t: t.replace("=\n", "\n"),
        lambda t: t + "— x AAAA\n",
        lambda t: t + "\n",
        lambda t: t.replace("Xcna", "XcnA"),
    ],
)
def test_a_changed_note_is_none_or_has_no_signature(change):
    text = sign(HEAD, KEY).text
    assert "Xcna" in text
    try:
        note = parse(change(text))
    except BadNote:
        return
    assert not any(
        genuine(note.checkpoint, s, ED25519, PUBLIC) and s.name == note.checkpoint.origin
        for s in note.signatures
    )
