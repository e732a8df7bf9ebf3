"""Give Dutch nouns their article and plural, as far as rules can.

In:  a noun.
Out: "de" or "het"; its plural.

Most nouns take "de"; of those that take "het" the common ones are listed, by their last part, for
a compound has the article of that part.

Knows nothing of questions.
"""

from __future__ import annotations

import re

_HET = tuple(
    """
    adres nummer doel plan bedrag budget jaar loket kantoor team aantal overleg rapport advies
    onderzoek beleid besluit geld percentage tarief bestuur probleem resultaat programma project
    begin einde werk huis onderwijs verslag verschil moment schema formulier antwoord bericht
    contract akkoord document artikel boek kind gezin museum theater zwembad park plein station
    centrum gebouw bureau ministerie instituut netwerk verband bedrijf college recht punt thema
    onderwerp kader model systeem effect risico diploma examen contact verblijf platform account
    wachtwoord algoritme instrument gesprek interview nieuws aanbod traject abonnement voorstel
    """.split()  # noqa: SIM905 - a table reads better than a list of quoted strings
)
_DE = ("lijn", "werkplaats", "planning", "rechter", "boekenlijst")
_DIMINUTIVE = re.compile(r"\w{2}(?:tje|pje|kje|etje|sje|fje|gje)$")
_PLURAL = re.compile(r"(?:en|[eo]rs|els|ies|ens|[aiou]['’]?s|jes)$")


def article_of(noun: str) -> str:
    """Return the article of a noun.

    Example:
        >>> [article_of(noun) for noun in ("mailadres", "regeling", "plannen", "boekje")]
        ['het', 'de', 'de', 'het']
    """
    word = noun.lower()
    if _DIMINUTIVE.search(word) or (word.endswith(_HET) and not word.endswith(_DE)):
        return "het"
    return "de"


_VOICED = {"f": "v", "s": "z"}
_ENDINGS = {"heid": "heden", "kind": "kinderen", "stad": "steden", "lid": "leden"}


def is_plural(noun: str) -> bool:
    """Tell whether a noun looks plural."""
    return bool(_PLURAL.search(noun.lower()))


def plural_of(noun: str) -> str:
    """Return the plural of a noun, by the rules that most follow.

    Example:
        >>> [plural_of(word) for word in ("mijlpaal", "regeling", "subsidie", "gemeente")]
        ['mijlpalen', 'regelingen', 'subsidies', 'gemeenten']
        >>> [plural_of(word) for word in ("alternatief", "prijs", "mogelijkheid", "kind")]
        ['alternatieven', 'prijzen', 'mogelijkheden', 'kinderen']
    """
    for ending, plural in _ENDINGS.items():
        if noun.endswith(ending):
            return noun.removesuffix(ending) + plural
    if re.search(r"(?:ie|e[lmr]|en|[aiou]|je)$", noun):
        return f"{noun}s"
    if noun.endswith("e"):
        return f"{noun}n"
    long = re.search(r"(aa|ee|oo|uu)([^\W\daeiou])$", noun)
    if long:
        return f"{noun[: long.start()]}{long[1][0]}{_VOICED.get(long[2], long[2])}en"
    voiced = re.search(r"(?:ie|ij|ei|ui|oe|eu)([fs])$", noun)
    if voiced:
        return f"{noun[:-1]}{_VOICED[voiced[1]]}en"
    short = re.search(r"(?<![aeiou])[aeou]([bdfgklmnprst])$", noun)
    return f"{noun}{short[1]}en" if short and len(noun) < 6 else f"{noun}en"
