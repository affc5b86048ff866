"""Pages written for the tests of `tasks.strip.describe`, and a judgement of their lines that is plain to see.

A line that begins with `= ` is kept as body (the mark is taken off), every other one is chrome or blank: what the
describers are tested on does not depend on how well lines are told apart.
"""

from __future__ import annotations

from tasks.strip.describe import Source, Sources, describe
from warehouse.rows import Description, Line

SOURCES = Sources(
    (
        Source(
            "courrier.example",
            "Le Courrier du Val",
            "courrier.example",
            "FR",
            "fr",
            "Europe/Paris",
            ("Courrier du Val",),
        ),
        Source("soleil.example", "Le Soleil des Îles", "soleil.example", "RE", "fr", "Indian/Reunion"),
        Source("herald.example", "The Valley Herald", "herald.example", "US", "en", "America/New_York"),
    )
)

BODY = """\
= La passerelle des Tanneurs rouvrira aux piétons à la fin du mois, après deux hivers de travaux qui ont coûté plus cher que prévu à la commune.
= Le chantier avait été arrêté par une crue, puis par la découverte de fissures dans la pile centrale, que les plongeurs de l'entreprise ont dû reprendre une à une.
= « Nous avons préféré attendre plutôt que de rouvrir une passerelle fragile », explique l'adjointe chargée des ponts, qui promet une fête sur les deux rives.
= Les commerçants de la rue basse, privés de passage, demandent maintenant que la passerelle reste éclairée toute la nuit et que le marché revienne sur le quai.
"""


def judge(page: str) -> tuple[str, list[Line]]:
    """The raw text of a page and its lines."""
    raw, lines = "", []
    for number, line in enumerate(page.splitlines(keepends=True), 1):
        is_kept = line.startswith("= ")
        content = line.removeprefix("= ")
        kind = "body" if is_kept else "chrome" if content.strip() else "blank"
        start = len(raw)
        raw += content
        lines.append(Line(number, start, len(raw), content, kind, is_kept, "test", float(is_kept)))
    return raw, lines


def described(page: str, **known: object) -> Description:
    """What `describe` says of a page."""
    _, lines = judge(page)
    return describe(lines, sources=SOURCES, **known)  # type: ignore[arg-type]


def article(head: str, tail: str = "") -> str:
    """A page: a menu, the lines above the body, the body, the lines below it."""
    return f"Accueil\nSports\nCulture\nLa passerelle des Tanneurs rouvre après deux hivers de travaux\n{head}\n{BODY}{tail}"
