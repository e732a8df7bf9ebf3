"""Other systems that search passages, as they come or set up for Dutch.

In:  passages by id.
Out: for each system a function from a query to passage ids, best first; ImportError where its
     package is not installed.

Knows nothing of questions or figures.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

Search = Callable[[str], list[str]]
Passages = Mapping[str, str]
DEPTH = 50  # passages asked of every system


def llama_index(passages: Passages) -> Search:
    """LlamaIndex's BM25Retriever: English stop words and stems."""
    from llama_index.core.schema import TextNode
    from llama_index.retrievers.bm25 import BM25Retriever

    nodes = [TextNode(id_=name, text=text) for name, text in passages.items()]
    retriever = BM25Retriever(nodes=nodes, similarity_top_k=min(DEPTH, len(nodes)))
    return lambda query: [found.node.node_id for found in retriever.retrieve(query)]


def bm25s_dutch(passages: Passages) -> Search:
    """Dutch stop words and stems in bm25s."""
    import bm25s
    import Stemmer

    names, stemmer = list(passages), Stemmer.Stemmer("dutch")

    def cut(texts: list[str]) -> bm25s.tokenization.Tokenized:
        return bm25s.tokenize(texts, stopwords="nl", stemmer=stemmer, show_progress=False)

    index = bm25s.BM25()
    index.index(cut(list(passages.values())), show_progress=False)
    depth = min(DEPTH, len(names))

    def search(query: str) -> list[str]:
        found, scores = index.retrieve(cut([query]), k=depth, show_progress=False)
        return [names[i] for i, score in zip(found[0], scores[0], strict=True) if score > 0]

    return search


def tantivy_default(passages: Passages) -> Search:
    """Any word of the query, in tantivy's own words."""
    import tantivy

    words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    words = words.filter(tantivy.Filter.remove_long(40)).filter(tantivy.Filter.lowercase())
    return _tantivy(passages, words.build())


def tantivy_dutch(passages: Passages) -> Search:
    """Dutch stop words and stems in tantivy."""
    import tantivy

    words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    words = words.filter(tantivy.Filter.remove_long(40)).filter(tantivy.Filter.lowercase())
    words = words.filter(tantivy.Filter.stopword("dutch")).filter(tantivy.Filter.stemmer("dutch"))
    return _tantivy(passages, words.build())


def _tantivy(passages: Passages, analyser: object) -> Search:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", tokenizer_name="chosen")
    index = tantivy.Index(builder.build())
    index.register_tokenizer("chosen", analyser)
    writer = index.writer(heap_size=64_000_000, num_threads=1)
    for name, text in passages.items():
        writer.add_document(tantivy.Document(id=name, text=text))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()

    def search(query: str) -> list[str]:
        searcher = index.searcher()
        parsed = index.parse_query(" ".join(_words(query)), ["text"])
        found = searcher.search(parsed, DEPTH, count=False).hits
        return [searcher.doc(address)["id"][0] for _, address in found]

    return search


def fts5(passages: Passages) -> Search:
    """Any word of the query, in SQLite's full-text search."""
    scratch = TemporaryDirectory(ignore_cleanup_errors=True)
    db = sqlite3.connect(Path(scratch.name) / "fts5.sqlite")
    db.execute("CREATE VIRTUAL TABLE passages USING fts5 (id UNINDEXED, text)")
    with db:
        db.executemany("INSERT INTO passages VALUES (?, ?)", passages.items())

    def search(query: str) -> list[str]:
        either = " OR ".join(f'"{word}"' for word in _words(query))
        statement = "SELECT id FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?"
        # The folder lives as long as this function, which names it.
        assert scratch is not None
        return [row[0] for row in db.execute(statement, (either, DEPTH))] if either else []

    return search


def haystack(passages: Passages) -> Search:
    """Haystack's BM25 in memory."""
    os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"  # it looks at this when it is imported
    from haystack import Document
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    store = InMemoryDocumentStore()
    store.write_documents([Document(id=name, content=text) for name, text in passages.items()])
    retriever = InMemoryBM25Retriever(store, top_k=DEPTH)
    return lambda query: [found.id for found in retriever.run(query=query)["documents"]]


def _words(query: str) -> list[str]:
    return re.findall(r"\w+", query.lower())  # lower case: AND and OR are no words of a query


PEERS: Mapping[str, Callable[[Passages], Search]] = {
    "llama-index BM25Retriever": llama_index,
    "bm25s, Dutch": bm25s_dutch,
    "tantivy": tantivy_default,
    "tantivy, Dutch": tantivy_dutch,
    "SQLite FTS5": fts5,
    "Haystack InMemoryBM25": haystack,
}
