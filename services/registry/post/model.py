"""Units and posts, as they are kept."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import Field
from yifa.registry.v1 import post_pb2

from services.kit.store import Instant
from services.law.moment import moment_at
from services.registry.row import Row


class Unit(Row, table=True):
    """A unit of a body; `record` is a yifa.registry.v1.Unit."""

    unit_id: str = Field(primary_key=True)
    body_id: str = Field(index=True)
    version: int = 1
    record: bytes = b""


class Post(Row, table=True):
    """A post of a unit; `record` is a yifa.registry.v1.Post."""

    post_id: str = Field(primary_key=True)
    body_id: str = Field(index=True)
    sensitive: bool
    close_time: datetime | None = Field(default=None, sa_type=Instant)
    version: int = 0
    record: bytes = b""


def post_columns(post: post_pb2.Post) -> dict[str, object]:
    """The columns of a post but its key."""
    return {
        "body_id": post.body_id,
        "sensitive": post.sensitive,
        "close_time": moment_at(post, "close_time"),
        "version": post.version,
        "record": post.SerializeToString(),
    }


POSTS = select(*Post.__table__.columns)
