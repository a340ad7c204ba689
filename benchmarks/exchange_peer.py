"""Anki's own sync server and client on the same dossiers, in an environment of their own."""

import json
import os
import socket
import subprocess
import tempfile
import time
from pathlib import Path

_CLIENT = """
import json, sys, time
from anki.collection import Collection
work, url = sys.argv[1:3]
lines = open(f"{work}/lines", encoding="utf-8").read().splitlines()
one, two = Collection(f"{work}/one.anki2"), Collection(f"{work}/two.anki2")
login = [each.sync_login("xa", "matkhau", url) for each in (one, two)]
for each in login:
    each.endpoint = url
kind, deck = one.models.by_name("Basic"), one.decks.id("hoso")
def add(front, back):
    note = one.new_note(kind)
    note["Front"], note["Back"] = str(front), back
    one.add_note(note, deck)
def whole(collection, auth, up):
    collection.close_for_full_sync()
    collection.full_upload_or_download(auth=auth, server_usn=None, upload=up)
    collection.reopen(after_full_sync=True)
add(-1, "x")
for each, auth, up in ((one, login[0], True), (two, login[1], False)):
    if each.sync_collection(auth, False).required >= 2:
        whole(each, auth, up)
for number, line in enumerate(lines):
    add(number, line)
def timed(each, auth):
    started = time.perf_counter()
    each.sync_collection(auth, False)
    return round(time.perf_counter() - started, 4)
print(json.dumps({"push_s": timed(one, login[0]), "pull_s": timed(two, login[1]),
                  "idle_s": timed(one, login[0]), "notes": two.note_count()}))
"""


def anki(lines: list[str]) -> dict[str, float]:
    """Seconds to push, pull and exchange nothing; needs ANKI_PYTHON."""
    python = os.environ["ANKI_PYTHON"]
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
        free.close()
        Path(folder, "lines").write_text("\n".join(lines), encoding="utf-8")
        server = {
            "SYNC_USER1": "xa:matkhau",
            "SYNC_BASE": f"{folder}/srv",
            "SYNC_HOST": "127.0.0.1",
        }
        with subprocess.Popen(
            [python, "-m", "anki.syncserver"],
            env={**os.environ, **server, "SYNC_PORT": port},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        ) as process:  # fmt: skip
            try:
                _wait(int(port))
                command = [python, "-c", _CLIENT, folder, f"http://127.0.0.1:{port}/"]
                done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
            finally:
                process.kill()
    told: dict[str, float] = json.loads(done.stdout)
    return told


def _wait(port: int, patience: float = 20.0) -> None:
    ends = time.monotonic() + patience
    while time.monotonic() < ends:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            continue
        return
