"""Enrolment: what a counter and a server prove to each other with a one-time code.

The code is 4 letters that name it and 16 that are its secret (80 bits). The secret never travels:
each side sends an HMAC under it over both sides' keys, so that neither can be put in the other's
place, with or without TLS.
"""

import re
from base64 import b32decode, b32encode
from typing import Annotated, NamedTuple

import msgspec

from app.models.digest import are_equal, keyed_sha256
from app.models.errors import BadInput
from app.models.exchange.chain import PublicKeys

ID_BYTES, SECRET_BYTES = 3, 10
HUB_COUNTER = 0  # the number a hub is enrolled under: it receives nothing and holds no numbers
_LOOK_ALIKE = str.maketrans("018", "OIB")  # digits that base32 leaves out


class Code(NamedTuple):
    """A one-time code: `id` is 4 letters, `secret` 16, both base32."""

    id: str
    secret: str

    def __str__(self) -> str:
        return "-".join(re.findall("....", self.id + self.secret))

    @classmethod
    def drawn(cls, random: bytes) -> "Code":
        """From `ID_BYTES` + `SECRET_BYTES` random bytes."""
        id_, secret = random[:ID_BYTES], random[ID_BYTES:]
        return cls(b32encode(id_).decode()[:4], b32encode(secret).decode()[:16])

    @classmethod
    def parse(cls, text: str) -> "Code":
        """As typed: small letters, blanks and missing dashes are all right. Raises `BadInput`."""
        letters = re.sub(r"[\s-]", "", text).upper().translate(_LOOK_ALIKE)
        if not re.fullmatch("[A-Z2-7]{20}", letters):
            raise BadInput("Mã ghi danh gồm 5 nhóm 4 ký tự; hãy nhập lại đúng như mã được cấp.")
        return cls(letters[:4], letters[4:])


class Asked(msgspec.Struct, frozen=True, omit_defaults=True):
    """The counter's question to `POST /enrol`; keys and proof are hex.

    `branches`: it reads branches of a log, and files in bundles. `incarnation`: of its log, where that
    has its own book and no lane; "" for every other. No proof covers these two: each message
    says the one anew, and whoever changes the other has a lane granted that nobody draws from.
    """

    unit: str
    id: str
    counter: int
    sign_key: str
    seal_key: str
    proof: str
    branches: bool = False
    incarnation: Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{16})?$")] = ""


class Answered(msgspec.Struct, frozen=True, omit_defaults=True):
    """The server's answer; keys and proofs are hex.

    `pin` is the key of its own certificate ("" when something before it speaks TLS), so that
    nobody between can have theirs trusted. `branches` as in the question.
    """

    unit: str
    unit_name: str
    sign_key: str
    seal_key: str
    proof: str
    pin: str = ""
    pin_proof: str = ""
    branches: bool = False


def ask(code: Code, unit: str, counter: int, keys: PublicKeys, incarnation: str = "") -> Asked:
    """What a counter sends."""
    proof = _counter_proof(code.secret, unit, counter, keys)
    return Asked(
        unit, code.id, counter, keys.sign.hex(), keys.seal.hex(), proof,
        branches=True, incarnation=incarnation,
    )  # fmt: skip


def asker(asked: Asked, secret: str) -> PublicKeys | None:
    """The counter's keys, when it knew the secret."""
    keys = read_keys(asked.sign_key, asked.seal_key)
    if keys is None:
        return None
    proof = _counter_proof(secret, asked.unit, asked.counter, keys)
    return keys if are_equal(proof, asked.proof) else None


def answer(
    secret: str, asked: Asked, unit_name: str, server: PublicKeys, pin: str = ""
) -> Answered:
    """What the server sends back."""
    proof = _server_proof(secret, asked, unit_name, server)
    keys = server.sign.hex(), server.seal.hex()
    pin_proof = _pin_proof(secret, asked, pin) if pin else ""
    return Answered(asked.unit, unit_name, *keys, proof, pin, pin_proof, branches=True)


def answerer(answered: Answered, secret: str, asked: Asked) -> PublicKeys | None:
    """The server's keys, when it knew the secret and answers this question."""
    keys = read_keys(answered.sign_key, answered.seal_key)
    if keys is None or answered.unit != asked.unit:
        return None
    proof = _server_proof(secret, asked, answered.unit_name, keys)
    return keys if are_equal(proof, answered.proof) else None


def pinned(answered: Answered, secret: str, asked: Asked) -> str | None:
    """The key of the server's certificate, "" when it names none; None when the proof is wrong."""
    if not answered.pin:
        return ""
    proof = _pin_proof(secret, asked, answered.pin)
    return answered.pin if are_equal(proof, answered.pin_proof) else None


def read_keys(sign: str, seal: str) -> PublicKeys | None:
    """Both keys from hex; None when they are none."""
    try:
        keys = PublicKeys(bytes.fromhex(sign), bytes.fromhex(seal))
    except ValueError:
        return None
    return keys if len(keys.sign) == len(keys.seal) == 32 else None


def _counter_proof(secret: str, unit: str, counter: int, keys: PublicKeys) -> str:
    said = ("motcua enrol 1", unit, str(counter), keys.sign.hex(), keys.seal.hex())
    return _hmac(secret, said)


def _server_proof(secret: str, asked: Asked, unit_name: str, server: PublicKeys) -> str:
    keys = (server.sign.hex(), server.seal.hex(), asked.sign_key, asked.seal_key)
    return _hmac(secret, ("motcua enrolled 1", asked.unit, *keys, unit_name))


def _pin_proof(secret: str, asked: Asked, pin: str) -> str:
    return _hmac(secret, ("motcua pinned 1", asked.unit, asked.sign_key, pin))


def _hmac(secret: str, said: tuple[str, ...]) -> str:
    return keyed_sha256(b32decode(secret), "\n".join(said).encode()).hex()
