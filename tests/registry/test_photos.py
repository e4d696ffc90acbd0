"""Photos of officers: what is kept of one, and that nobody waits while it is cleaned."""

import asyncio
import io
import os
import threading
from typing import Any

import grpc
import pytest
from PIL import Image
from sqlalchemy import func, select
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import showing_pb2 as pb

from services.registry.photo import acts as photo
from services.registry.photo.model import OfficerPhoto
from tests.registry.town import CITY, Town


def picture(kind: str = "JPEG", size: tuple[int, int] = (300, 400), **more: Any) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 40).convert("RGB").save(out, kind, **more)
    return out.getvalue()


async def test_others_write_while_a_photo_is_cleaned(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    body = await town.body()
    officer = await town.register(body)
    request = pb.SetOfficerPhotoRequest(officer_id=officer.officer_id, data=picture())
    begun, go_on, cleaned = threading.Event(), threading.Event(), photo.cleaned

    def slowly(data: bytes) -> tuple[str, bytes]:
        begun.set()
        assert go_on.wait(20), "nobody else could write"
        return cleaned(data)

    monkeypatch.setattr(photo, "cleaned", slowly)
    setting = asyncio.create_task(
        town.call("huanbao", "registry", "SetOfficerPhoto", request, "ROSTER_CLERK")
    )
    await asyncio.to_thread(begun.wait, 20)

    another = await asyncio.wait_for(town.register(body), 10)

    assert not setting.done()
    go_on.set()
    assert (await setting).photo.version == 1
    entries = await town.journal("huanbao", "registry")
    order = [e.subject_id for e in entries if e.subject_id in (officer.officer_id, another.officer_id)]
    assert order == [officer.officer_id, another.officer_id, officer.officer_id]


async def test_the_same_photo_sent_again_under_its_request_id_is_kept_once(town: Town) -> None:
    officer = await town.register(await town.body())
    request = pb.SetOfficerPhotoRequest(
        request_id=f"photo-{officer.officer_id}", officer_id=officer.officer_id
    )
    request.data = picture()

    replies = await asyncio.gather(
        *(town.call("huanbao", "registry", "SetOfficerPhoto", request, "ROSTER_CLERK") for _ in range(3))
    )

    assert [reply.photo.version for reply in replies] == [1, 1, 1]


@pytest.mark.parametrize(
    "data",
    [
        b"GIF89a" + bytes(200),
        picture("PNG", (40, 40)),
        picture()[:-5000],
        picture("PNG", (1, 2001)),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    ],
    ids=["gif", "small", "cut", "long", "svg"],
)
async def test_what_is_no_fitting_picture_is_refused(town: Town, data: bytes) -> None:
    officer = await town.register(await town.body())
    request = pb.SetOfficerPhotoRequest(officer_id=officer.officer_id, data=data)

    with town.refused("BAD_PHOTO", grpc.StatusCode.INVALID_ARGUMENT, field="data"):
        await town.call("huanbao", "registry", "SetOfficerPhoto", request, "ROSTER_CLERK")


async def test_a_photo_of_more_than_200_kb_is_malformed(town: Town) -> None:
    officer = await town.register(await town.body())
    request = pb.SetOfficerPhotoRequest(officer_id=officer.officer_id, data=bytes(204_801))

    with town.refused("MALFORMED", grpc.StatusCode.INVALID_ARGUMENT, field="data"):
        await town.call("huanbao", "registry", "SetOfficerPhoto", request, "ROSTER_CLERK")


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
async def test_a_photo_is_kept_without_what_came_with_it(town: Town, kind: str) -> None:
    officer = await town.register(await town.body())
    exif = Image.Exif()
    exif[0x010F] = "SECRETCAMERA"
    data = picture(kind, (200, 260), exif=exif, **({"comment": b"SECRET"} if kind == "JPEG" else {}))
    request = pb.SetOfficerPhotoRequest(officer_id=officer.officer_id, data=data + b"SECRET")

    reply = await town.call("huanbao", "registry", "SetOfficerPhoto", request, "ROSTER_CLERK")

    [event] = [e for e in await town.journal("huanbao", "registry") if e.subject_id == officer.officer_id][
        -1:
    ]
    kept = events.OfficerPhotoSet.FromString(event.data).photo
    assert (kept.media_type, kept.version, reply.photo.data) == (f"image/{kind.lower()}", 1, b"")
    assert b"SECRET" in data and b"SECRET" not in kept.data
    assert Image.open(io.BytesIO(kept.data)).size == (200, 260)


async def test_many_photos_at_once_arrive_all(town: Town) -> None:
    data = os.urandom(190_000)
    photos = [
        pb.OfficerPhoto(officer_id=f"O-photo-{n}", media_type="image/png", data=data, version=1)
        for n in range(30)
    ]
    registry = town.city.nodes["huanbao"].running("registry")

    await registry.do(
        lambda tx: [tx.emit(events.OfficerPhotoSet(photo=p), subject=p.officer_id) for p in photos]
    )

    async def kept() -> int:
        count = select(func.count()).where(OfficerPhoto.officer_id.like("O-photo-%"))
        return int(town.city.nodes[CITY].running("registry").rows(count)[0][0])

    await town.seen(kept, lambda found: found == 30)
