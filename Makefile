# Run `make help` for what it can do.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
DATA = $(or $(NEWSROOM_DATA),var)
BIN = .venv/bin
MANAGE = $(BIN)/python manage.py
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

# A local site is where it is served; one in service must say so itself.
ifndef ALLOWED_HOSTS
export SITE_URL ?= http://$(HOST):$(PORT)
endif

.PHONY: help run dev test lint format bench bench-scale bench-million clean lock

help: ## say what can be made
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

run: .venv/.run $(DATA)/static/.stamp ## serve the archive at HOST and PORT, with samples if it is empty
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_sample
	@$(MANAGE) create_first_editor
	@nice $(MANAGE) make_renditions --verbosity 0 & # the pages wait for none of them
	@exec $(MANAGE) serve --host $(HOST) --port $(PORT)

dev: export DEBUG = 1
dev: .venv/.dev ## the same with the development server, which reloads what you change
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_sample
	@$(MANAGE) create_first_editor
	@nice $(MANAGE) make_renditions --verbosity 0 &
	@$(MANAGE) work --beside & exec $(MANAGE) runserver $(HOST):$(PORT)

# What is compiled is kept: compiling the tests again takes longer than to load them.
test: export PYTHONDONTWRITEBYTECODE =
test: .venv/.dev ## run the tests on SQLite, then on PostgreSQL those that use a database but no browser
	$(BIN)/pytest --numprocesses auto
	NEWSROOM_TEST_DATABASE=postgresql $(BIN)/pytest --numprocesses auto --with-database

lint: .venv/.dev ## look for faults without running anything
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djade --check $$(find templates/admin -name '*.html')
	$(BIN)/mypy
	$(MANAGE) makemigrations --check --dry-run --verbosity 1

format: .venv/.dev ## put Python and templates in shape
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .
	-$(BIN)/djade $$(find templates/admin -name '*.html')

bench: .venv/.dev ## measure pages and API against their limits
	$(BIN)/python -m benchmarks

bench-scale: .venv/.dev ## measure whether anything takes longer as the archive grows, on both databases
	$(BIN)/python -m benchmarks.scale
	$(BIN)/python -m benchmarks.scale --postgresql

bench-million: .venv/.dev ## the same up to a million articles, kept in benchmarks/RESULTS.md; takes an hour
	$(BIN)/python -m benchmarks.scale --articles 1000 100000 1000000 --write
	$(BIN)/python -m benchmarks.scale --articles 1000 100000 1000000 --write --postgresql

clean: ## remove the environment and caches, not your data
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

UV = uv pip compile --no-config --universal --python-version 3.11 --generate-hashes --no-strip-extras \
	--no-header --no-annotate --quiet

lock: ## choose the dependencies' versions anew (needs uv)
	$(UV) --output-file requirements/run.txt pyproject.toml
	$(UV) --extra production --constraint requirements/run.txt \
		--output-file requirements/production.txt pyproject.toml
	$(UV) --extra production --extra test --extra dev --constraint requirements/production.txt \
		--output-file requirements/dev.txt pyproject.toml

.venv/.run: requirements/run.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=python3.11")'
	@echo "Installing into .venv ..."
	@$(PYTHON) -m venv .venv
	@$(INSTALL) --requirement $<
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.run
	@echo "Installing the development tools into .venv ..."
	@$(INSTALL) --requirement $<
	@touch $@

$(DATA)/static/.stamp: .venv/.run $(shell find $(wildcard static articles) -path '*static/*' -type f)
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@touch $@
