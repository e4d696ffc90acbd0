"""What a service leaves in the record, of a decision or of the paper by which the agency corrected it."""

from datetime import datetime
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases

from services.law.moment import put_moment


def put_service(service: cases.Service, asked: Any, at: datetime) -> None:
    """The way, its proof, and what was tried in vain before. Consent and address are those of electronic service alone."""
    service.method, service.receipt = asked.method, asked.receipt
    if asked.method == cases.SERVICE_METHOD_ELECTRONIC:
        service.consent, service.address = asked.consent, asked.address
    service.attempts.extend(asked.attempts)
    if asked.method == cases.SERVICE_METHOD_LEFT:
        service.left.CopyFrom(asked.left)
    put_moment(service.serve_time, at)


def put_announcement(announcement: cases.Announcement, asked: Any, at: datetime) -> None:
    """Why there is no other way, where it was announced, and what was tried in vain before."""
    announcement.cause, announcement.address = asked.cause, asked.address
    announcement.whereabouts = asked.whereabouts
    announcement.attempts.extend(asked.attempts)
    put_moment(announcement.announce_time, at)
