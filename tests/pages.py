"""Small inputs for tests: pages of prose written here, long enough to be an article, records, and a user's checks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

BODY = (
    "La mairie de Port-Aubry a présenté mardi le calendrier des travaux de la digue, attendus depuis trois ans par les riverains.",
    "Selon la maire, Jeanne Morel, le chantier mobilisera une trentaine d'ouvriers et coûtera 2,4 millions d'euros à la commune.",
    "« Nous avons pris le temps de consulter les habitants », a déclaré Jeanne Morel, qui recevait la presse à l'hôtel de ville.",
    "Les premières pelleteuses arriveront le 3 mai 2025 et la route côtière restera fermée pendant deux semaines environ.",
)


def write_page(
    path: Path,
    title: str = "Port-Aubry lance les travaux de sa digue",
    body: tuple[str, ...] = BODY,
    day: str = "14 mars 2025 08:15",
) -> Path:
    """A plain-text page with title, date line, body and a little chrome."""
    lines = [
        "Menu",
        "Accueil",
        "",
        title,
        "",
        f"Claire Lestrade - {day}",
        "",
        "\n\n".join(body),
        "",
        "Partager cet article",
        "Laisser un commentaire",
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def write_records(path: Path, records: list[Any]) -> Path:
    """A JSONL file; a string among the records is written as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def clean(text: str, **fields: Any) -> dict[str, Any]:
    """A clean JSONL record."""
    return {"text": text, "is_clean": True} | fields


def write_check(folder: Path, name: str, sql: str, *, scope: str = "document") -> Path:
    """A user's critical check in a checks folder; `sql` returns the offending rows."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.sql"
    path.write_text(
        f"-- name: {name}\n-- severity: critical\n-- scope: {scope}\n-- sentence: All is well with {name}.\n"
        f"-- id: doc_id\n{sql}\n",
        encoding="utf-8",
    )
    return path
