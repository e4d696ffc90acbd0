"""Trees and signed notes are those of RFC 6962 and of C2SP: known values, and what others who know the formats make of them."""

import base64
from dataclasses import replace
from hashlib import sha256

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from services.kit.algorithm import ED25519, SM2
from services.kit.note import (
    BadNote,
    Checkpoint,
    cosign,
    genuine,
    parse,
    parse_verifier_key,
    sign,
    verifier_key,
)
from services.kit.signing import Signer, key_id_of, signer_in
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
SIGNER = Signer(KEY, key_id_of(PUBLIC), PUBLIC)
OF_SM2 = signer_in(SM2.make()[0])
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
    name, public, cosigns = parse_verifier_key(
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    )
    text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    line = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    content = base64.b64decode(line)

    assert (name, cosigns, content[:4].hex()) == ("PeterNeumann", False, "c74f20a3")
    Ed25519PublicKey.from_public_bytes(public).verify(content[4:], text.encode())
    with pytest.raises(InvalidSignature):
        Ed25519PublicKey.from_public_bytes(public).verify(content[4:], text.encode() + b"\n")


@pytest.mark.parametrize("signer", [SIGNER, OF_SM2], ids=["ed25519", "sm2"])
def test_a_checkpoint_is_signed_and_countersigned(signer):
    public, name = signer.public_key, "yifa/city/chengguan"
    note = sign(HEAD, signer)
    witness = cosign(HEAD, name, signer, 1_800_000_000)
    both = parse(note.with_([witness]).text)

    assert both.checkpoint == HEAD and both.text.startswith("yifa/city/huanbao/enforcement\n8\n")
    own, other = both.signatures
    assert genuine(HEAD, own, public) and genuine(HEAD, other, public)
    for one, another in ((own, other), (other, own)):
        # neither is taken for the other: each has its type
        assert not genuine(HEAD, replace(one, content=another.content), public)
    assert other.time == 1_800_000_000
    later = cosign(HEAD, name, signer, 1_800_000_001)
    assert [s.time for s in both.with_([later]).signatures] == [0, 1_800_000_001]
    assert both.with_([witness]).with_([later]).with_([witness]).signatures[1] == later
    for cosigns in (False, True):
        key = verifier_key(HEAD.origin, public, cosigns)
        assert parse_verifier_key(key) == (HEAD.origin, public, cosigns)


@pytest.mark.parametrize(("signer", "other"), [(SIGNER, OF_SM2), (OF_SM2, SIGNER)], ids=["ed25519", "sm2"])
def test_a_key_is_asked_in_its_own_way_only(signer, other):
    """Whatever a signature says of itself, and whoever writes the name of another key over it."""
    [own] = sign(HEAD, signer).signatures
    [theirs] = sign(HEAD, other).signatures

    assert not genuine(HEAD, theirs, signer.public_key)
    assert not genuine(HEAD, replace(theirs, key_hash=own.key_hash), signer.public_key)
    assert not genuine(HEAD, replace(own, content=bytes(64)), signer.public_key)
    relabelled = other.algorithm.signs + signer.public_key
    digest = sha256(b"x\n" + relabelled).hexdigest()[:8]
    with pytest.raises(BadNote):
        parse_verifier_key(f"x+{digest}+{base64.b64encode(relabelled).decode()}")


def test_the_type_of_sm2_is_a_name_of_its_own():
    """As C2SP recommends where it gave no byte: 0xff and what is unlikely to be anybody else's."""
    name, digest, encoded = verifier_key("x", OF_SM2.public_key, False).split("+", 2)
    content = base64.b64decode(encoded)

    assert content == b"\xffyifa/sm2-sm3/v1\n" + OF_SM2.public_key
    assert digest == sha256(b"x\n" + content).hexdigest()[:8] and name == "x"


def test_sm2_signs_as_its_standard_says():
    """The example of GB/T 32918.5, annex A.2: its key, its message, its signature, the id that is used without another."""
    public = bytes.fromhex(
        "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
        "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
    )
    signature = bytes.fromhex(
        "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
        "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"
    )
    assert SM2.verifies(public, signature, b"message digest")
    for n in range(0, 64, 7):
        wrong = bytearray(signature)
        wrong[n] ^= 1
        assert not SM2.verifies(public, bytes(wrong), b"message digest")
    assert not SM2.verifies(public, signature, b"message digesT")
    assert not SM2.verifies(public, bytes(64), b"") and not SM2.verifies(public, b"\xff" * 64, b"")
    assert not SM2.verifies(public, signature + b"\0", b"message digest")
    assert not SM2.verifies(b"\x04" + bytes(64), signature, b"message digest"), "it is no point of the curve"
    assert not ED25519.verifies(public[1:33], signature, b"message digest")


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
    text = sign(HEAD, SIGNER).text
    assert "Xcna" in text
    try:
        note = parse(change(text))
    except BadNote:
        return
    assert not any(
        genuine(note.checkpoint, s, PUBLIC) and s.name == note.checkpoint.origin for s in note.signatures
    )
