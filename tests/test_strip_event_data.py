"""The lines between a title and its text that say when and where an event takes place are kept."""

from __future__ import annotations

import pytest

from tasks.strip import strip_text

_BODY = (
    "Vingt-six tourneurs de manivelle venus de cinq pays joueront dans les rues de Guisancourt pour la troisième édition du festival.\n\n"
    "La facteuse d'orgues Adèle Lantoine présentera un instrument qu'elle a mis quatre ans à construire dans son atelier.\n\n"
    "Un atelier permettra aux enfants de perforer leur propre chanson ; il est limité à cinquante inscrits par demi-journée.\n"
)


def page(*below_title: str) -> str:
    lines = (
        "Sortir en Thiérache",
        "Concerts",
        "",
        "La nuit des orgues s'installe à Guisancourt",
        *below_title,
        "",
        _BODY,
    )
    return "\n".join((*lines, "Publié le 2 juin 2025 par Octave Delmotte", "Signaler une erreur", ""))


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (("Samedi 21 juin 2025, de 18 heures à minuit", "Place du Marché, entrée libre"), 2),
        (("Du 3 au 5 juillet 2025", "Salle des fêtes"), 1),
        (("Samedi 21 juin 2025, 18h-23h",), 1),
        (("Mis à jour le 3 juin 2025 à 18h05",), 0),
        (("Concerts", "entrée libre"), 0),
    ],
)
def test_day_and_hours_of_an_event_below_the_title_are_kept(lines: tuple[str, ...], kept: int) -> None:
    stripped = strip_text(page(*lines))
    assert stripped.description.title == "La nuit des orgues s'installe à Guisancourt"
    assert [line.line.strip() for line in stripped.lines if line.reason == "event_data"] == list(lines[:kept])
    assert stripped.text.startswith(lines[0] if kept else "Vingt-six")
