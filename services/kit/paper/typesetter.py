"""The process that sets papers in type: one beside the service, begun anew when it fails or takes too long."""

import asyncio
import json
import shutil
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import segno

from services.kit.settings import Settings

WORKER = Path(__file__).with_name("worker.py")
# How long one paper may take, in seconds.
LONGEST = 30.0
# The faces of GB/T 9704, the first that is installed; after them those that are free.
FACES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "title": ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "Noto Serif CJK SC", "Source Han Serif SC"),
        "body": (
            "FangSong_GB2312", "FangSong", "STFangsong", "FandolFang R", "Noto Serif CJK SC", "Source Han Serif SC",
            "Noto Sans CJK SC", "WenQuanYi Micro Hei",
        ),
        "hei": ("SimHei", "STHeiti", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei"),
        "kai": ("KaiTi_GB2312", "KaiTi", "STKaiti", "FandolKai", "AR PL UKai CN", "Noto Serif CJK SC", "Source Han Serif SC"),
        "song": ("SimSun", "STSong", "Noto Serif CJK SC", "Source Han Serif SC", "AR PL UMing CN"),
    }
)  # fmt: skip


class NotSet(Exception):
    """The paper could not be set; the message says why."""


@dataclass(frozen=True)
class Manuscript:
    """What is set: the files of a template, which of them leads, what the paper says, its hash, where its QR code leads, and the
    moment that the file bears, in seconds.
    """

    files: Mapping[str, str]
    main: str
    data: bytes
    paper_id: str
    link: str
    at: int

    def line(self) -> bytes:
        asked = {
            "files": self.files,
            "main": self.main,
            "data": self.data.decode(),
            "qr": segno.make(self.link, error="m", micro=False).svg_inline(border=0, scale=4),
            "hash": self.paper_id,
            "at": self.at,
        }
        return json.dumps(asked, ensure_ascii=False).encode() + b"\n"


@dataclass
class Typesetter:
    """`folders` with fonts besides the system's, `faces` that are tried before the usual ones."""

    folders: tuple[str, ...] = ()
    faces: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    process: asyncio.subprocess.Process | None = None
    room: str = ""
    """Where the process keeps the templates while it runs. It leaves none: it clears that away when this one dies."""

    async def set(self, manuscript: Manuscript, longest: float = LONGEST) -> bytes:
        """The file (PDF/A). Raises NotSet; the process is then begun anew if it does not answer."""
        process = self.process = self.process or await self.begin()
        try:
            async with asyncio.timeout(longest):
                return await ask(process, manuscript)
        except TimeoutError:
            await self.aclose()
            raise NotSet(f"{manuscript.main} takes longer than {longest:g} seconds") from None
        except (asyncio.IncompleteReadError, OSError) as ended:
            await self.aclose()
            raise NotSet(f"{manuscript.main}: the typesetter ended ({ended})") from None
        except asyncio.CancelledError:
            await self.aclose()
            raise

    async def begin(self) -> asyncio.subprocess.Process:
        faces = {role: [*self.faces.get(role, ()), *names] for role, names in FACES.items()}
        self.room = tempfile.mkdtemp(prefix="yifa-papers-")
        config: dict[str, Any] = {"folders": list(self.folders), "faces": faces, "room": self.room}
        pipes: dict[str, Any] = {"stdin": asyncio.subprocess.PIPE, "stdout": asyncio.subprocess.PIPE}
        return await asyncio.create_subprocess_exec(sys.executable, str(WORKER), json.dumps(config), **pipes)

    async def aclose(self) -> None:
        process, self.process = self.process, None
        if process is not None:
            if process.returncode is None:
                process.kill()
            await process.wait()
            shutil.rmtree(self.room, ignore_errors=True)


def typesetter(settings: Settings) -> Typesetter:
    """The typesetter of a node, with the fonts and faces of its file."""
    section = settings.section("papers")
    folders = tuple(str(settings.path.parent / folder) for folder in section.get("fonts", ()))
    return Typesetter(folders, {role: tuple(names) for role, names in section.get("faces", {}).items()})


async def ask(process: asyncio.subprocess.Process, manuscript: Manuscript) -> bytes:
    """Raises NotSet for what the typesetter says, IncompleteReadError when it has ended."""
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(manuscript.line())
    await process.stdin.drain()
    head = await process.stdout.readuntil(b"\n")
    answer = json.loads(head)
    if "problem" in answer:
        raise NotSet(answer["problem"])
    return await process.stdout.readexactly(answer["size"])
