"""Readers that do what a hostile file may make a reader do; each is run in a process of its own."""

import ctypes
import os
import time
from collections.abc import Iterator

from services.kit.apart import Unreadable


def echo(data: bytes) -> Iterator[bytes]:
    yield data


def spin(_data: bytes) -> Iterator[bytes]:
    yield b"begun"
    while True:
        pass


def sleep(_data: bytes) -> Iterator[bytes]:
    time.sleep(1000)
    yield b""


def grow(_data: bytes) -> Iterator[bytes]:
    held = []
    while True:
        held.append(bytearray(1 << 24))
        yield b"more"


def pour(_data: bytes) -> Iterator[bytes]:
    while True:
        yield b"x" * (1 << 20)


def crash(_data: bytes) -> Iterator[bytes]:
    yield bytes(ctypes.string_at(0))


def abort(_data: bytes) -> Iterator[bytes]:
    os.abort()
    yield b""


def write(_data: bytes) -> Iterator[bytes]:
    with open("/tmp/yifa-left-behind", "wb") as file:  # noqa: S108 - what a hostile reader would choose
        file.write(b"x")
    yield b""


def wrong(_data: bytes) -> Iterator[bytes]:
    yield b"half"
    raise Unreadable("这不是名单 this is no list")


def failed(_data: bytes) -> Iterator[bytes]:
    """As a library does that meets a number which cannot be."""
    yield b"half"
    raise ValueError("negative seek value -7")


def damaged(_data: bytes) -> Iterator[bytes]:
    yield str(1 // 0).encode()
