"""What grows at a node: how large it is and may be, and what happens there. Answers to requests are let go of in time."""

import asyncio
import logging
import shutil
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from prometheus_client import Gauge
from sqlalchemy import delete, func, select, text
from sqlalchemy.exc import DBAPIError
from yifa.journal.v1 import condition_pb2 as pb

from services.kit.left import fullest
from services.kit.limits import Limits
from services.kit.refusal import Busy, Full
from services.kit.store import KitTables, micros
from services.kit.time import wall
from services.kit.tx import Tx

if TYPE_CHECKING:
    from services.kit.service import Running

log = logging.getLogger(__name__)
SWEEP = 600.0
AT_ONCE = 500
"""So many answers go in one transaction, so that no caller waits for it."""
BYTES = Gauge("yifa_store_bytes", "how large something that grows is", ("node", "service", "store"))
MOST_BYTES = Gauge("yifa_store_limit_bytes", "how large it may become", ("node", "service", "store"))
ROWS = Gauge("yifa_store_rows", "how many rows it has", ("node", "service", "store"))

AT_LIMIT = {
    "database": (
        "磁盘写满时新的写入被拒绝，已有记录不受影响，仍可查询；腾出空间后自动恢复。",
        "When the disk is full writes are refused (DISK_FULL); what is there stays and is read; it goes on once there is room.",
    ),
    "replies": (
        "超过数量或者期限的应答被清除，最早的先清；此后再用同一请求编号即视为新的请求。",
        "Beyond number or age the oldest go; the same request_id is a new request from then on.",
    ),
    "stream": (
        "达到上限后事件留在各服务日志中等待，办案不受影响，不会丢失；提高设置中的上限并重启后继续发送。",
        "At the limit events wait in the journals, work goes on, nothing is lost; raise [limits] stream_bytes, and they go on.",
    ),
    "parked": (
        "一个节点的事件搁置到上限后，其余留在事件流中，不会丢失；处理后自动补收。其他节点不受影响。",
        "Beyond it the events of that node stay in the stream, and are read again once half of what is parked is dealt with.",
    ),
    "uploads": (
        "磁盘剩余低于为业务记录保留的数额时不再接收文件；中断的上传七天后清除。",
        "With less than [files] reserve free no file is taken (DISK_NEARLY_FULL); broken-off uploads go after seven days.",
    ),
    "disk": (
        "剩余不足时先告警；写满后写入被拒绝，读取不受影响。",
        "It is told before it is full; then writes are refused, and reads go on.",
    ),
}


def size(
    name: str, bytes_: int = 0, limit: int = 0, *, service: str = "", rows: int = 0, most: int = 0
) -> pb.StoreSize:
    zh, en = AT_LIMIT[name]
    return pb.StoreSize(
        name=name, service=service, bytes=bytes_, limit_bytes=limit, rows=rows, limit_rows=most,
        at_limit_zh=zh, at_limit_en=en,
    )  # fmt: skip


def sizes(services: "Iterable[Running]", limits: Limits, replies: dict[str, int]) -> Iterator[pb.StoreSize]:
    """How large the databases, the kept answers and the uploads of a node are."""
    folders: set[Path] = set()
    files = None
    for running in services:
        used, limit = database_size(running)
        yield size("database", used, limit, service=running.name)
        yield size("replies", service=running.name, rows=replies.get(running.name, 0), most=limits.replies)
        yield size("parked", service=running.name, rows=parked_of_one(running)[1], most=limits.parked)
        if (folder := folder_of(running)) is not None:
            folders.add(folder)
        files = running.around.files
    if files is not None and files.folder.is_dir():
        used = sum(path.stat().st_size for path in files.incoming.glob("*/*"))
        free = shutil.disk_usage(files.folder).free
        yield size("uploads", used, used + max(0, free - files.limits.reserve))
        folders.add(files.folder)
    for disk in disks(folders):
        total, _, free = shutil.disk_usage(disk)
        yield size("disk", total - free, total)


def folder_of(running: "Running") -> Path | None:
    """Where a service's SQLite database lies; None where it is another server's."""
    return Path(running.engine.url.database or "").parent if running.engine.dialect.name == "sqlite" else None


def disks(folders: Iterable[Path]) -> list[Path]:
    """One folder of each disk that these lie on."""
    return sorted({folder.stat().st_dev: folder for folder in sorted(folders)}.values())


def database_size(running: "Running") -> tuple[int, int]:
    """How large a database is, and may become."""
    if (folder := folder_of(running)) is None:
        try:
            [[used]] = running.rows(text("SELECT pg_database_size(current_database())"))
        except DBAPIError:
            return 0, 0
        return int(used), 0
    file = Path(running.engine.url.database or "")
    used = sum(p.stat().st_size for p in (file, Path(f"{file}-wal")) if p.exists())
    return used, used + shutil.disk_usage(folder).free


def parked_of_one(running: "Running") -> tuple[str, int, int]:
    """What is parked of the sender with most, as `fullest` tells it; nothing where the database does not answer."""
    try:
        return fullest(running)
    except DBAPIError:
        return "", 0, 0


def tell(node: str, stores: Iterable[pb.StoreSize]) -> None:
    """Let Prometheus know."""
    for s in stores:
        BYTES.labels(node, s.service, s.name).set(s.bytes)
        MOST_BYTES.labels(node, s.service, s.name).set(s.limit_bytes)
        ROWS.labels(node, s.service, s.name).set(s.rows)


async def let_replies_go(running: "Running", limits: Limits, counts: dict[str, int]) -> None:
    """Keep no more answers than may be kept, and none longer, for ever. `counts` learns how many there are."""
    reply = running.kit.reply
    while True:
        try:
            while gone := await running.do(lambda tx: sweep(tx, running.kit, limits)):
                log.info("%s: let go of %d answers", running.title, gone)
                await asyncio.sleep(0)
            [[counts[running.name]]] = await asyncio.to_thread(
                running.rows, select(func.count()).select_from(reply)
            )
        except (Busy, Full, DBAPIError) as problem:
            log.warning("%s: answers are kept longer: %s", running.title, problem)
        await asyncio.sleep(SWEEP)


def sweep(tx: Tx, kit: KitTables, limits: Limits) -> int:
    """Take some answers away that are too old, or too many; how many."""
    reply, db = kit.reply, tx.db.connection()
    before = micros(wall() - timedelta(days=limits.reply_days))
    first_too_many = select(reply.c.at).order_by(reply.c.at.desc()).offset(limits.replies).limit(1)
    before = max(before, db.execute(first_too_many).scalar() or 0)
    some = select(reply.c.request_id).where(reply.c.at <= before).order_by(reply.c.at).limit(AT_ONCE)
    return db.execute(delete(reply).where(reply.c.request_id.in_(some.scalar_subquery()))).rowcount
