"""What ends a city that starts: a mistake in what a process is told, which to start it again does not mend. All else is
tried again.
"""

from pathlib import Path

from services.kit.settings import WRONG, BadSettings
from services.kit.supervised import Process
from services.node.failure import Failure
from services.node.nats import Server, check_conf
from services.node.plan import Plan, ports_of_server, taken_among, told_of

LINES = 3
"""So much is shown of the log of a process that ended."""


def check_process(process: Process, code: int) -> None:
    """Raise BadSettings when a process ended because of what it is told. One that died just before is not judged yet: what it
    held may not have been let go of, as a lock of a database.
    """
    if code == WRONG and (not process.ends or process.ends[-1].code == WRONG):
        said = "\n".join(Path(process.log).read_text(errors="replace").splitlines()[-LINES:])
        raise BadSettings(
            f"{process.name} 无法启动，须先改正 · cannot start until this is put right ({process.log}):\n{said}"
        )


def check_server(name: str, server: Server, plan: Plan) -> None:
    """Raise BadSettings when a NATS server ended because of its configuration, or because another listens where it should."""
    try:
        check_conf(server.conf)
    except FileNotFoundError as wrong:
        raise BadSettings(f"缺少消息服务程序 · {wrong}") from None
    except ValueError as wrong:
        raise BadSettings(
            f"{name} 的配置有误，须先改正 · its configuration has to be put right: {wrong}"
        ) from None
    if taken := taken_among(ports_of_server(plan, name.removeprefix("nats-"))):
        raise BadSettings(told_of(taken))


def plain(group: ExceptionGroup[Exception]) -> Exception:
    """What a user can mend among what went wrong; else all of it."""
    return next((each for each in group.exceptions if isinstance(each, BadSettings | Failure)), group)
