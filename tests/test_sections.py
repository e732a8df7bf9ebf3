"""Training contrasts of sections, and what the embedded model learned from them."""

from __future__ import annotations

from pathlib import Path

from ingest.analysis import analyse
from ingest.embedding import load_embedder
from ingest.sections import OTHERS, Section, make_contrasts, read_sections
from ingest.training import SECTIONS

HELD_OUT = Path(__file__).parent / "sections.txt"


def test_a_question_is_told_with_its_sentence_beside_others_of_its_section(tmp_path: Path) -> None:
    others = [
        "De sluis is groen.",
        "Karel bedient de sluis.",
        "Het hek is laag.",
        "Er is een brug.",
    ]
    file = tmp_path / "sections.txt"
    file.write_text(
        "= De sluis gaat open om acht uur.\n? hoe vroeg kan ik erdoor\n? wanneer begint het\n"
        + "\n".join(f"= {other}" for other in others)
        + "\n! wie betaalt de sluis\n\n= Het veer is gratis.\n= Het veer is wit.\n"
        + "= Het veer is oud.\n= Het vaart.\n"
    )
    sections = read_sections(file)
    contrasts = make_contrasts(sections)

    assert [len(section.sentences) for section in sections] == [5, 4]
    assert [section.unanswered for section in sections] == [("wie betaalt de sluis",), ()]
    assert "wie betaalt de sluis" not in {contrast[0] for contrast in contrasts}
    pairs = {contrast[:2] for contrast in contrasts}
    for question in ("hoe vroeg kan ik erdoor", "wanneer begint het"):
        assert (question, "De sluis gaat open om acht uur.") in pairs
    beside = [contrast[2:] for contrast in contrasts]
    assert all(len(set(some)) == OTHERS for some in beside)
    assert {other for some in beside for other in some} == set(others)
    assert contrasts == make_contrasts(sections)


def test_every_sentence_stands_beside_others() -> None:
    sections = read_sections(SECTIONS)

    for sentences, unanswered in sections:
        assert len({sentence for sentence, _ in sentences}) > OTHERS
        assert all(asked.strip() for _, questions in sentences for asked in questions)
        assert all(asked.strip() for asked in unanswered)


def test_what_is_measured_on_was_not_learned_from() -> None:
    learned = read_sections(SECTIONS)
    held_out = read_sections(HELD_OUT)

    for texts in (_sentences, _questions):
        known = {text for section in learned for text in texts(section)}
        assert not any(text in known for section in held_out for text in texts(section))


def test_the_embedded_model_tells_which_sentence_answers_better_than_shared_words_do() -> None:
    model = load_embedder()
    by_model = by_words = count = 0
    for section in read_sections(HELD_OUT):
        vectors = model.embed_passages(_sentences(section))
        words = [_words(sentence) for sentence in _sentences(section)]
        for place, (_, questions) in enumerate(section.sentences):
            for question in questions:
                count += 1
                by_model += int((vectors @ model.embed_query(question)).argmax()) == place
                shared = [len(_words(question) & found) for found in words]
                by_words += shared.index(max(shared)) == place

    assert count > 500
    assert by_model > 1.3 * by_words


def _sentences(section: Section) -> list[str]:
    return [sentence for sentence, _ in section.sentences]


def _questions(section: Section) -> list[str]:
    answered = [asked for _, questions in section.sentences for asked in questions]
    return [*answered, *section.unanswered]


def _words(text: str) -> frozenset[str]:
    return frozenset(term.stem for term in analyse(text) if not term.is_function_word)
