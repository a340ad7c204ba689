"""The public pages as HTML: calm, readable on a phone, and without anybody's name."""

from base64 import b64encode
from datetime import datetime
from hashlib import sha256
from html import escape

from app.models.citizens.satisfaction import Questionnaire
from app.models.deadlines.calendar import VIETNAM
from app.models.dossiers.lifecycle import Clock, Status, clock, label
from app.models.text import date_words, weekday
from server.units.phone import Turn
from server.units.units import Found

STYLE = """
:root{color-scheme:light dark;--ink:#17242D;--quiet:#5B6B75;--line:#DDE3E6;--ground:#F4F6F6;
--card:#FFF;--accent:#0F5E73}
@media(prefers-color-scheme:dark){:root{--ink:#E8EEF0;--quiet:#A3B1B8;--line:#33434C;
--ground:#101A20;--card:#18252C;--accent:#7CC4D8}}
body{margin:0;background:var(--ground);color:var(--ink);font:17px/1.5 system-ui,sans-serif}
main{max-width:34rem;margin:0 auto;padding:20px}
article{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:16px}
h1{font-size:24px;line-height:1.3;margin:8px 0 16px}
dt{color:var(--quiet);font-size:15px;margin-top:12px}dd{margin:0;overflow-wrap:anywhere}
.code,.due{font-size:24px;font-weight:600;color:var(--accent)}
footer,p.quiet{color:var(--quiet);font-size:15px}
section{border-top:1px solid var(--line);margin-top:20px}
h2{font-size:22px;line-height:1.35;margin:16px 0}
button{box-sizing:border-box;display:block;width:100%;margin:0 0 12px;padding:16px;font:600 20px/1.3 system-ui,sans-serif;
color:var(--ink);background:var(--ground);border:2px solid var(--accent);border-radius:10px}
button:focus{outline:3px solid var(--accent);outline-offset:2px}
.thanks{font-size:20px;font-weight:600;color:var(--accent)}
"""
STYLE_HASH = b64encode(sha256(STYLE.encode()).digest()).decode()

THANKS = "Cảm ơn ông/bà đã đánh giá."
UNSEEN = (
    "Không ghi tên, không ghi mã hồ sơ, không ghi giờ. Không ai xem được từng phiếu. "
    "Mỗi giấy hẹn đánh giá một lần."
)

_HINTS = {
    Status.WAITING_SUPPLEMENT: "Mời ông/bà mang giấy tờ bổ sung đến nơi đã nộp hồ sơ.",
    Status.WAITING_PAYMENT: "Mời ông/bà nộp tiền theo thông báo để hồ sơ được giải quyết tiếp.",
    Status.RESOLVED: "Đã có kết quả. Mời ông/bà mang giấy hẹn đến nhận.",
}


def home() -> str:
    """What this address is."""
    return _page(
        "Tra cứu hồ sơ một cửa",
        "<p>Đây là nơi tra cứu tình trạng hồ sơ nộp tại Bộ phận Một cửa.</p>"
        "<p>Dùng điện thoại quét mã QR in trên giấy tiếp nhận hồ sơ và hẹn trả kết quả "
        "để xem hồ sơ của mình đang ở bước nào.</p>",
    )


def missing() -> str:
    """For an address no slip carries."""
    return _page(
        "Chưa thấy hồ sơ này",
        "<p>Hồ sơ có thể chưa được quầy gửi lên, hoặc mã quét chưa đủ.</p>"
        "<p>Mời ông/bà quét lại mã QR trên giấy hẹn, hoặc gọi số điện thoại in trên giấy hẹn.</p>",
    )


def busy() -> str:
    """For a moment in which the database doesn't answer."""
    return _page(
        "Máy chủ đang bận",
        "<p>Hồ sơ của ông/bà không bị ảnh hưởng. Mời ông/bà xem lại sau ít phút.</p>",
    )


def dossier(found: Found, turn: Questionnaire | Turn = Turn.NOT_YET) -> str:
    """What the holder of a slip may know; and may say, once the result was given back."""
    rows = [
        ("Mã hồ sơ" if found.code else "Mã tạm", found.code or found.provisional_code, "code"),
        ("Tình trạng", label(found.status), ""),
        ("Thủ tục", found.procedure_name, ""),
        ("Tiếp nhận", _instant(found.received_at), ""),
    ]
    if clock(found.status) is not Clock.CLOSED:
        rows.insert(2, ("Hẹn trả kết quả", _instant(found.due), "due"))
    terms = "".join(
        f'<dt>{escape(term)}</dt><dd class="{kind}">{escape(value)}</dd>'
        for term, value, kind in rows
    )
    hint = _HINTS.get(found.status, "")
    return _page(
        "Tình trạng hồ sơ",
        f"<dl>{terms}</dl>" + (f"<p>{hint}</p>" if hint else "") + _asked(turn),
    )


def too_many() -> str:
    """For whoever sends again and again."""
    return _page(
        "Xin chờ một lát", "<p>Vừa có nhiều lượt gửi. Mời ông/bà thử lại sau một phút.</p>"
    )


def _asked(asked: Questionnaire | Turn) -> str:
    """How it was, the best level first; no name stands by it, and nothing runs."""
    if asked is Turn.SPENT:
        return f'<section><p class="thanks">{THANKS}</p></section>'
    if not isinstance(asked, Questionnaire):
        return ""
    levels = reversed(list(enumerate(asked.levels, 1)))
    buttons = "".join(
        f'<button name="level" value="{level}">{escape(words)}</button>' for level, words in levels
    )
    return (
        f'<section><h2>{escape(asked.invitation)}</h2><form method="post">{buttons}</form>'
        f'<p class="quiet">{UNSEEN}</p></section>'
    )


def _instant(seconds: int) -> str:
    at = datetime.fromtimestamp(seconds, VIETNAM)
    return f"{at:%H:%M} {weekday(at.date())}, {date_words(at.date())}"


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="vi"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style>"
        f"<main><h1>{escape(title)}</h1><article>{body}</article>"
        "<footer><p>Trang này không hiện tên và thông tin cá nhân của ai.</p></footer></main></html>"
    )
