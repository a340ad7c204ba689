"""Enrolment in files, for where no line goes: the question as a request, the answer in a bundle's cover.

Both are what `POST /enrol` carries (`enrolment`), under the same one-time code. The request is signed
by its asker, so that one spoiled on the way is told from one with a wrong code; it holds no secret.
The answer is sealed to the asker, names the request it answers, and goes in the cover of the bundle
that brings what the unit holds.
"""

from base64 import b64decode, b64encode

import msgspec

from app.models.digest import sha256
from app.models.errors import UNREADABLE, BadInput
from app.models.exchange.bundle import NONE_OF_OURS, Cover, NoBundle
from app.models.exchange.chain import DeviceKeys, PublicKeys
from app.models.exchange.enrolment import Answered, Asked, read_keys
from app.models.exchange.messages import MessageRejected
from app.models.exchange.sealing import seal, unseal

MARK = b"motcua enrolment 1\n"
LONGEST_REQUEST = 4096

_CUT = "Yêu cầu ghi danh bị cắt cụt hoặc hỏng khi chép. Hãy chép lại, hoặc ghi lại ở quầy."


class _Carried(msgspec.Struct, frozen=True):
    answers: str
    answer: Answered


def digest_of(asked: Asked) -> str:
    """By which an answer names the request it answers."""
    return sha256(_encoded(asked)).hex()


def request(asked: Asked, keys: DeviceKeys) -> bytes:
    """The file that a counter sends: a mark, the question, and its signature in hex."""
    told = MARK + _encoded(asked) + b"\n"
    return told + keys.sign(sha256(told)).hex().encode() + b"\n"


def read_request(content: bytes) -> Asked:
    """The question in a request. Raises `BadInput` for another file, or one that isn't whole."""
    if not content.startswith(MARK):
        raise BadInput("Tệp này không phải yêu cầu ghi danh của Một Cửa. Hãy chọn tệp khác.")
    told, _, signature = content.rstrip(b"\n").rpartition(b"\n")
    try:
        asked = msgspec.json.decode(told.removeprefix(MARK), type=Asked)
        signed = bytes.fromhex(signature.decode())
    except UNREADABLE as error:
        raise BadInput(_CUT) from error
    keys = read_keys(asked.sign_key, asked.seal_key)
    if keys is None or not keys.signed(signed, sha256(told + b"\n")):
        raise BadInput(_CUT)
    return asked


def sealed_answer(answered: Answered, asked: Asked, asker: PublicKeys) -> str:
    """The answer as a bundle's cover carries it. Raises `MessageRejected` when the key is none."""
    carried = msgspec.json.encode(_Carried(digest_of(asked), answered))
    return b64encode(seal(carried, asker)).decode()


def opened_answer(cover: Cover, asked: Asked, keys: DeviceKeys) -> Answered:
    """The answer in a bundle's cover, to this very request of `keys`; whether its writer knew the code
    is still to be proved.

    Raises `BadInput` for a bundle that answers no enrolment, `MessageRejected` for one to another
    unit, device or request, or that is spoiled.
    """
    if not cover.enrolled:
        raise BadInput(
            "Tệp này là gói dữ liệu, không phải trả lời ghi danh. Hãy chọn tệp mà cấp trên ghi từ "
            "yêu cầu của máy này."
        )
    if cover.unit != asked.unit:
        raise MessageRejected(
            f"Trả lời này cho đơn vị {cover.unit}, máy này của đơn vị {asked.unit}; không nhận."
        )
    if cover.to != keys.public.device:
        raise MessageRejected("Trả lời này cho máy khác; hãy mang đến đúng máy đã ghi yêu cầu.")
    try:
        carried = msgspec.json.decode(
            unseal(b64decode(cover.enrolled, validate=True), keys), type=_Carried
        )
    except UNREADABLE as error:
        raise NoBundle(NONE_OF_OURS) from error
    if carried.answers != digest_of(asked):
        raise MessageRejected(
            "Trả lời này cho một yêu cầu khác, ghi trước yêu cầu đang chờ. Hãy đọc trả lời của yêu "
            "cầu mới nhất, hoặc ghi lại yêu cầu rồi gửi cấp trên."
        )
    return carried.answer


def _encoded(asked: Asked) -> bytes:
    return msgspec.json.encode(asked)
