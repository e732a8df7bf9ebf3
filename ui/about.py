"""Say what this window is, what it rests on, and what it does with a question.

In:  a Collection.
Out: HTML in plain Dutch; every word of the index is escaped.

Knows nothing of Gradio, or of how answers are found.
"""

from __future__ import annotations

from html import escape

from assistant.catalogue import Collection
from ui.dutch_dates import dutch_date

_BUILT_IN = "static:"


def about_html(collection: Collection) -> str:
    """Return the page about the window and its collection."""
    return (
        "<h2>Wat Wegwijs is</h2>"
        "<p>Wegwijs zoekt het antwoord op je vraag in een vaste set bronnen. Bij elke zin van "
        "een antwoord staat een nummer. Klik daarop en je ziet de plek in de bron.</p>"
        "<p>Staat het antwoord niet in de bronnen? Dan zegt Wegwijs dat. Het zoekt niet op "
        "internet en vult niets zelf aan.</p>"
        "<h2>Een automatische assistent</h2>"
        "<p>Je praat met een computerprogramma, niet met een mens. Een antwoord kan fout of "
        "onvolledig zijn, of verouderd. Controleer het in de bron voordat je het gebruikt. "
        "Wegwijs geeft geen juridisch advies.</p>"
        f"<h2>Hoe het werkt</h2>{_writer(collection)}{_model(collection.model)}"
        f"<h2>De bronnen</h2>{_sources(collection)}"
        "<h2>Je privacy</h2><ul>"
        f"{_where(collection)}"
        "<li>Je vragen worden niet bewaard, behalve als je zelf een oordeel geeft: Ja of Nee onder "
        "een antwoord. Sluit of ververs je deze pagina, dan is je gesprek weg.</li>"
        "<li>Geef je een oordeel? Dan bewaart Wegwijs op de computer waarop het draait de vraag, "
        "of er een antwoord was, je oordeel, je opmerking en de dag. Niet je naam. Was "
        "je vraag een vervolgvraag? Dan bewaart het de vraag zoals Wegwijs hem las: daar kunnen "
        "woorden van een eerdere vraag in staan.</li>"
        "<li>Uit wat bewaard wordt, zijn e-mailadressen, telefoonnummers, BSN, IBAN en postcodes "
        "weggehaald; namen niet. Wie Wegwijs beheert, kan een oordeel lezen en er een testvraag "
        "van maken. Na een jaar wordt het gewist. Klik je nog een keer op hetzelfde woord "
        "terwijl je gesprek open is, dan is het meteen gewist.</li>"
        "<li>Er zijn geen trackers en er worden geen gegevens over je bezoek verzameld.</li>"
        "<li>Zet toch geen namen of andere gegevens van personen in je vraag. Dat is niet nodig "
        "voor een antwoord.</li></ul>"
    )


def _model(fingerprint: str) -> str:
    name = "het ingebouwde Nederlandse zoekmodel"
    if fingerprint and not fingerprint.startswith(_BUILT_IN):
        name = f"het zoekmodel {escape(fingerprint.rsplit(':', 1)[0])}"
    return (
        f"<p>Om te zoeken gebruikt het de woorden van je vraag en {name}, dat ziet welke teksten "
        "over hetzelfde gaan.</p>"
        f'<p class="detail">Kenmerk van het model: {escape(fingerprint) or "onbekend"}</p>'
    )


def _writer(collection: Collection) -> str:
    if not collection.llm:
        return (
            "<p>Er schrijft geen taalmodel mee. Wegwijs kiest zinnen uit de bronnen zelf, en "
            "controleert of elk getal, elke datum en elke naam daar echt staat.</p>"
        )
    return (
        f"<p>Er helpt een taalmodel mee: {escape(collection.llm)}. Wegwijs zoekt eerst zelf of de "
        "bronnen antwoord geven. Elke zin van het taalmodel wordt daarna nagekeken. Staat hij "
        "niet zo in de bron? Dan zie je de zin uit de bron zelf, of geen zin.</p>"
    )


def _where(collection: Collection) -> str:
    if not collection.llm_host:
        return (
            "<li>Je vraag blijft op de computer waarop Wegwijs draait. Hij gaat niet naar een "
            "ander bedrijf en niet het internet op.</li>"
        )
    return (
        "<li>Je vraag gaat, met stukken tekst uit de bronnen, naar het taalmodel op "
        f"{escape(collection.llm_host)}. Wie dat beheert, kan ze lezen.</li>"
    )


def _sources(collection: Collection) -> str:
    count = len(collection.documents)
    passages = sum(one.passages for one in collection.documents)
    made = dutch_date(collection.made[:10]) or "een onbekende datum"
    documents = "1 document" if count == 1 else f"{count} documenten"
    return (
        f"<p>Wegwijs zoekt in {documents}, verdeeld in {passages} stukken tekst. De bronnen zijn "
        f"ingelezen op {escape(made)} (versie {collection.generation}). Wat daarna is veranderd, "
        "kent Wegwijs niet.</p><p>Op het tabblad Bronnen kun je ze lezen.</p>"
    )
