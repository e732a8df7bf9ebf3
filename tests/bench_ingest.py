"""Time ingest against LlamaIndex's pipeline with Chroma, on the same text and the same model.

    make bench-ingest                                  # 2,000 and 20,000 passages
    python -m tests.bench_ingest --sizes 2000 20000 100000

In:  a gzipped JSON-lines file of passages (`_id`, `title`, `section`, `text`).
Out: for each size: MB of text a second, computing time and peak memory of both, their ratio;
     and for ours the cost of ingesting again unchanged and with one document changed.

Every run is a process of its own, so that memory is its own. The peer is set up kindly: it
gets the same embedding, and batches small enough for Chroma to take. Neither clock counts
loading libraries.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

PASSAGES = Path(__file__).parents[2] / "shared" / "data" / "regulations" / "passages.jsonl.gz"
_PEER_BATCH = 1_000_000  # characters: more passages at once than Chroma takes would fail


def main() -> None:
    parser = argparse.ArgumentParser(description="Time ingest against a peer.")
    parser.add_argument("--passages", type=Path, default=PASSAGES)
    parser.add_argument("--sizes", type=int, nargs="+", default=[2_000, 20_000])
    parser.add_argument("--run", choices=["ours", "peer"], help="run one and print it as JSON")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--data", type=Path)
    options = parser.parse_args()
    if options.run:
        measured = _ours(options) if options.run == "ours" else _peer(options)
        sys.stdout.write(json.dumps(measured) + "\n")
        return
    if not options.passages.exists():
        sys.exit(f"{options.passages} is not there: name a file with --passages.")
    for size in options.sizes:
        _compare(options.passages, size)


def _compare(passages: Path, size: int) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "documents"
        megabytes = write_regulations(passages, size, folder)
        data = Path(scratch) / "ours"
        full = _process("ours", folder, data)
        again = _process("ours", folder, data)
        changed = sorted(folder.iterdir())[0]
        text = changed.read_text(encoding="utf-8")
        changed.write_text(text + "\nEr is een nieuwe regel.\n", encoding="utf-8")
        one = _process("ours", folder, data)
        peer = _process("peer", folder, Path(scratch) / "peer")
        copy = _copy_time(data)
    ours_rate, peer_rate = megabytes / full["seconds"], megabytes / peer["seconds"]
    sys.stdout.write(
        f"{size:>7} passages, {megabytes:.1f} MB, {full['documents']} documents\n"
        f"  ours      {ours_rate:6.2f} MB/s  peak {full['megabytes']:6.0f} MB"
        f"   computing {full['computing']:.1f} s\n"
        f"  peer      {peer_rate:6.2f} MB/s  peak {peer['megabytes']:6.0f} MB"
        f"   computing {peer['computing']:.1f} s\n"
        f"  ratio     {ours_rate / peer_rate:6.2f}\n"
        f"  unchanged {again['seconds']:6.2f} s    "
        f"{again['seconds'] / full['seconds']:6.1%} of full   peak {again['megabytes']:.0f} MB\n"
        f"  one new   {one['seconds']:6.2f} s    {one['seconds'] / full['seconds']:6.1%} of full"
        f"   (copying the files: {copy:.2f} s)\n"
    )
    sys.stdout.flush()


def write_regulations(passages: Path, size: int, folder: Path) -> float:
    """Write one text file a regulation, `size` passages in all; return megabytes of text."""
    folder.mkdir()
    texts: dict[str, list[str]] = {}
    with gzip.open(passages, "rt", encoding="utf-8") as lines:
        for _, line in zip(range(size), lines, strict=False):
            row = json.loads(line)
            texts.setdefault(row["_id"].split("#")[0], []).append(row["text"])
    for name, found in texts.items():
        (folder / f"{name}.txt").write_text("\n\n".join(found), encoding="utf-8")
    return sum(len(text.encode()) for found in texts.values() for text in found) / 1e6


def _process(run: str, folder: Path, data: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench_ingest", "--run", run]
    command += ["--folder", str(folder), "--data", str(data)]
    environment = os.environ | {"TOKENIZERS_PARALLELISM": "true", "HF_HUB_OFFLINE": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return json.loads(done.stdout.splitlines()[-1])


def _copy_time(data: Path) -> float:
    import shutil

    start = time.perf_counter()
    shutil.copytree(data, data.parent / "copy")
    return time.perf_counter() - start


def _ours(options: argparse.Namespace) -> dict[str, Any]:
    import chromadb  # noqa: F401 - so that the clock does not count it
    import tantivy  # noqa: F401 - likewise

    from ingest.embedding import load_embedder
    from ingest.pipeline import ingest

    embedder = load_embedder()
    computing, start = _computing(), time.perf_counter()
    report = ingest([options.folder], options.data, embedder)
    documents = report.documents
    total = documents.added + documents.changed + documents.unchanged
    return _measured(start, computing) | {"documents": total}


def _peer(options: argparse.Namespace) -> dict[str, Any]:
    import chromadb
    from llama_index.core import Document
    from llama_index.core.embeddings import BaseEmbedding
    from llama_index.core.ingestion import IngestionPipeline
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.vector_stores.chroma import ChromaVectorStore

    from ingest.embedding import load_embedder

    embedder = load_embedder()

    class Same(BaseEmbedding):
        """The same model, as LlamaIndex wants it."""

        def _get_query_embedding(self, query: str) -> list[float]:
            return embedder.embed_query(query).tolist()

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

        def _get_text_embedding(self, text: str) -> list[float]:
            return embedder.embed_passages([text])[0].tolist()

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            return embedder.embed_passages(texts).tolist()

    computing, start = _computing(), time.perf_counter()
    client = chromadb.PersistentClient(path=str(options.data))
    collection = client.get_or_create_collection("passages", embedding_function=None)
    pipeline = IngestionPipeline(
        transformations=[
            SentenceSplitter(chunk_size=256, chunk_overlap=0),
            Same(embed_batch_size=256),
        ],
        vector_store=ChromaVectorStore(chroma_collection=collection),
    )
    batch: list[Document] = []
    files = sorted(options.folder.iterdir())
    for file in files:
        batch.append(Document(text=file.read_text(encoding="utf-8"), id_=file.stem))
        if file == files[-1] or sum(len(one.text) for one in batch) > _PEER_BATCH:
            pipeline.run(documents=batch)
            batch = []
    return _measured(start, computing)


def _measured(start: float, computing: float) -> dict[str, float]:
    return {
        "seconds": time.perf_counter() - start,
        "computing": _computing() - computing,
        "megabytes": sum(one.ru_maxrss for one in _usage()) / 1024,
    }


def _computing() -> float:
    """Return the seconds that all processors together worked for this run."""
    return sum(one.ru_utime + one.ru_stime for one in _usage())


def _usage() -> list[resource.struct_rusage]:
    return [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]


if __name__ == "__main__":
    main()
