"""Lists, trainings and photos with the register in PostgreSQL."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import psycopg
import pytest
import pytest_asyncio
from yifa.registry.v1 import registry_service_pb2_grpc as rpc
from yifa.registry.v1 import showing_pb2 as pb

from services.cli.lists.bring import bring
from services.kit.dial import channel
from services.kit.node import Node
from services.kit.settings import Settings
from services.registry.__main__ import SERVICE
from tests.postgres import binaries, server
from tests.registry.lists import csv_file, number_of, person
from tests.registry.test_bulk_crash import Department
from tests.registry.test_photos import picture

pytestmark = pytest.mark.skipif(binaries() is None, reason="no PostgreSQL binaries: apt install postgresql")
BODY = "示例执法机关"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def on_postgres(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Department, str]]:
    """A department's registry in this process, its records in PostgreSQL."""
    with server() as url:
        with psycopg.connect(url + "postgres", autocommit=True) as admin:
            admin.execute("CREATE DATABASE registry")
        department = Department(tmp_path_factory.mktemp("department"))
        with department.settings.open("a") as settings:
            settings.write(f'[database]\nurl = "{url}{{service}}"\n')
        await department.know(BODY)
        node = Node(Settings.load(department.settings), [SERVICE])
        task = asyncio.create_task(node.serve())
        await asyncio.wait_for(node.ready.wait(), 20)
        yield department, url + "registry"
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def test_lists_are_kept_in_postgres(on_postgres: tuple[Department, str], tmp_path: Path) -> None:
    department, url = on_postgres
    lines = [person(n, BODY) for n in range(1200)]
    lines[7][1] = "1"
    roster = csv_file(tmp_path / "名册.csv", lines, "gbk")
    training = tmp_path / "培训.csv"
    training.write_text(f"身份证号,课程,培训日期,学时\n{number_of(3)},行政处罚法,2026-03-02,8\n", "utf-8")

    first = await bring(department.target, department.metadata, "officers", roster)
    again = await bring(department.target, department.metadata, "officers", roster)
    trained = [await bring(department.target, department.metadata, "training", training) for _ in range(2)]

    assert (first.added, first.bad, again.added, again.unchanged) == (1199, 1, 0, 1199)
    assert [(report.added, report.unchanged) for report in trained] == [(1, 0), (0, 1)]
    with psycopg.connect(url) as database:
        [officers] = database.execute("select count(*) from officer").fetchall()
        [hours] = database.execute(
            "select training_hours from officer where id_number = %s", (number_of(3),)
        ).fetchall()
    assert (officers, hours) == ((1199,), (8,))


async def test_a_photo_is_kept_in_postgres(on_postgres: tuple[Department, str], tmp_path: Path) -> None:
    department, url = on_postgres
    roster = csv_file(tmp_path / "名册.csv", [person(5000, BODY)])
    await bring(department.target, department.metadata, "officers", roster)
    with psycopg.connect(url) as database:
        wanted = "select officer_id from officer where id_number = %s"
        [(officer_id,)] = database.execute(wanted, (number_of(5000),)).fetchall()
    request = pb.SetOfficerPhotoRequest(request_id="photo-1", officer_id=officer_id, data=picture())

    async with channel(department.target) as there:
        stub = rpc.RegistryServiceStub(there)
        reply = await stub.SetOfficerPhoto(request, metadata=department.metadata)

    with psycopg.connect(url) as database:
        [(data,)] = database.execute("select data from officerphoto").fetchall()
    assert reply.photo.media_type == "image/jpeg" and bytes(data).startswith(b"\xff\xd8")
