"""From documents to passages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.reading import build_document
from ingest.records import BlockKind, Document, Draft, DraftBlock
from ingest.splitting import split

SENTENCES = st.lists(
    st.sampled_from([
        "Dit is een zin.",
        "Zie art. 5.",
        "Kort!",
        "x" * 90,
        "Een langere zin met é.",
    ]),
    min_size=1,
    max_size=8,
).map(" ".join)
DOCUMENTS = st.lists(
    st.builds(
        DraftBlock,
        st.sampled_from(BlockKind),
        st.one_of(SENTENCES, st.text(min_size=1)),
        st.integers(1, 6),
        st.none() | st.integers(0, 20),
        st.none() | st.integers(1, 9),
    ),
    min_size=1,
    max_size=15,
).map(lambda blocks: Draft((DraftBlock(BlockKind.PARAGRAPH, "Begin."), *blocks)))


def build(*blocks: tuple[BlockKind, str, int]) -> Document:
    drafts = tuple(DraftBlock(kind, text, level) for kind, text, level in blocks)
    return build_document(Draft(drafts), "nota.md")


@given(DOCUMENTS, st.sampled_from([40, 120, 700]))
def test_passages_hold_every_visible_character_once_at_exact_offsets(
    draft: Draft, length: int
) -> None:
    document = build_document(draft, "x.md")
    position = 0
    for passage in split(document, target_length=length):
        assert passage.document_id == document.id
        assert document.text[passage.start : passage.end] == passage.text
        assert passage.text == passage.text.strip() and passage.text
        assert position <= passage.start
        assert not document.text[position : passage.start].strip()
        position = passage.end
    assert not document.text[position:].strip()


@given(DOCUMENTS)
def test_splitting_again_gives_the_same_passages_with_ids_that_differ(draft: Draft) -> None:
    document = build_document(draft, "x.md")
    passages = split(document)
    assert split(document) == passages
    assert len({passage.id for passage in passages}) == len(passages)


@given(DOCUMENTS, st.sampled_from([40, 120, 700]))
def test_only_a_heading_or_one_long_sentence_makes_a_passage_longer_than_asked(
    draft: Draft, length: int
) -> None:
    document = build_document(draft, "x.md")
    kinds = {block.start: block.kind for block in document.blocks}
    for passage in split(document, target_length=length):
        inside = [kind for start, kind in kinds.items() if passage.start <= start < passage.end]
        body = [kind for kind in inside if kind is not BlockKind.HEADING]
        if len(passage.text) > length and BlockKind.HEADING not in inside:
            assert len(body) <= 1


H, P, L = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM


def test_a_passage_stays_under_its_heading_and_opens_with_it() -> None:
    document = build(
        (H, "Nota", 1), (H, "Doel", 2), (P, "Elk kind zwemt.", 0), (L, "in de wijk", 1),
        (H, "Geld", 2), (P, "Het kost 5 euro.", 0),
    )  # fmt: skip
    assert [(p.text, p.headings) for p in split(document)] == [
        ("Nota\nDoel\nElk kind zwemt.\n\n- in de wijk", ("Nota", "Doel")),
        ("Geld\nHet kost 5 euro.", ("Nota", "Geld")),
    ]


def test_a_long_block_is_cut_between_sentences() -> None:
    text = " ".join(f"Dit is zin nummer {i} van de lange alinea." for i in range(40))
    passages = split(build((P, text, 0)), target_length=200)
    assert len(passages) > 5
    assert all(passage.text.endswith(".") and len(passage.text) <= 200 for passage in passages)


def test_the_same_words_keep_their_id_when_other_text_changes() -> None:
    before = split(build((H, "Doel", 1), (P, "Elk kind zwemt.", 0), (H, "Geld", 1), (P, "5.", 0)))
    after = split(build((H, "Doel", 1), (P, "Elk kind gymt.", 0), (H, "Geld", 1), (P, "5.", 0)))
    assert before[0].id != after[0].id
    assert before[1].id == after[1].id


def test_equal_passages_in_one_document_have_their_own_ids() -> None:
    first, second = split(build((H, "Doel", 1), (P, "Zwem.", 0), (H, "Doel", 1), (P, "Zwem.", 0)))
    assert first.text == second.text and first.id != second.id


def test_a_passage_says_on_which_page_it_starts() -> None:
    blocks = (
        DraftBlock(P, "Een.", page=1),
        DraftBlock(H, "Kop", 1, page=2),
        DraftBlock(P, "Twee.", page=2),
        DraftBlock(P, "Drie.", page=3),
    )
    passages = split(build_document(Draft(blocks), "x.pdf"))
    assert [(p.text, p.page) for p in passages] == [("Een.", 1), ("Kop\nTwee.\n\nDrie.", 2)]
