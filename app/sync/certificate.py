"""Decides whether a server's certificate is the right one, whatever the clocks say.

A certificate is known by the hash of its public key, proved at enrolment; one that the web trusts
is held to its name and its chain instead. In neither case are its dates held against this
computer's clock, which may stand in 2031: what counts is inside, signed and sealed.
"""

import ssl
from functools import cache
from hashlib import sha256

import certifi
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_NO_CHECK_TIME = 0x200000  # X509_V_FLAG_NO_CHECK_TIME, which Python gives no name
ANY = "*"


class WrongCertificate(ssl.SSLCertVerificationError):
    """Whoever answered holds another key than the one proved at enrolment."""


class _Context(ssl.SSLContext):
    """Checks the certificate's key before a byte is sent."""

    pin = ""
    seen = ""
    """The key of the certificate last met."""

    def check(self, certificate: bytes | None) -> None:
        self.seen = key_hash(certificate or b"")
        if self.pin not in (ANY, "", self.seen):
            raise WrongCertificate(f"certificate with key {self.seen}")


class _Socket(ssl.SSLSocket):
    def do_handshake(self, block: bool = False) -> None:  # the library's
        super().do_handshake(block)
        assert isinstance(self.context, _Context)
        self.context.check(self.getpeercert(binary_form=True))


class _Object(ssl.SSLObject):
    """The same through a proxy that itself speaks TLS."""

    def do_handshake(self) -> None:
        super().do_handshake()
        assert isinstance(self.context, _Context)
        self.context.check(self.getpeercert(binary_form=True))


_Context.sslsocket_class = _Socket
_Context.sslobject_class = _Object


def trusting(pin: str) -> ssl.SSLContext:
    """Trust the certificate whose key is `pin`; "" those the web trusts, `ANY` all of them."""
    return _of_the_web() if not pin else _with_key(pin)


@cache
def bare() -> ssl.SSLContext:
    """For an address without TLS: trusts nobody."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def seen(context: ssl.SSLContext) -> str:
    """The key of the certificate that was met last, as a pin would name it."""
    return context.seen if isinstance(context, _Context) else ""


def key_hash(certificate: bytes) -> str:
    """SHA-256 of the public key in a DER certificate; "" when there is none."""
    try:
        key = x509.load_der_x509_certificate(certificate).public_key()
    except ValueError:
        return ""
    return sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


@cache
def _of_the_web() -> ssl.SSLContext:
    context = _Context(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_default_certs()
    context.load_verify_locations(certifi.where())
    context.verify_flags |= _NO_CHECK_TIME
    return context


def _with_key(pin: str) -> ssl.SSLContext:
    context = _Context(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = False  # the key says who it is
    context.verify_mode = ssl.CERT_NONE
    context.pin = pin
    return context
