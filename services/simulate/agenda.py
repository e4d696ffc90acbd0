"""The calendar of a simulated year: what goes on at once, each a coroutine that waits for its moments."""

import asyncio
import heapq
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime
from itertools import count
from typing import Any

Stop = Callable[[datetime], Awaitable[None]]


class Agenda:
    """Moments in their order. What is under way waits for its next one with `until`; the clock leaps from one to the next."""

    def __init__(self, now: datetime):
        self.now = now
        self._waiting: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._number = count()
        self._under_way: set[asyncio.Task[None]] = set()
        self._acting = 0
        self._calm, self.started = asyncio.Event(), asyncio.Event()

    def begin(self, work: Coroutine[Any, Any, None], name: str = "") -> None:
        """Something goes on from now on, or from when all begins to run, until it ends by itself."""
        self._acting += 1
        self._calm.clear()
        task = asyncio.create_task(self._whole(work), name=name)
        self._under_way.add(task)

    async def until(self, at: datetime) -> None:
        """Wait for a moment; one that is over comes at once."""
        if at <= self.now:
            return
        wake: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (at, next(self._number), wake))
        self._rests()
        await wake

    async def run(self, end: datetime, arrive: Stop, leave: Stop) -> None:
        """Play everything up to a moment. `arrive` is called when the clock came to one, `leave` when all is done in it.

        Raises what something under way raised.
        """
        await arrive(self.now)
        self.started.set()
        await self._all_rest()
        await leave(self.now)
        while self._waiting and self._waiting[0][0] < end:
            self.now = self._waiting[0][0]
            await arrive(self.now)
            while self._waiting and self._waiting[0][0] <= self.now:
                _, _, wake = heapq.heappop(self._waiting)
                self._acting += 1
                self._calm.clear()
                wake.set_result(None)
            await self._all_rest()
            await leave(self.now)
        for task in tuple(self._under_way):
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _whole(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await self.started.wait()
            await work
        finally:
            self._rests()

    def _rests(self) -> None:
        self._acting -= 1
        if self._acting == 0:
            self._calm.set()

    async def _all_rest(self) -> None:
        if self._acting:
            await self._calm.wait()
        for task in [task for task in self._under_way if task.done()]:
            self._under_way.discard(task)
            task.result()
