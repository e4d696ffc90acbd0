"""Certificates of a running city are issued again before they end."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from pathlib import Path

from services.node.failure import Failure
from services.node.nats import Server, make_keys
from services.node.plan import Plan

log = logging.getLogger(__name__)
EVERY = 12 * 3600.0


async def keep_certificates_fresh(
    plan: Callable[[], Plan], servers: Callable[[], Iterable[Server]], every: float = EVERY
) -> None:
    """Look now and then, until cancelled. A gRPC server shows by itself what was issued anew; a NATS server reads its files
    again, and drops no link for it.
    """
    while True:
        await asyncio.sleep(every)
        try:
            renewed = renew(plan())
        except (Failure, OSError) as wrong:
            log.error("certificates: %s", wrong)
            continue
        if renewed:
            log.info("certificates: issued again: %s", ", ".join(str(path) for path in renewed))
            for server in servers():
                server.reload()


def renew(plan: Plan) -> list[Path]:
    """Issue again what is about to end; which were. Raises Failure, OSError."""
    names = ["hub", *(site.id for site in plan.sites)]
    paths = [path for name in names for path in (plan.trust(name).authority, plan.trust(name).own[0])]
    before = {path: path.stat().st_mtime_ns for path in paths if path.exists()}
    make_keys(plan.keys, [site.id for site in plan.sites])
    return [path for path in dict.fromkeys(paths) if before.get(path) != path.stat().st_mtime_ns]
