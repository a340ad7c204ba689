"""Papers as they come out of a printer in tests: a few words, in a real PDF that is not small."""

from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from app.desk.papers.paperwork import Renderer
from tests.making import ACounter

LINES = 1000


def draw(form: str, values: dict[str, object], paper: str, mark: str, profile: str = "") -> bytes:
    """“ORIGINAL” or “REPRINT” and the dossier's code, on a page that takes a while to send."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=(420, 595), pageCompression=0, invariant=1)
    canvas.drawString(50, 500, f"{'REPRINT' if mark else 'ORIGINAL'} {values['code']}")
    for line in range(LINES):
        canvas.line(50, 50 + line / 3, 350, 50 + line / 3)
    canvas.save()
    return file.getvalue()


def drawing(counter: ACounter) -> ACounter:
    """The counter, its papers drawn so."""
    renderer: Renderer = draw
    counter.desk.paperwork._render = renderer
    return counter
