"""An S3-compatible store for the tests: a real one, in a process of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

KEY_ID, SECRET, NAME = "yifa-tests", "of-these-tests-alone", "files"


@dataclass
class ObjectStore:
    """A store that can be stopped and started again on the same port."""

    folder: Path
    port: int
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def client(self, prefix: str = "") -> S3Store:
        return S3Store(
            NAME,
            prefix=prefix or None,
            endpoint=self.endpoint,
            access_key_id=KEY_ID,
            secret_access_key=SECRET,
            client_options={"allow_http": True, "timeout": "5s"},
            retry_config={"max_retries": 0},
        )

    def start(self) -> None:
        self.folder.mkdir(exist_ok=True)
        ports = {name: str(free_port()) for name in ("master", "volume", "filer")}
        command = [
            str(Path(sys.executable).parent / "weed"),
            "-logtostderr",
            "mini",
            "-dir",
            str(self.folder),
        ]
        command += ["-ip", "127.0.0.1", "-ip.bind", "127.0.0.1", "-bucket", NAME, "-s3.port", str(self.port)]
        command += ["-admin.ui=false", "-webdav=false", "-master.telemetry=false"]
        command += [part for name, port in ports.items() for part in (f"-{name}.port", port)]
        keys = {"AWS_ACCESS_KEY_ID": KEY_ID, "AWS_SECRET_ACCESS_KEY": SECRET}
        with (self.folder.parent / "store.log").open("ab") as log:
            self.process = subprocess.Popen(command, env=os.environ | keys, stdout=log, stderr=log)
        by = time.monotonic() + 30
        while True:
            try:
                obstore.put(self.client(), "ready", b"")
                return
            except BaseError:
                if time.monotonic() > by or self.process.poll() is not None:
                    raise
                time.sleep(0.1)

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


@contextmanager
def object_store(folder: Path) -> Iterator[ObjectStore]:
    store = ObjectStore(folder / "objects", free_port())
    try:
        store.start()
        yield store
    finally:
        store.kill()


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port
