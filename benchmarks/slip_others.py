"""Draws the same slips with Typst, fpdf2 and WeasyPrint; run by `benchmarks.slip` in their own environment.

Reads the slips' marks as JSON from stdin; writes each tool's milliseconds, or why it has none.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Slip = dict[str, Any]
WARM = 3


def main() -> None:
    asked = json.loads(sys.stdin.read())
    answer: dict[str, object] = {}
    for name, tool in (("Typst", typst), ("fpdf2", fpdf2), ("WeasyPrint", weasyprint)):
        try:
            draw = tool(asked["faces"])
            answer[name] = timed(draw, asked["slips"])
        except Exception as error:  # noqa: BLE001  # whatever a tool lacks here is told
            answer[name] = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    sys.stdout.write(json.dumps(answer))


def timed(draw: Callable[[Slip], bytes], slips: list[Slip]) -> list[float]:
    """Milliseconds of the processor for each slip."""
    times = []
    for slip in slips[:WARM] + slips:
        before = time.process_time()
        assert draw(slip).startswith(b"%PDF")
        times.append((time.process_time() - before) * 1000)
    return times[WARM:]


def typst(faces: dict[str, str]) -> Callable[[Slip], bytes]:
    import typst as compiler  # noqa: PLC0415  # a tool that is missing must not hide the others

    folders = sorted({str(Path(face).parent) for face in faces.values()})
    made = compiler.Compiler(font_paths=folders, ignore_system_fonts=True)
    return lambda slip: bytes(made.compile(_typst_source(slip).encode(), format="pdf"))


def _typst_source(slip: Slip) -> str:
    head = (
        f"#set page(width: {slip['width']}pt, height: {slip['height']}pt, margin: 0pt)\n"
        '#set text(font: "Tinos", top-edge: "baseline", bottom-edge: "baseline")\n'
    )
    pages = []
    for page in slip["pages"]:
        lines = [
            f"#place(dx: {x}pt, dy: {y}pt, text(size: {size}pt, {_typst_face(face)}{json.dumps(said, ensure_ascii=False)}))"
            for x, y, said, face, size in page["words"]
        ]
        lines += [
            f"#place(line(start: ({a}pt, {b}pt), end: ({c}pt, {d}pt), stroke: {weight}pt))"
            for a, b, c, d, weight in page["rules"]
        ]
        lines += [
            f"#place(dx: {x}pt, dy: {y}pt, rect(width: {w}pt, height: {h}pt, fill: black))"
            for x, y, w, h in page["boxes"]
        ]
        pages.append("\n".join(lines))
    return head + "\n#pagebreak()\n".join(pages)


def _typst_face(face: str) -> str:
    weight = 'weight: "bold", ' if "Bold" in face else ""
    return weight + ('style: "italic", ' if "Italic" in face else "")


def fpdf2(faces: dict[str, str]) -> Callable[[Slip], bytes]:
    from fpdf import FPDF  # noqa: PLC0415  # likewise

    def draw(slip: Slip) -> bytes:
        pdf = FPDF(unit="pt", format=(slip["width"], slip["height"]))
        pdf.set_auto_page_break(False)
        for name, file in faces.items():
            pdf.add_font(name, fname=file)
        for page in slip["pages"]:
            pdf.add_page()
            for x, y, said, face, size in page["words"]:
                pdf.set_font(face, size=size)
                pdf.text(x, y, said)
            for a, b, c, d, weight in page["rules"]:
                pdf.set_line_width(weight)
                pdf.line(a, b, c, d)
            for box in page["boxes"]:
                pdf.rect(*box, style="F")
        return bytes(pdf.output())

    return draw


def weasyprint(faces: dict[str, str]) -> Callable[[Slip], bytes]:
    from weasyprint import CSS, HTML  # noqa: PLC0415  # likewise
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415  # likewise

    fonts = FontConfiguration()
    rules = "".join(
        f"@font-face{{font-family:'{name}';src:url({Path(file).as_uri()})}}"
        for name, file in faces.items()
    )

    def draw(slip: Slip) -> bytes:
        size = f"@page{{size:{slip['width']}pt {slip['height']}pt;margin:0}}"
        fixed = "svg{display:block;break-after:page}"
        style = CSS(string=rules + size + fixed, font_config=fonts)
        drawn = "".join(_svg(page, slip) for page in slip["pages"])
        pdf = HTML(string=drawn).write_pdf(stylesheets=[style], font_config=fonts)
        return bytes(pdf or b"")

    return draw


def _svg(page: dict[str, Any], slip: Slip) -> str:
    words = "".join(
        f'<text x="{x}" y="{y}" font-family="{face}" font-size="{size}">{_escaped(said)}</text>'
        for x, y, said, face, size in page["words"]
    )
    rules = "".join(
        f'<line x1="{a}" y1="{b}" x2="{c}" y2="{d}" stroke="black" stroke-width="{weight}"/>'
        for a, b, c, d, weight in page["rules"]
    )
    boxes = "".join(
        f'<rect x="{x}" y="{y}" width="{w}" height="{h}"/>' for x, y, w, h in page["boxes"]
    )
    wide, high = slip["width"], slip["height"]
    return f'<svg width="{wide}pt" height="{high}pt" viewBox="0 0 {wide} {high}">{words}{rules}{boxes}</svg>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


if __name__ == "__main__":
    main()
