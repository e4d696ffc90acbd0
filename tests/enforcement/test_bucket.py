"""Files of a department that keeps them in a bucket of an S3-compatible store instead of on its own disk."""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import grpc
import pytest
import pytest_asyncio
from typer.testing import CliRunner

from services.cli.files import app
from services.enforcement.file.sweeping import sweep
from services.given.file import CHUNK
from tests.city import read_refusal
from tests.enforcement.department import Department
from tests.enforcement.handing_in import SIZE, fetched, handed_in, part_of, store, upload_in
from tests.enforcement.samples import NODE, START, UNIT
from tests.object_store import KEY_ID, NAME, SECRET, ObjectStore, object_store


@pytest.fixture(scope="module")
def objects(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ObjectStore]:
    with object_store(tmp_path_factory.mktemp("store")) as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def bucketed(
    objects: ObjectStore, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Department]:
    department = Department(tmp_path_factory.mktemp("bucketed"))
    (department.folder / "bucket.key").write_text(SECRET)
    with (department.folder / "node.toml").open("a") as settings:
        settings.write(
            f'[bucket]\nendpoint = "{objects.endpoint}"\nname = "{NAME}"\n'
            f'access_key_id = "{KEY_ID}"\nsecret_file = "bucket.key"\n'
        )
    await department.start()
    await department.benchmark()
    department.now = START
    yield department
    await department.stop()


async def test_a_file_is_kept_in_the_bucket_and_given_back(
    bucketed: Department, objects: ObjectStore, photo: Path
) -> None:
    dossier = await bucketed.investigating()

    file = await handed_in(bucketed, dossier, photo)

    kept = objects.client(NODE).get(file.sha256.hex()).bytes()
    assert bytes(kept) == photo.read_bytes(), "under this node's prefix, by its hash"
    assert await fetched(bucketed, file) == photo.read_bytes()
    assert await fetched(bucketed, file, offset=CHUNK, length=7) == photo.read_bytes()[CHUNK : CHUNK + 7]
    assert await fetched(bucketed, file, offset=SIZE - 3) == photo.read_bytes()[-3:]
    assert not part_of(bucketed, dossier, upload_in(bucketed, dossier, photo)).exists()
    assert not (bucketed.folder / NODE / "files" / "held").exists(), "nothing of it stays on the disk"


async def test_while_the_store_is_away_nothing_is_lost_and_the_upload_goes_on_after(
    bucketed: Department, objects: ObjectStore, photo: Path
) -> None:
    dossier = await bucketed.investigating()
    held = await handed_in(bucketed, dossier, photo)
    other = photo.with_name("b.jpg")
    other.write_bytes(os.urandom(SIZE))

    objects.kill()
    try:
        async with bucketed.refused("FILE_STORE_UNREACHABLE") as told:
            await handed_in(bucketed, dossier, other)
        with pytest.raises(grpc.aio.AioRpcError) as no:
            await fetched(bucketed, held)
    finally:
        objects.start()

    assert told.code == grpc.StatusCode.UNAVAILABLE
    assert read_refusal(no.value).reason == "FILE_STORE_UNREACHABLE"
    assert part_of(bucketed, dossier, upload_in(bucketed, dossier, other)).stat().st_size == SIZE
    file = await handed_in(bucketed, dossier, other)
    assert await fetched(bucketed, file) == other.read_bytes()
    assert await fetched(bucketed, held) == photo.read_bytes()


async def test_verification_names_what_the_store_lost_or_altered(
    bucketed: Department, objects: ObjectStore, tmp_path: Path
) -> None:
    dossier = await bucketed.investigating()
    paths = [tmp_path / f"{n}.jpg" for n in range(3)]
    for path in paths:
        path.write_bytes(os.urandom(CHUNK))
    _, lost, altered = [await handed_in(bucketed, dossier, path) for path in paths]

    objects.client(NODE).delete(lost.sha256.hex())
    objects.client(NODE).put(altered.sha256.hex(), os.urandom(CHUNK))

    def verified() -> dict[str, str]:
        told = CliRunner().invoke(app, ["verify", "--json", str(bucketed.folder / "node.toml")])
        return {f["file_id"]: f["what"] for f in json.loads(told.stdout)[0]["faults"]}

    assert await asyncio.to_thread(verified) == {lost.file_id: "LOST", altered.file_id: "ALTERED"}
    for file, reason in ((lost, "FILE_LOST"), (altered, "FILE_ALTERED")):
        with pytest.raises(grpc.aio.AioRpcError) as no:
            await fetched(bucketed, file)
        assert read_refusal(no.value).reason == reason
    assert await handed_in(bucketed, dossier, paths[1]) == lost, "handed in again, it is there again"
    assert await fetched(bucketed, lost) == paths[1].read_bytes()


async def test_only_what_no_record_of_this_node_needs_is_swept(
    bucketed: Department, objects: ObjectStore, photo: Path
) -> None:
    dossier = await bucketed.investigating()
    file = await handed_in(bucketed, dossier, photo)
    own, foreign = objects.client(NODE), objects.client("another-department")
    own.put("ab" * 32, b"left by a process that died")
    foreign.put("cd" * 32, b"of another department")
    files = store(bucketed)

    assert await sweep(bucketed.running) == 0, "it came just now, and may be on its way"
    files.limits, usual = replace(files.limits, keep_seconds=-1), files.limits
    try:
        assert await sweep(bucketed.running) == 1
    finally:
        files.limits = usual

    assert await fetched(bucketed, file, UNIT) == photo.read_bytes()
    assert [m["path"] for batch in foreign.list() for m in batch] == ["cd" * 32]
    with pytest.raises(FileNotFoundError):
        own.head("ab" * 32)
