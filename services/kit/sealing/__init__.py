"""Sealing: what a contract marks as PRIVACY_SEALED is encrypted before anything of a request is recorded.

All sealed texts of a request make one box, encrypted (AES-256-GCM) with a data key of its own, which is wrapped (RFC 3394) for
each person named at the service. The rest of the service, its records, events, replies and logs, know the box by its id only. A
method that unseals answers with the content, to who was named, with a key of the node's key store, apart from the databases.
"""

from services.kit.sealing.box import Box, keep, open_box, opened, packed_away
from services.kit.sealing.field import check_room, has_room, take, without
from services.kit.sealing.keys import KeyStore
from services.kit.sealing.people import (
    Named,
    check_opens,
    dismiss,
    drop_leaving,
    held_for_somebody,
    may_unseal,
    name,
    named,
    sweep,
)

__all__ = [
    "Box",
    "KeyStore",
    "Named",
    "check_opens",
    "check_room",
    "dismiss",
    "drop_leaving",
    "has_room",
    "held_for_somebody",
    "keep",
    "may_unseal",
    "name",
    "named",
    "open_box",
    "opened",
    "packed_away",
    "sweep",
    "take",
    "without",
]
