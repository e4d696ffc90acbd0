"""Public keys carried between two machines: one file, signed; what is not believed changes nothing, what was revoked stays so."""

import json
import os
import shutil
import signal
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from services.cli.keys import changed_key
from services.cli.tokens import changed_token_key
from services.kit.algorithm import SM2
from services.kit.directory import Directory, revoke
from services.kit.issuers import Issuers, kid_of, public_of, read, revoke_key, revoke_person
from services.kit.settings import Settings
from services.kit.signing import algorithm_asked, own_key, signer_in
from services.kit.time import wall
from services.node.carrying import AHEAD, TAKEN, join, signed, stamp, tell
from services.node.failure import Failure
from services.node.plan import Plan, lay_out, plan
from services.node.up import ROOT

NODE = "huanbao"
ENV = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'proto' / 'gen'}"}


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[Path, bytes]]:
    """The files of two machines, each with keys of its own for the same city."""
    found = {}
    for name in ("office", "bureau"):
        var = tmp_path_factory.mktemp(name)
        lay_out(plan(var, 20_000, share=0.0))
        found[name] = {path.relative_to(var): path.read_bytes() for path in var.rglob("*") if path.is_file()}
    return found


@pytest.fixture
def machines(laid_out: dict[str, dict[Path, bytes]], tmp_path: Path) -> tuple[Plan, Plan]:
    """The city's machine, and the department's."""
    for name, files in laid_out.items():
        for path, content in files.items():
            (tmp_path / name / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name / path).write_bytes(content)
    office, bureau = (plan(tmp_path / name, 20_000, share=0.0) for name in ("office", "bureau"))
    return office, bureau


def settings(at: Plan, node: str) -> Settings:
    return Settings.load(at.settings(node))


def key_of(at: Plan, node: str) -> str:
    own = own_key(settings(at, node))
    assert own is not None
    return own.signer.key_id


def state(at: Plan) -> list[bytes]:
    files = (at.directory, at.issuers, at.directory.with_name(TAKEN))
    return [file.read_bytes() if file.exists() else b"" for file in files]


def yifa(at: Plan, *words: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "services.cli", *words],
        env={**ENV, "YIFA_VAR": str(at.var), "YIFA_PORT_BASE": "20000"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def taken(office: Plan, bureau: Plan, now: datetime | None = None) -> str:
    """The city's file, after the department took it in for the first time."""
    text = tell(settings(office, "city"), now or wall())
    join(settings(bureau, NODE), text, wall(), key_of(office, "city"))
    return text


def test_a_file_is_carried_and_taken_in_and_running_processes_know_it(machines: tuple[Plan, Plan]) -> None:
    """Not before somebody compared the key of who made it; the keys of the own machine stay."""
    office, bureau = machines
    file, there = office.var / "keys.json", str(bureau.settings(NODE))
    running, before = Directory(bureau.directory), state(bureau)

    assert yifa(office, "node", "tell", str(file))[0] == 0
    with pytest.raises(Failure, match=f"此处不认识.*--key {key_of(office, 'city')}"):
        join(settings(bureau, NODE), file.read_text("utf-8"), wall())
    with pytest.raises(Failure, match="not known here"):
        join(settings(bureau, NODE), file.read_text("utf-8"), wall(), key_of(bureau, "city"))
    assert state(bureau) == before
    code, said = yifa(bureau, "node", "join", str(file), "--settings", there, "--key", key_of(office, "city"))

    assert code == 0 and "3 个节点密钥" in said and "3 个签发密钥" in said, said
    for node in ("city", NODE, "chengguan"):
        for at in (office, bureau):
            assert running.find(node, key_of(at, node)) is not None
    assert {key.node for key in read(bureau.issuers).issuers.values()} == {"city", NODE, "chengguan"}
    assert "PRIVATE" not in file.read_text() and file.stat().st_mode & 0o077 == 0


def test_a_key_of_sm2_is_made_and_carried_with_its_algorithm(machines: tuple[Plan, Plan]) -> None:
    """The city signs with SM2 from now on: its settings ask for that, and so is the file signed that the department takes in."""
    office, bureau = machines
    taken(office, bureau)
    old, file = key_of(office, "city"), office.var / "keys.json"

    code, said = yifa(office, "keys", "rotate", "city", "--algorithm", "sm2")
    new = key_of(office, "city")

    assert code == 0 and said.strip() == new and new != old
    assert algorithm_asked(settings(office, "city")) is SM2
    assert settings(office, "city").sections.keys() == settings(bureau, "city").sections.keys()
    assert f"{new} sm2 from" in yifa(office, "keys", "list")[1]
    file.write_text(tell(settings(office, "city"), wall()), "utf-8")
    join(settings(bureau, NODE), file.read_text("utf-8"), wall(), new)
    for at in (office, bureau):
        found = Directory(at.directory).find("city", new)
        assert found is not None and found.algorithm is SM2
    wrong = json.loads(file.read_text("utf-8"))
    [carried] = [key for key in wrong["keys"] if key["id"] == new]
    carried["algorithm"] = "ed25519"
    with pytest.raises(Failure, match="no file of keys"):
        join(settings(bureau, NODE), json.dumps(wrong), wall(), new)
    lay_out(office)
    assert key_of(office, "city") == new, "what was written before stays as it is asked for"


def test_what_was_revoked_arrives_and_nothing_counts_again(machines: tuple[Plan, Plan]) -> None:
    office, bureau = machines
    first = taken(office, bureau)
    theirs, kid = key_of(office, "chengguan"), next(iter(read(office.issuers).issuers))
    trust = Issuers(bureau.issuers)
    revoke(office.directory, "chengguan", theirs, wall(), {"enforcement": 3})
    revoke_key(office.issuers, kid)
    revoke_person(office.issuers, "city", "leaving-1", 5.0)

    took = join(settings(bureau, NODE), tell(settings(office, "city"), wall()), wall())

    found = Directory(bureau.directory).find("chengguan", theirs)
    assert took.revoked == 2 and trust.changed()
    assert found is not None and found.revoked is not None and dict(found.through) == {"enforcement": 3}
    assert trust.revoked(kid, "", "", 9.0) and trust.revoked(kid, "", "city/leaving-1", 5.0)
    # and the other way: what was revoked here is not given back by who did not hear of it
    revoke(bureau.directory, NODE, key_of(office, NODE), wall(), {})
    own = next(k for k, each in read(office.issuers).issuers.items() if each.node == "chengguan")
    revoke_key(bureau.issuers, own)
    revoke_person(bureau.issuers, "city", "leaving-1", 7.0)
    join(settings(bureau, NODE), tell(settings(office, "city"), wall()), wall())
    found = Directory(bureau.directory).find(NODE, key_of(office, NODE))
    assert found is not None and found.revoked is not None
    assert own not in read(bureau.issuers).issuers and read(bureau.issuers).people["city/leaving-1"] == 7.0
    with pytest.raises(Failure, match="was taken already"):
        join(settings(bureau, NODE), first, wall())


@pytest.fixture
def cutting() -> Iterator[Callable[..., int]]:
    """Does something up to a step in a process that is killed -9 there; how that ended."""
    with ExitStack() as stack:
        running: list[subprocess.Popen[str]] = []

        def cut(n: int, *words: str) -> int:
            if not running:
                command = [sys.executable, "-m", "tests.nodes.cutting", *words]
                pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
                running.append(stack.enter_context(subprocess.Popen(command, cwd=ROOT, env=ENV, **pipes)))
            [process] = running
            process.stdin.write(f"{n}\n")
            process.stdin.flush()
            return int(process.stdout.readline())

        yield cut


def test_a_file_that_was_cut_off_anywhere_is_gone_on_with(
    machines: tuple[Plan, Plan], cutting: Callable[..., int]
) -> None:
    """Whoever reads meanwhile finds every list whole, nothing that was revoked counts, and the same file once more ends it."""
    office, bureau = machines
    first, known = taken(office, bureau), key_of(office, "city")
    theirs, kid = key_of(office, "chengguan"), next(iter(read(office.issuers).issuers))
    revoke(office.directory, "chengguan", theirs, wall(), {"enforcement": 3})
    revoke_key(office.issuers, kid)
    yifa(office, "keys", "rotate", NODE)
    text, before = tell(settings(office, "city"), wall()), state(bureau)
    join(settings(bureau, NODE), text, wall(), known)
    whole, files = state(bureau), (bureau.directory, bureau.issuers, bureau.directory.with_name(TAKEN))
    seen, ended, carried = set[tuple[bool, ...]](), list[int](), office.var / "carried"
    carried.write_text(text, "utf-8")

    while ended[-1:] != [0]:
        for file, content in zip(files, before, strict=True):
            file.write_bytes(content)
        ended.append(cutting(len(ended) + 1, "join", str(bureau.settings(NODE)), str(carried), known))
        left = state(bureau)
        new = tuple(now == then for now, then in zip(left, whole, strict=True))
        assert all(now in (old, then) for old, now, then in zip(before, left, whole, strict=True))
        assert new in ((False,) * 3, (True, False, False), (True, True, False), (True,) * 3), "in this order"
        assert Directory(bureau.directory).find("city", known) is not None and Issuers(bureau.issuers)
        seen.add(new)
        with suppress(Failure):
            join(settings(bureau, NODE), first, wall())
        found = Directory(bureau.directory).find("chengguan", theirs)
        assert found is not None and (found.revoked is not None) is new[0], "an older one takes nothing back"
        assert (kid in read(bureau.issuers).issuers) is not new[1]
        join(settings(bureau, NODE), text, wall(), known)
        assert state(bureau) == whole

    assert len(seen) == 4 and ended == [-signal.SIGKILL] * (len(ended) - 1) + [0], "cut between all of them"


def test_a_change_of_keys_that_was_cut_off_anywhere_is_gone_on_with(
    machines: tuple[Plan, Plan], cutting: Callable[..., int]
) -> None:
    """The key that the node signs with is in the directory at every moment, and one of the two; the same command ends it."""
    office, _ = machines
    folder, before = office.sign_key(NODE).parent, key_of(office, NODE)
    files, ended = {file: file.read_bytes() for file in (*folder.iterdir(), office.directory)}, list[int]()
    seen = set[tuple[bool, int]]()

    while ended[-1:] != [0]:
        shutil.rmtree(folder)
        folder.mkdir(mode=0o700)
        for file, content in files.items():
            file.write_bytes(content)
        words = ("rotate", str(office.directory), str(folder), NODE, "sm2")
        ended.append(cutting(len(ended) + 1, *words))
        signs = signer_in(office.sign_key(NODE).read_bytes()).key_id
        known = Directory(office.directory)
        assert known.find(NODE, signs) is not None
        seen.add((signs == before, len(known.of(NODE))))
        last = changed_key(office.directory, folder, NODE, wall(), timedelta(hours=1), SM2)
        after = {key.key_id: key for key in Directory(office.directory).of(NODE)}
        assert signer_in(office.sign_key(NODE).read_bytes()).key_id == last in after
        assert after[before].until is not None and not (folder / "next").exists()
        if (True, 2) in seen and ended[-1] and signs == before and len(known.of(NODE)) == 2:
            assert len(after) == 2, "it went on with the key that was made, and made no third"

    assert seen == {(True, 1), (True, 2), (False, 2)}, "cut before, between, and after"


def test_a_change_of_the_key_of_tokens_that_was_cut_off_is_gone_on_with(
    machines: tuple[Plan, Plan], cutting: Callable[..., int]
) -> None:
    """The key that signs tokens is among the issuers at every moment; the same command ends it, with no third key."""
    office, _ = machines
    key, issuers = office.token_key(NODE), office.issuers
    files, ended = {file: file.read_bytes() for file in (*key.parent.iterdir(), issuers)}, list[int]()
    before, seen = kid_of(NODE, public_of(key.read_bytes())), set[tuple[bool, int]]()

    def known() -> set[str]:
        return {
            each["kid"] for each in json.loads(issuers.read_text("utf-8"))["keys"] if each["node"] == NODE
        }

    while ended[-1:] != [0]:
        for file in key.parent.iterdir():
            if file not in files:
                file.unlink()
        for file, content in files.items():
            file.write_bytes(content)
        ended.append(cutting(len(ended) + 1, "token", str(issuers), str(key), NODE))
        signs, told = kid_of(NODE, public_of(key.read_bytes())), known()
        assert signs in told
        seen.add((signs == before, len(told)))
        last = changed_token_key(issuers, key, NODE, 3600.0)
        assert kid_of(NODE, public_of(key.read_bytes())) == last in known()
        assert not [file.name for file in key.parent.iterdir() if file.name.startswith("token.new")]
        if signs == before and len(told) == 2:
            assert known() == told, "it went on with the key that was made, and made no third"

    assert seen == {(True, 1), (True, 2), (False, 2)}, "cut before, between, and after"


def test_a_department_tells_of_itself_alone(machines: tuple[Plan, Plan]) -> None:
    office, bureau = machines
    text = tell(settings(bureau, NODE), wall())

    took = join(settings(office, "city"), text, wall(), key_of(bureau, NODE))

    assert (took.keys, took.issuers) == (1, 1)
    assert {key["node"] for key in json.loads(text)["keys"]} == {NODE}
    before = state(office)
    more = json.loads(tell(settings(bureau, "city"), wall())) | {"node": NODE, "key_id": key_of(bureau, NODE)}
    with pytest.raises(Failure, match="not its own"):
        join(settings(office, "city"), signed_anew(bureau, NODE, more), wall())
    assert state(office) == before


def signed_anew(at: Plan, node: str, said: dict[str, Any]) -> str:
    """A file as whoever has the node's key may make it."""
    own = own_key(settings(at, node))
    assert own is not None
    return json.dumps(said | {"signature": b64encode(own.signer.key.sign(signed(said))).decode()})


ALTERED: dict[str, Callable[[dict[str, Any]], Any]] = {
    "a key less": lambda said: said["keys"].pop(),
    "a key more": lambda said: said["keys"].append(said["keys"][0] | {"node": "new"}),
    "an issuer less": lambda said: said["issuers"].pop(),
    "a revocation": lambda said: said["revoked"]["people"].update({"city/x": 1.0}),
    "the time": lambda said: said.update(
        made=stamp(datetime.fromisoformat(said["made"]) - timedelta(seconds=1))
    ),
    "the maker": lambda said: said.update(node="chengguan"),
    "the signature": lambda said: said.update(signature="A" * 86 + "=="),
    "no signature": lambda said: said.pop("signature"),
    "another city": lambda said: said.update(city="elsewhere"),
    "a word more": lambda said: said.update(more=1),
    "no keys": lambda said: said.update(keys=None),
    "a text that is none": lambda said: said.update(more="\ud800"),
}


@pytest.mark.parametrize("how", ALTERED)
def test_what_was_altered_changes_nothing(machines: tuple[Plan, Plan], how: str) -> None:
    office, bureau = machines
    taken(office, bureau, wall() - timedelta(hours=1))
    before, said = state(bureau), json.loads(tell(settings(office, "city"), wall()))
    ALTERED[how](said)

    with pytest.raises(Failure):
        join(settings(bureau, NODE), json.dumps(said), wall(), key_of(office, "city"))

    assert state(bureau) == before


@pytest.mark.parametrize("text", ["", "x", "[]", "{}", "null", "[" * 100_000, '{"form": "yifa-keys/v1"}'])
def test_what_is_no_file_of_keys_is_told_so(machines: tuple[Plan, Plan], text: str) -> None:
    with pytest.raises(Failure, match="no file of keys"):
        join(settings(machines[1], NODE), text, wall())


def test_who_has_a_key_that_holds_no_longer_is_not_believed(machines: tuple[Plan, Plan]) -> None:
    """Nor with --key; nor a file of a time to come, nor a moment that is none."""
    office, bureau = machines
    taken(office, bureau)
    for wrong, why in (({"made": "nan"}, "no file"), ({"issuers": [{}]}, "no file")):
        said = json.loads(tell(settings(office, "city"), wall())) | wrong
        with pytest.raises(Failure, match=why):
            join(settings(bureau, NODE), signed_anew(office, "city", said), wall())
    said = json.loads(tell(settings(office, "city"), wall()))
    said["revoked"]["people"]["city/leaving-1"] = float("nan")
    with pytest.raises(Failure, match="no file"):
        join(settings(bureau, NODE), signed_anew(office, "city", said), wall())
    with pytest.raises(Failure, match="time to come"):
        join(settings(bureau, NODE), tell(settings(office, "city"), wall() + 2 * AHEAD), wall())

    revoke(bureau.directory, "city", key_of(office, "city"), wall(), {})
    with pytest.raises(Failure, match="holds no longer"):
        join(settings(bureau, NODE), tell(settings(office, "city"), wall()), wall(), key_of(office, "city"))
