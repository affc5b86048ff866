# Everything a new machine needs is Python 3.11 to 3.13 and make. `make run` and `make test` each work alone.

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
INSTALLED := .venv/installed
SITE := .venv-site/installed
# Two processes, each with its own Prefect server and warehouses; without groups, loadgroup hands out one test at a time.
PYTEST := $(BIN)/python -m pytest -q -n 2 --dist loadgroup

.PHONY: run test test-slow test-all test-kills test-interpreters fuzz audit lint coverage docs site freeze freeze-schema bench train-strip train-page-verdict train-describe train-names lock clean help

help: ## show the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 20

run: $(INSTALLED) ## install, then ingest the sample pages into revue.duckdb
	$(BIN)/revue run seeds/articles

test: $(INSTALLED) lint ## install, then lint, types, layers and the test suite
	$(PYTEST) -m "not slow"

test-slow: $(INSTALLED) ## the tests that take minutes
	$(PYTEST) -m slow

test-all: $(INSTALLED) lint ## every test; fails when one had to be skipped
	$(PYTEST) --fail-on-skip

KILLS ?= 1000
test-kills: $(INSTALLED) ## kill runs at points of every step until KILLS are reached; goes on where it stopped
	$(BIN)/python tests/kill_trials.py --kills $(KILLS)

fuzz: $(INSTALLED) ## look long for pages and files that break a property, and print the smallest
	$(BIN)/python -m pytest -q tests/test_fuzz.py --hypothesis-profile=long --timeout=0 -n 0

test-interpreters: $(INSTALLED) ## the suite on every interpreter from 3.11 on that is found; names those that are not
	$(BIN)/python -m tools.interpreters.suite

audit: $(INSTALLED) ## known vulnerabilities of the dependencies; fails as "not checked" without the database
	@test -x .venv/audit/bin/pip-audit || { $(BIN)/python -m venv .venv/audit && .venv/audit/bin/python -m pip install --quiet --disable-pip-version-check "pip-audit>=2.10,<3"; }
	$(BIN)/python -m tools.audit.vulnerabilities .venv/audit/bin/pip-audit

lint: $(INSTALLED) ## format, lint, types and layers
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy --no-error-summary
	$(BIN)/lint-imports --no-cache --config pyproject.toml > .import-layers.txt 2>&1 || (cat .import-layers.txt; exit 1)
	@rm -f .import-layers.txt

coverage: $(INSTALLED) ## the tests of `make test` with the share of lines and branches they run
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -q -m "not slow"
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

docs: $(INSTALLED) ## write the generated pages of docs/ again
	test -f revue.duckdb || $(BIN)/revue run seeds/articles --quiet
	$(BIN)/python -m tools.docs.pages

site: $(SITE) ## build the documentation as a site in build/site, with every link checked
	.venv-site/bin/python -m tools.docs.site
	NO_MKDOCS_2_WARNING=1 .venv-site/bin/mkdocs build --strict --quiet
	@echo "Open build/site/index.html"

freeze: $(INSTALLED) ## write tests/frozen/ from the sample pages, after a VERSION was raised
	$(BIN)/revue run seeds/articles --quiet
	$(BIN)/python -m tools.freeze.pages revue.duckdb

freeze-schema: $(INSTALLED) ## write tests/schemas/ for a new schema version
	$(BIN)/python -m tools.freeze.schema

BENCHMARKS := strip strip_html damaged page_verdict consent describe facts gate cost huge speed
bench: $(INSTALLED) ## quality and cost, against their limits (needs ../shared/bench)
	@failed=; for name in $(BENCHMARKS); do \
		echo "== $$name"; $(BIN)/python -m benchmarks.$$name $$([ $$name = facts ] && echo all) || failed="$$failed $$name"; done; \
	test -z "$$failed" || { echo "Beyond a limit:$$failed"; exit 1; }

train-strip: $(INSTALLED) ## train the weights that find the article in a page (needs ../shared/bench)
	$(BIN)/python -m tools.train.strip
	$(BIN)/python -m tools.train.spans

train-page-verdict: $(INSTALLED) ## train the weights that decide whether a page is an article (needs ../shared/bench)
	$(BIN)/python -m tools.train.page_verdict

train-describe: $(INSTALLED) ## train the weights that choose title, date and authors (needs ../shared/bench)
	$(BIN)/python -m tools.train.describe

train-names: $(INSTALLED) ## train the weights of the name recogniser (needs ../shared/bench)
	$(BIN)/python -m tools.train.names

lock: ## resolve the dependencies again (needs uv)
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements.lock
	uv pip compile --group site --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements-site.lock

# --no-deps: the lock is complete, so pip need not resolve anything, and older pips trip over extras in hashed files
$(INSTALLED): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "revue needs Python 3.11, 3.12 or 3.13. Install one, or name it: make run PYTHON=/path/to/python3"; exit 2; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(SITE): requirements-site.lock
	@test -n "$(PYTHON)" || { echo "revue needs Python 3.11, 3.12 or 3.13. Install one, or name it: make site PYTHON=/path/to/python3"; exit 2; }
	test -x .venv-site/bin/python || $(PYTHON) -m venv .venv-site
	.venv-site/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-site.lock
	@touch $@

clean: ## remove the environment and what the sample run made
	rm -rf .venv .venv-site build revue.duckdb revue.duckdb.* revue.docs revue.report.html sources.csv aliases.csv
