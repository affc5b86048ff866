"""The gate: what must hold of a warehouse before it is published.

A suite is a folder: `counts`, `dates`, `sources`, `relations`, `disagreement`. It holds checks in SQL (`checks`) and, in
`tables.toml`, expectations of Great Expectations on tables (`table_checks`); the bounds of both, with their reasons, are
in `thresholds.toml` (`bounds`). `validate` runs the suites with Great Expectations inside DuckDB: `batches` makes its
suites of them, `prepared` and `measures` the tables they are run on, `engine` connects it to DuckDB, `results` reads
what it found and `data_docs` writes its pages. `acceptance` lets a person accept a failure; `check_table` lists the
checks for people.
"""
