"""Lists and pictures that were made to harm who reads them: refused in words, and the next one is read."""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from services.cli.lists import file as reading
from services.kit.apart import Bounds
from services.registry.photo.picture import NoPhoto, cleaned
from tests.attack.attack import HARMLESS, Attack, Scene
from tests.registry.lists import HEAD
from tests.registry.sheets import book, line, lines_in, patched, read_list
from tests.registry.test_hostile_files import (
    bomb_picture,
    deflated,
    deflated_and_denied,
    entities,
    far_and_hidden_from_the_look,
    far_cell,
    repeated,
    said_to_be_large,
    strings,
)

SMALL = Bounds(memory=3 << 25, cpu=10, seconds=20, found=1 << 22)
BOMBS = (
    far_cell,
    far_and_hidden_from_the_look,
    said_to_be_large,
    deflated,
    deflated_and_denied,
    entities,
    strings,
    repeated,
)


async def unfolded(bomb: Callable[[Path], Path], _scene: Scene) -> str:
    return await asyncio.to_thread(_unfolded, bomb)


def _unfolded(bomb: Callable[[Path], Path]) -> str:
    usual, reading.BOUNDS = reading.BOUNDS, SMALL
    try:
        with TemporaryDirectory() as folder:
            file = bomb(book(Path(folder) / "名单.xlsx", 名单=[HEAD, line(1)]))
            try:
                lines_in(file)
            except ValueError:
                again = book(Path(folder) / "再次.xlsx", 名单=[HEAD, line(1)])
                return "refused" if len(lines_in(again)) == 2 else "the next is not read"
    finally:
        reading.BOUNDS = usual
    return "READ"


async def drawn(_scene: Scene) -> str:
    try:
        await asyncio.to_thread(cleaned, bomb_picture("PNG", 6_000))
    except NoPhoto:
        return "refused"
    return "READ"


async def external(_scene: Scene) -> str:
    """An entity that stands for a file of this machine."""

    def read() -> str:
        with TemporaryDirectory() as folder:
            file = book(Path(folder) / "名单.xlsx", 名单=[HEAD, line(1)])
            head = '<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst '
            patched(file, "xl/sharedStrings.xml", "<sst ", head)
            patched(file, "xl/sharedStrings.xml", "示例1", "&x;")
            try:
                return "READ" if "root:" in repr(lines_in(file)) else HARMLESS
            except ValueError:
                return "refused"

    return await asyncio.to_thread(read)


async def computed(formula: str, _scene: Scene) -> str:
    """A cell that is worked out, or that asks for another file, is no name."""

    def read() -> str:
        def draw(sheet: object) -> None:
            sheet.write_row(0, 0, HEAD)  # type: ignore[attr-defined]
            sheet.write_row(1, 0, line(1))  # type: ignore[attr-defined]
            sheet.write_formula(1, 0, formula, None, "")  # type: ignore[attr-defined]

        with TemporaryDirectory() as folder:
            try:
                rows, report = read_list(book(Path(folder) / "名单.xlsx", 名单=draw))
            except ValueError:
                return "refused"
            said = repr(report)
            return (
                HARMLESS
                if not any(getattr(r, "name", "").startswith("=") for r in rows) and said
                else "TAKEN"
            )

    return await asyncio.to_thread(read)


async def hidden(_scene: Scene) -> str:
    """A second list on a sheet that nobody sees."""

    def read() -> str:
        def conceal(sheet: object) -> None:
            sheet.write_row(0, 0, HEAD)  # type: ignore[attr-defined]
            sheet.write_row(1, 0, line(2))  # type: ignore[attr-defined]
            sheet.hide()  # type: ignore[attr-defined]

        with TemporaryDirectory() as folder:
            rows, _ = read_list(book(Path(folder) / "名单.xlsx", 秘密=conceal, 名单=[HEAD, line(1)]))
            return HARMLESS if [row.name for row in rows] == ["示例1"] else repr(rows)

    return await asyncio.to_thread(read)


FILES = (
    *(
        Attack(
            f"a workbook: {bomb.__name__.replace('_', ' ')}",
            "file",
            (bomb.__doc__ or "").strip(),
            ("refused",),
            partial(unfolded, bomb),
            None,
            True,
        )
        for bomb in BOMBS
    ),
    Attack("a picture of 36 million pixels", "file", "decompression bomb", ("refused",), drawn, None, True),
    Attack("a workbook that names a file", "file", "XXE", (HARMLESS, "refused"), external),
    *(
        Attack(f"a formula {n}", "file", formula, (HARMLESS, "refused"), partial(computed, formula))
        for n, formula in enumerate(
            ("=1+1", '=WEBSERVICE("http://127.0.0.1/")', "=cmd|'/C calc'!A0", "='[../../etc/passwd]x'!A1"), 1
        )
    ),
    Attack("a hidden sheet", "file", "a second list that nobody sees", (HARMLESS,), hidden),
)
