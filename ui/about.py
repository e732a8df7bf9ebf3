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
_WHAT = (
    "<h2>Wat Wegwijs is</h2>"
    "<p>Wegwijs zoekt het antwoord op je vraag in een vaste set bronnen. Bij elke zin van "
    "een antwoord staat een nummer. Klik daarop en je ziet de plek in de bron.</p>"
    "<p>Staat het antwoord niet in de bronnen? Dan zegt Wegwijs dat. Het zoekt niet op "
    "internet en vult niets zelf aan.</p>"
    "<h2>Een automatische assistent</h2>"
    "<p>Je praat met een computerprogramma, niet met een mens. Een antwoord kan fout of "
    "onvolledig zijn, of verouderd. Controleer het in de bron voordat je het gebruikt. "
    "Wegwijs geeft geen juridisch advies.</p>"
)


def about_html(collection: Collection, kept_days: int = 0) -> str:
    """Return the page about the window and its collection.

    Args:
        collection: What is in the index.
        kept_days: How many days questions are kept; 0 when they are not.
    """
    return (
        f"{_WHAT}"
        f"<h2>Hoe het werkt</h2>{_writer(collection)}{_model(collection.model)}"
        f"<h2>De bronnen</h2>{_sources(collection)}"
        "<h2>Je privacy</h2><ul>"
        f"{_where(collection)}"
        f"<li>{_kept(kept_days)}</li>"
        "<li>Je eigen browser bewaart de vragen van je laatste gesprekken, zodat je ze weer kunt "
        "openen. Niemand anders ziet ze, tenzij je deze computer deelt. Op het tabblad Vraag, "
        "onder Gesprekken bewaren, wis je ze of zet je het bewaren uit.</li>"
        "<li>Geef je een oordeel? Dan bewaart Wegwijs op de computer waarop het draait de vraag, "
        "of er een antwoord was, je oordeel, je opmerking en de dag. Niet je naam. Was "
        "je vraag een vervolgvraag? Dan bewaart het de vraag zoals Wegwijs hem las: daar kunnen "
        "woorden van een eerdere vraag in staan.</li>"
        "<li>Uit wat bewaard wordt, zijn e-mailadressen, telefoonnummers, BSN, IBAN en postcodes "
        "weggehaald; namen niet. Wie Wegwijs beheert, kan een oordeel lezen en er een testvraag "
        "van maken. Na een jaar wordt het gewist. Klik je nog een keer op hetzelfde woord "
        "terwijl je gesprek open is, dan is het meteen gewist.</li>"
        "<li>Moet je hier inloggen? Dan onthoudt een cookie hoogstens 12 uur dat je dat deed. "
        "Bij een vraag of een oordeel wordt je naam niet bewaard.</li>"
        "<li>Er zijn geen trackers en er worden geen gegevens over je bezoek verzameld.</li>"
        "<li>Zet toch geen namen of andere gegevens van personen in je vraag. Dat is niet nodig "
        "voor een antwoord.</li></ul>"
    )


def not_yet_html() -> str:
    """Return the page as long as there is no index: what the window is holds without one."""
    return (
        f"{_WHAT}<h2>De bronnen</h2><p>De bronnen zijn nog niet ingelezen. Daarna staat hier "
        "welke het zijn, hoe Wegwijs zoekt en wat het bewaart.</p>"
    )


def _kept(days: int) -> str:
    if not days:
        return (
            "Je vragen worden niet bewaard op die computer, behalve als je zelf een oordeel geeft: "
            "Ja of Nee onder een antwoord."
        )
    time = "1 dag" if days == 1 else f"{days} dagen"
    return (
        f"<strong>Je vragen worden hier {time} bewaard.</strong> Wie Wegwijs beheert, heeft dat "
        "aangezet om te zien waar antwoorden ontbreken. Bewaard worden je vraag, of er een "
        "antwoord was en de dag. Niet je naam. Daarna wordt het gewist."
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
