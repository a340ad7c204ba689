"""The server's own certificate, when it speaks TLS itself: what counters are told of it."""

from hashlib import sha256
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.models.errors import BadInput


def pin_of(certificate: Path) -> str:
    """SHA-256 of the public key in a PEM file's first certificate. Raises `BadInput`.

    A renewed certificate with the same key is the same pin; its dates are held against no clock.
    """
    try:
        key = x509.load_pem_x509_certificate(certificate.read_bytes()).public_key()
    except (OSError, ValueError) as error:
        raise BadInput(
            f"Không đọc được chứng thư {certificate}; cần một tệp PEM. Hãy kiểm tra --certificate."
        ) from error
    return sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()
