"""The gate: what must hold of a warehouse before it is published, one file per suite.

Checks in SQL lie in the folder of their suite, bounds with their reasons in `thresholds.toml`; `checks` reads
both. `counts`, `dates`, `sources` and `relations` say what each suite expects, `validate` runs them with Great
Expectations inside DuckDB (`engine`) and writes its Data Docs (`data_docs`), `check_table` says what there is.
"""
