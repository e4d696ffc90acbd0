"""The certificates of a city: its own authority and what that issued to hub and nodes, or what the operator put in their place.

An authority whose key does not lie beside it is the operator's: nothing is issued then, and what is missing is told by its name.
A certificate that another authority issued is left alone. What is about to end is issued again for the same key, so that no file
fits another for a moment only.
"""

import datetime
import ipaddress
from collections.abc import Iterable, Sequence
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from services.kit.private import write_private
from services.node.failure import Failure

AUTHORITY = "Yifa city authority"
LIFETIME = datetime.timedelta(days=397)
AUTHORITY_LIFETIME = datetime.timedelta(days=3650)
RENEW_BEFORE = datetime.timedelta(days=30)
"""Of a certificate; of the authority so long before that none outlives it."""
HOSTS = ("localhost", "127.0.0.1")


def keep_certificates(
    folder: Path, names: Iterable[str], hosts: Sequence[str] = HOSTS, now: datetime.datetime | None = None
) -> list[Path]:
    """Issue what is missing under `folder`, and again what is about to end or names not all hosts: for each name
    `NAME/NAME.pem` with its key. Returns what was written. Raises Failure for what only the operator can mend.
    """
    now = now or datetime.datetime.now(datetime.UTC)
    authority = folder / "ca" / "ca.pem"
    written = keep_authority(authority, now)
    for name in names:
        written += keep_certificate(authority, name, folder / name, hosts, now)
    return written


def keep_authority(path: Path, now: datetime.datetime) -> list[Path]:
    """The city's own authority, unless the operator put another there."""
    key_path = path.with_name("ca-key.pem")
    if path.exists() and (not key_path.exists() or _lasts(path, now, LIFETIME + RENEW_BEFORE)):
        return []
    key = _key(key_path)
    name = _read(path).subject if path.exists() else _called(AUTHORITY)
    use = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    made = (
        _builder(name, name, key.public_key(), now, AUTHORITY_LIFETIME)
        .add_extension(x509.BasicConstraints(True, 0), critical=True)
        .add_extension(use, critical=True)
    )
    write_private(path, _signed(made, key, key.public_key()))
    return [path]


def keep_certificate(
    authority: Path, name: str, folder: Path, hosts: Sequence[str], now: datetime.datetime
) -> list[Path]:
    """The certificate by which a node or the hub is known, as server and as client."""
    path, key_path = certificate_of(folder, name)
    issuer, issuer_key_path = _read(authority), authority.with_name("ca-key.pem")
    foreign = path.exists() and not _issued(_read(path), issuer)
    if path.exists() and key_path.exists() and (foreign or _good(path, hosts, now)):
        return []
    if not issuer_key_path.exists():
        raise Failure(
            f"{path} or its key is missing or about to end, and {authority} is an authority of your own: put both files there"
        )
    key = _key(key_path)
    use = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH])
    made = (
        _builder(_called(name), issuer.subject, key.public_key(), now, LIFETIME)
        .add_extension(x509.BasicConstraints(False, None), critical=True)
        .add_extension(x509.SubjectAlternativeName([_host(host) for host in hosts]), critical=False)
        .add_extension(use, critical=False)
    )
    issuer_key = _key(issuer_key_path)
    write_private(path, _signed(made, issuer_key, issuer_key.public_key()))
    return [path]


def certificate_of(folder: Path, name: str) -> tuple[Path, Path]:
    """Where a certificate and its key lie."""
    return folder / f"{name}.pem", folder / f"{name}-key.pem"


def _good(path: Path, hosts: Sequence[str], now: datetime.datetime) -> bool:
    if not _lasts(path, now, RENEW_BEFORE):
        return False
    extensions = _read(path).extensions
    named = extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    uses = extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    return ExtendedKeyUsageOID.CLIENT_AUTH in uses and all(_host(host) in named for host in hosts)


def _lasts(path: Path, now: datetime.datetime, left: datetime.timedelta) -> bool:
    """Whether a certificate holds for so long yet, and is one as they are issued today."""
    found = _read(path)
    try:
        found.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier)
    except x509.ExtensionNotFound:
        return False
    return found.not_valid_after_utc - now > left


def _issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _read(path: Path) -> x509.Certificate:
    """A certificate. Raises Failure for what is none."""
    try:
        return x509.load_pem_x509_certificate(path.read_bytes())
    except ValueError:
        raise Failure(f"{path} is no certificate in PEM") from None


def _key(path: Path) -> ec.EllipticCurvePrivateKey:
    """The key in a file, made where there is none."""
    if not path.exists():
        made = ec.generate_private_key(ec.SECP256R1())
        plain = serialization.NoEncryption()
        pem = made.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        write_private(path, pem)
    key = serialization.load_pem_private_key(path.read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    now: datetime.datetime,
    lifetime: datetime.timedelta,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + lifetime)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _signed(
    builder: x509.CertificateBuilder, key: ec.EllipticCurvePrivateKey, issuer: ec.EllipticCurvePublicKey
) -> bytes:
    known = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer)
    made = builder.add_extension(known, critical=False).sign(key, hashes.SHA256())
    return made.public_bytes(serialization.Encoding.PEM)


def _called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _host(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)
