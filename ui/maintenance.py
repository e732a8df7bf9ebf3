"""Commands that look after documents and index: `status`, `sources`, `facts`, `verify`, ….

In:  arguments, WEGWIJS_DATA, WEGWIJS_EMBEDDING.
Out: reports on stdout, an exit code.

Heavy libraries are imported by the commands that need them.

Knows nothing of how a source is fetched or an index is kept.
"""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from ui.dutch import DutchCommand, DutchGroup
from ui.options import DATA, data_option, embedder_for, embedding_option, json_option, print_json

LISTING = Path("corpus", "sources.toml")


@click.group(cls=DutchGroup)
def sources() -> None:
    """Houd de originelen bij waar de documenten op rusten."""


@sources.command()
@click.option(
    "--listing",
    type=click.Path(path_type=Path),
    default=LISTING,
    metavar="BESTAND",
    help="De lijst van bronnen (standaard: corpus/sources.toml).",
)
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="MAP",
    help="Waar de originelen komen (standaard: de map bronnen bij de index).",
)
@data_option
@json_option
def sync(listing: Path, into: Path | None, data: Path, as_json: bool) -> int:
    """Haal nieuwe versies van de originelen op; dit gebruikt internet."""
    from ingest.sources.sync import sync as run

    folder = into or data / "bronnen"
    report = run(listing, folder)
    if as_json:
        print_json(report.as_json())
    else:
        click.echo(report.as_text())
        if any(source.file for source in report.sources):
            elsewhere = [] if data == DATA else ["--data", str(data)]
            command = shlex.join(["wegwijs", "ingest", str(folder), *elsewhere])
            click.echo(f"Lees de map in met: {command}")
            click.echo("Noem ook je andere mappen: de index bevat daarna alleen wat je noemt.")
    return 1 if report.failed else 0


@click.command(cls=DutchCommand)
@data_option
@embedding_option
def status(data: Path, embedding: str | None) -> int:
    """Laat zien wat er in de index staat, en of die nog bij de documenten past."""
    from ingest.status import describe

    click.echo(describe(data, embedder_for(embedding)))
    return 0


@click.command(cls=DutchCommand)
@click.argument("document", metavar="DOCUMENT")
@data_option
@json_option
def facts(document: str, data: Path, as_json: bool) -> int:
    """Laat de data, bedragen, adressen en mijlpalen van een document zien."""
    from ingest.status import stored_facts

    for row in stored_facts(data, document):
        if as_json:
            print_json(row)
        else:
            quote = " ".join(str(row["quote"]).split())
            click.echo(f"{row['start']}-{row['end']}\t{row['kind']}\t{row['value']}\t{quote}")
    return 0


@click.command(cls=DutchCommand)
@data_option
@embedding_option
def verify(data: Path, embedding: str | None) -> int:
    """Controleer de index: alle teksten, plaatsen en vindbaarheid."""
    from ingest.maintenance import verify as run

    found = run(data, embedder_for(embedding))
    click.echo(found.as_text())
    return 1 if found.problems else 0


@click.command(cls=DutchCommand)
@data_option
def rollback(data: Path) -> int:
    """Ga terug naar de vorige versie van de index."""
    from ingest.generations import rollback as run

    click.echo(f"Versie {run(data)} van de index geeft weer antwoord.")
    return 0


@click.command(cls=DutchCommand)
@click.argument("document", metavar="DOCUMENT")
@data_option
@embedding_option
def forget(document: str, data: Path, embedding: str | None) -> int:
    """Haal een document voorgoed weg, ook uit eerdere versies van de index."""
    from ingest.maintenance import forget as run

    number = run(data, document, embedder_for(embedding))
    click.echo(
        f"'{document}' is weg uit elke versie van de index. Versie {number} geeft antwoord. "
        "Bewaarde metingen zijn ook weg. Haal ook het bestand zelf weg, anders komt het bij de "
        "volgende keer inlezen terug."
    )
    return 0
