"""The lexical index of a generation: BM25 over several fields, in tantivy.

In:  passages with their headings, cut into terms by analysis.py.
Out: passage ids with scores for a query of terms, best first; the words that an index knows,
     and those that are spelt nearly as a word it does not know.

Fields: the words of the text, the words of the headings and title, stems, and compound
parts. A query sums BM25 over them with a weight a field. This is the one file that knows
tantivy.

Knows nothing of documents, vectors or answers.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

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


class Wording(NamedTuple):
    """Other words for a part of a query; `weight` is what they count beside its own words' 1."""

    terms: tuple[Term, ...]
    weight: float


class Expansion(NamedTuple):
    """A part of a query, and the other words for it."""

    terms: tuple[Term, ...]
    wordings: tuple[Wording, ...]


_WRITER_MEMORY = 64_000_000  # bytes; what does not fit goes to disk as a part of its own


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
        self._writer: tantivy.IndexWriter | None = None
        white = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer("white", white)

    def update(self, *, added: Iterable[Fields], removed: Iterable[str]) -> None:
        """Take passages out, then in; on disk with the next `commit`, search or count.

        Args:
            added: What to hold of each new passage, from `fields_of`.
            removed: Ids of passages; an unknown id does nothing.

        Raises:
            StorageError: If the disk is full, or may not be written to.
        """
        import tantivy

        try:
            if self._writer is None:
                # One thread: the same passages in the same order give the same index.
                self._writer = self._index.writer(heap_size=_WRITER_MEMORY, num_threads=1)
            for passage_id in removed:
                self._writer.delete_documents_by_term("id", passage_id)
            for fields in added:
                self._writer.add_document(tantivy.Document(**fields))
        except ValueError as problem:  # whatever tantivy has to say
            raise StorageError(*storage.reason(problem)) from problem

    def commit(self) -> None:
        """Put on disk what was put in and taken out; until then, only this object knows of it.

        Raises:
            StorageError: If the disk is full, or may not be written to.
        """
        writer, self._writer = self._writer, None
        if writer is None:
            return
        try:
            writer.commit()
            writer.wait_merging_threads()
            self._index.reload()
        except ValueError as problem:
            raise StorageError(*storage.reason(problem)) from problem

    def _searcher(self) -> tantivy.Searcher:
        self.commit()
        return self._index.searcher()

    def search(
        self, terms: Sequence[Term], limit: int, expansions: Sequence[Expansion] = ()
    ) -> list[tuple[str, float]]:
        """Return up to `limit` (passage id, BM25 score), best first, ties by id.

        Of the other words for a part of the query the best counts, so that many names for one
        thing do not add up; and a rare one counts no more than the query's own words would.
        """
        import tantivy

        queries = [*self._clauses({term: 1.0 for term in terms}), *map(self._best_of, expansions)]
        if not queries:
            return []
        clauses = [(tantivy.Occur.Should, query) for query in queries]
        searcher = self._searcher()
        found = searcher.search(tantivy.Query.boolean_query(clauses), limit, count=False).hits
        hits = [(str(searcher.doc(address)["id"][0]), float(score)) for score, address in found]
        return sorted(hits, key=lambda hit: (-hit[1], hit[0]))

    def passage_frequency(self, term: Term) -> int:
        """Return how many passages hold the term: its stem, in text or headings."""
        return int(self._searcher().doc_freq("stem", term.stem))

    def count_with(self, wordings: Iterable[Sequence[Term]]) -> int:
        """Return how many passages hold all words of one of these wordings, by their stems."""
        import tantivy

        schema = self._index.schema
        whole = []
        for wording in wordings:
            stems = {term.stem for term in wording}
            words = (tantivy.Query.term_query(schema, "stem", s, "basic") for s in sorted(stems))
            whole.append(tantivy.Query.boolean_query([(tantivy.Occur.Must, q) for q in words]))
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in whole])
        found = self._searcher().search(query, 1)
        return int(found.count or 0)  # type: ignore[attr-defined] # its stubs forget it

    def word_frequency(self, word: str) -> int:
        """Return how many passages hold a word as it is spelt, in the text itself."""
        return int(self._searcher().doc_freq("text", word))

    def holds(self, term: Term) -> bool:
        """Tell whether any passage holds a term: as it is spelt, its stem, or in a compound."""
        searcher = self._searcher()
        forms = [(field, form) for field in FIELD_WEIGHTS for form in _query_forms(term, field)]
        return any(searcher.doc_freq(field, form) for field, form in forms)

    def near(self, word: str, distance: int, limit: int, without: Iterable[str] = ()) -> list[str]:
        """Return ids of passages with a word that is nearly spelt as `word`, in no order.

        Args:
            word: The word, folded.
            distance: Letters that may be added, left out, changed or swapped with the next: 1, 2.
            limit: The most passages.
            without: Words that do not count; a passage with one of them is passed over.
        """
        import tantivy

        schema = self._index.schema
        near = tantivy.Query.fuzzy_term_query(schema, "text", word, distance=distance)
        clauses = [(tantivy.Occur.Must, near)]
        for other in without:
            query = tantivy.Query.term_query(schema, "text", other, index_option="basic")
            clauses.append((tantivy.Occur.MustNot, query))
        searcher = self._searcher()
        query = tantivy.Query.boolean_query(clauses)
        found = searcher.search(query, limit, count=False).hits
        return [str(searcher.doc(address)["id"][0]) for _, address in found]

    def count(self) -> int:
        """Return the number of passages in the index."""
        return int(self._searcher().num_docs)

    def _best_of(self, expansion: Expansion) -> tantivy.Query:
        import tantivy

        most = max(map(self._rarity, expansion.terms))
        wordings = []
        for wording in expansion.wordings:
            share = wording.weight / len(wording.terms)
            shares = {t: share * min(1.0, most / self._rarity(t)) for t in wording.terms}
            clauses = [(tantivy.Occur.Should, query) for query in self._clauses(shares)]
            wordings.append(tantivy.Query.boolean_query(clauses))
        return tantivy.Query.disjunction_max_query(wordings)

    def _rarity(self, term: Term) -> float:
        """Return the inverse passage frequency that BM25 gives a term."""
        frequency = self.passage_frequency(term)
        return math.log(1 + (self.count() - frequency + 0.5) / (frequency + 0.5))

    def _clauses(self, shares: Mapping[Term, float]) -> Iterable[tantivy.Query]:
        import tantivy

        schema = self._index.schema
        weights: dict[tuple[str, str], float] = {}
        for term, share in shares.items():
            share *= FUNCTION_WORD_WEIGHT if term.is_function_word else 1.0
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
