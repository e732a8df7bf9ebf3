"""Help tests bring originals up to date in a folder of their own.

In:  a folder, ids and addresses.
Out: a list of sources, a SyncReport, and what is then in the folder `op`.

Knows nothing of what the websites send.
"""

from __future__ import annotations

import json
from pathlib import Path

from website import Site

from ingest.sources.fetching import Limits
from ingest.sources.report import SyncReport
from ingest.sources.sync import sync


def listing(folder: Path, *sources: tuple[str, str], allow_private: bool = True) -> Path:
    file = folder / "bronnen.toml"
    private = "allow_private = true\n" if allow_private else ""
    tables = [
        f'[[source]]\nid = {json.dumps(name)}\ntitle = "Titel"\nurl = "{url}"\n{private}'
        for name, url in sources
    ]
    file.write_text("\n".join(tables), encoding="utf-8")
    return file


def fetch_one(site: Site, folder: Path, path: str = "/nota", **limits: float) -> SyncReport:
    small = Limits(**{"size": 100_000, "read": 20.0, "total": 60.0, **limits})  # type: ignore[arg-type]
    return sync(listing(folder, ("nota", site.url + path)), folder / "op", small)


def files(folder: Path) -> dict[str, bytes]:
    """What is in the folder that ingest would see."""
    found = (folder / "op").iterdir()
    return {file.name: file.read_bytes() for file in found if not file.name.startswith(".")}


def leftovers(folder: Path) -> list[str]:
    return [file.name for file in (folder / "op").iterdir() if file.name.endswith(".new")]
