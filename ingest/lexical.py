"""The lexical index of a generation: BM25 over several fields, in tantivy.

In:  passages with their headings, cut into terms by analysis.py.
Out: passage ids with scores for a query of terms, best first.

Fields: the words of the text, the words of the headings and title, stems, and compound
parts. A query sums BM25 over them with a weight a field. This is the one file that knows
tantivy.

Knows nothing of documents, vectors or answers.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ingest import storage
from ingest.analysis import Term, forms_in
from ingest.errors import IndexBrokenError, StorageError
from ingest.records import Passage

if TYPE_CHECKING:
    import tantivy

# Weight of each field in the summed BM25 score; surface words lead, see bars.md's measurements
# in the changelog. Set on the 98 public government questions.
FIELD_WEIGHTS: Mapping[str, float] = {"text": 1.0, "heading": 0.6, "stem": 0.4, "part": 0.2}
# A function word counts for this share of a content word.
FUNCTION_WORD_WEIGHT = 0.1
Fields = Mapping[str, str]
_WRITER_MEMORY = 64_000_000  # bytes


class LexicalIndex:
    """A tantivy index in a folder of its own; opened at once, nothing is rebuilt."""

    def __init__(self, folder: Path) -> None:
        """Open the index in `folder`, or make an empty one there.

        Raises:
            IndexBrokenError: If the folder holds something that is no lexical index.
            StorageError: If the folder cannot be written to.
        """
        import tantivy

        folder.mkdir(parents=True, exist_ok=True)
        try:
            self._index = tantivy.Index(_schema(), path=str(folder))
        except ValueError as problem:
            if storage.is_to_blame(problem):
                raise StorageError(*storage.reason(problem)) from problem
            raise IndexBrokenError(
                "De zoekindex is beschadigd.",
                "Maak hem opnieuw met: wegwijs ingest",
                file=str(folder),
            ) from problem
        white = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer("white", white)

    def update(self, *, added: Iterable[Fields], removed: Iterable[str]) -> None:
        """Take passages out and in, in one commit.

        Args:
            added: What to hold of each new passage, from `fields_of`.
            removed: Ids of passages; an unknown id does nothing.

        Raises:
            StorageError: If the disk is full, or may not be written to.
        """
        import tantivy

        try:
            # One thread: the same passages in the same order give the same index.
            writer = self._index.writer(heap_size=_WRITER_MEMORY, num_threads=1)
            for passage_id in removed:
                writer.delete_documents_by_term("id", passage_id)
            for fields in added:
                writer.add_document(tantivy.Document(**fields))
            writer.commit()
            writer.wait_merging_threads()
            self._index.reload()
        except ValueError as problem:  # whatever tantivy has to say
            raise StorageError(*storage.reason(problem)) from problem

    def search(self, terms: Sequence[Term], limit: int) -> list[tuple[str, float]]:
        """Return up to `limit` (passage id, BM25 score), best first, ties by id."""
        import tantivy

        clauses = [(tantivy.Occur.Should, query) for query in self._clauses(terms)]
        if not clauses:
            return []
        searcher = self._index.searcher()
        found = searcher.search(tantivy.Query.boolean_query(clauses), limit, count=False).hits
        hits = [(str(searcher.doc(address)["id"][0]), float(score)) for score, address in found]
        return sorted(hits, key=lambda hit: (-hit[1], hit[0]))

    def passage_frequency(self, term: Term) -> int:
        """Return how many passages hold the term: its stem, in text or headings."""
        return int(self._index.searcher().doc_freq("stem", term.stem))

    def count(self) -> int:
        """Return the number of passages in the index."""
        return int(self._index.searcher().num_docs)

    def _clauses(self, terms: Sequence[Term]) -> Iterable[tantivy.Query]:
        import tantivy

        schema = self._index.schema
        weights: dict[tuple[str, str], float] = {}
        for term in terms:
            share = FUNCTION_WORD_WEIGHT if term.is_function_word else 1.0
            for field, weight in FIELD_WEIGHTS.items():
                for form in _query_forms(term, field):
                    key = (field, form)
                    weights[key] = max(weights.get(key, 0.0), weight * share)
        for (field, form), weight in sorted(weights.items()):
            query = tantivy.Query.term_query(schema, field, form, index_option="freq")
            yield tantivy.Query.boost_query(query, weight)


def _query_forms(term: Term, field: str) -> tuple[str, ...]:
    if field in {"text", "heading"}:
        return (term.surface,)
    return (term.stem,) if field == "stem" else (term.stem, *term.parts)


@functools.cache
def _schema() -> tantivy.Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for field in FIELD_WEIGHTS:
        builder.add_text_field(field, tokenizer_name="white", index_option="freq")
    return builder.build()


def fields_of(passage: Passage, title: str) -> Fields:
    """Return what the index holds of a passage, by field; `title` is its document's."""
    text = forms_in(passage.text)
    above = forms_in(" ".join((title, *passage.headings)))
    return {
        "id": passage.id,
        "text": " ".join([surface for surface, _, _ in text]),
        "heading": " ".join([surface for surface, _, _ in above]),
        "stem": " ".join([stem for _, stem, _ in (*text, *above)]),
        "part": " ".join([part for _, _, parts in (*text, *above) for part in parts]),
    }
