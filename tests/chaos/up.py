"""`yifa up --no-demo`, but each link leads through the cable that YIFA_CABLES names, each node has a clock of its own, and what
ends unasked is started again sooner: in a run there are more ends in a minute than elsewhere in a year, and what lies down has no
further faults.
"""

import json
import os
from pathlib import Path

from services.cli.__main__ import main
from services.node import city, roster, supervisor
from services.node.plan import Plan, lay_out


def wired(plan: Plan) -> None:
    """The files of the city, so changed."""
    lay_out(plan)
    for node, port in json.loads(os.environ["YIFA_CABLES"]).items():
        edit(plan.nats_conf(node), f"tls://{plan.hub_leaf}", f"tls://127.0.0.1:{port}")
        edit(plan.settings(node), 'file = "clock"', f'file = "clock-{node}"')


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text, f"{file} does not say {old}"
    roster.put(file, text.replace(old, new))


if __name__ == "__main__":
    supervisor.PAUSES = (0.5, 1)
    city.lay_out = wired
    main()
