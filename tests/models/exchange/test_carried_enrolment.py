"""The request of enrolment as a file: these bytes are read by every later version."""

import msgspec
import pytest

from app.models.errors import BadInput
from app.models.exchange.bundle import Cover
from app.models.exchange.carried_enrolment import (
    opened_answer,
    read_request,
    request,
    sealed_answer,
)
from app.models.exchange.chain import DeviceKeys
from app.models.exchange.enrolment import Code, answer, ask
from app.models.exchange.messages import MessageRejected
from tests.models.chains import some_keys

CODE, KEYS = Code.drawn(bytes(range(13))), DeviceKeys(bytes(range(64)))
ASKED = ask(CODE, "H50.12", 2, KEYS.public)
WRITTEN = (
    b"motcua enrolment 1\n"
    b'{"unit":"H50.12","id":"AAAQ","counter":2,"sign_key":"03a107bff3ce10be1d70dd18e74'
    b'bc09967e4d6309ba50d5f1ddc8664125531b8","seal_key":"358072d6365880d1aeea329adf912'
    b'1383851ed21a28e3b75e965d0d2cd166254","proof":"d87cde73093012b11e23e6375ed9ce2ed4'
    b'8d34bb392ba96673e028f42493336e","branches":true}'
    b"\n"
    b"258619dd322b1f8a10d38ff45dd74986736340f57ae3afbe5772895457d59815"
    b"39ef07cd9b15c21c961f840f3d15b976e1855c335427f6f1ec481c6a25d6c20e\n"
)


def test_a_request_is_these_bytes() -> None:
    assert request(ASKED, KEYS) == WRITTEN
    assert read_request(WRITTEN) == ASKED


def test_a_counter_without_a_lane_names_the_incarnation_that_wants_one() -> None:
    named = ask(CODE, "H50.12", 12, KEYS.public, "0123456789abcdef")
    assert b'"branches":true,"incarnation":"0123456789abcdef"}\n' in request(named, KEYS)
    assert read_request(request(named, KEYS)) == named
    with pytest.raises(BadInput):
        read_request(request(ask(CODE, "H50.12", 12, KEYS.public, "0123456789abcde."), KEYS))


@pytest.mark.parametrize("at", [25, 120, 300, len(WRITTEN) - 5])
def test_a_flipped_letter_anywhere_is_noticed(at: int) -> None:
    spoiled = WRITTEN[:at] + bytes([WRITTEN[at] ^ 1]) + WRITTEN[at + 1 :]
    with pytest.raises(BadInput, match="hỏng khi chép"):
        read_request(spoiled)


def test_an_answer_is_read_by_who_asked_alone() -> None:
    server = some_keys("máy chủ").public
    told = answer(CODE.secret, ASKED, "Xã Mẫu", server, pin="ab" * 32)
    enrolled = sealed_answer(told, ASKED, KEYS.public)
    cover = Cover("H50.12", server.device, KEYS.public.device, enrolled=enrolled)
    assert opened_answer(cover, ASKED, KEYS) == told
    stolen = msgspec.structs.replace(cover, to=some_keys("trộm").public.device)
    with pytest.raises(MessageRejected):
        opened_answer(stolen, ASKED, some_keys("trộm"))
    with pytest.raises(MessageRejected, match="cho máy khác"):
        opened_answer(stolen, ASKED, KEYS)
    with pytest.raises(MessageRejected, match="cho đơn vị H50"):
        opened_answer(msgspec.structs.replace(cover, unit="H50.13"), ASKED, KEYS)
    with pytest.raises(MessageRejected, match="một yêu cầu khác"):
        opened_answer(cover, msgspec.structs.replace(ASKED, counter=3), KEYS)
