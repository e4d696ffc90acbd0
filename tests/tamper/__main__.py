"""`python -m tests.tamper --count 10000 --seed 1`: a city of its own, and so many changes to copies of what it keeps."""

import asyncio
import tempfile
import time
from pathlib import Path

import typer

from services.node.plan import plan
from tests.cable import free_base
from tests.city import City
from tests.tamper.material import collect, history, of_sm2, sign_all
from tests.tamper.trying import tries


def main(count: int = 10_000, seed: int = 1) -> None:
    """Change, look, and count."""
    asyncio.run(tampered(count, seed))


async def tampered(count: int, seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        city = City(of_sm2(plan(Path(folder) / "var", free_base(), share=0.0)))
        await city.start()
        try:
            await history(city)
            await sign_all(city)
            material = await collect(city, Path(folder))
            began = time.monotonic()
            for tried in tries(city, material, count, seed):
                if (done := sum(tried.made.values())) % 500 == 0:
                    print(f"{done} of {count}, {len(tried.unseen)} not found", flush=True)
        finally:
            await city.stop()
    for kind, number in tried.made.items():
        print(f"{number:>6}  {kind}")
    print(
        f"{sum(tried.made.values())} changes in {time.monotonic() - began:.0f} s, {len(tried.unseen)} not found and named"
    )
    for wrong in tried.unseen[:50]:
        print(wrong[:1000])
    raise typer.Exit(bool(tried.unseen))


if __name__ == "__main__":
    typer.run(main)
