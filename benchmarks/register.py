"""A register of many rows, from the encrypted counter to PDF and to XLSX: seconds and memory.

`busy_s` is this process's own time on the processor, whatever else the machine does meanwhile.

    .venv/bin/python -m benchmarks.register [--rows N] [--folder DIR]

The counter is made once in DIR and used again. Each file is made in a process of its own.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from app.counter import draw, render
from app.desk.desk import Desk
from app.store.store import Store
from benchmarks import made_up
from benchmarks.million import KEY, make

YEAR = made_up.FIRST_DAY.year


def measure(folder: Path, kind: str) -> dict[str, object]:
    """Seconds to read the rows and to make the file, and the most memory held, in MB."""
    desk = Desk(
        Store(folder / "motcua.db", folder / "state", KEY),
        lambda: made_up.FIRST_DAY,
        render,
        draw,
    )
    start, busy = time.perf_counter(), time.process_time()
    sheets = desk.books.register(date(YEAR, 1, 1), date(YEAR, 12, 31))
    read = time.perf_counter()
    content = desk.draw(sheets, kind)
    made = time.perf_counter()
    (folder / f"register.{kind}").write_bytes(content)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "kind": kind,
        "rows": sum(sheet.rows for sheet in sheets),
        "read_s": round(read - start, 1),
        "draw_s": round(made - read, 1),
        "total_s": round(made - start, 1),
        "busy_s": round(time.process_time() - busy, 1),
        "peak_mb": round(peak),
        "file_mb": round(len(content) / 1e6, 1),
    }


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rows", type=int, default=20_000)
    words.add_argument("--folder", type=Path, default=Path("build/register"))
    words.add_argument("--kind", choices=("pdf", "xlsx"))
    said = words.parse_args()
    if said.kind:
        print(json.dumps(measure(said.folder, said.kind)))
        return
    if not (said.folder / "motcua.db").exists():
        said.folder.mkdir(parents=True, exist_ok=True)
        make(said.folder, said.rows)
    for kind in ("pdf", "xlsx"):
        again = [sys.executable, "-m", "benchmarks.register", "--folder", str(said.folder)]
        subprocess.run([*again, "--kind", kind], check=True)


if __name__ == "__main__":
    main()
