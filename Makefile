# Everything a person types while working on Mudmai. `make help` lists it.
# Needs Python 3.11 or newer and make; setup brings the rest.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup demo test browser field-test spark pg-test check fix bench messages wheel clean

VENV := .venv
BIN := $(VENV)/bin
# The first Python that is new enough and can make a virtual environment.
PYTHON ?= $(shell for name in python3 python3.11 python3.12 python3.13 python3.14 /usr/bin/python3; do \
	$$name -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$name; break; }; done)
ARGS ?=

help: ## Print this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-10s %s\n", $$1, $$2 }'

setup: $(VENV)/.installed ## Install everything into .venv, build the screens and the translations
	@$(BIN)/python tools/assets.py
	@$(BIN)/python tools/messages.py --compile

$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer with the venv module is needed (Debian: apt-get install python3 python3-venv)."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.made requirements/dev.txt pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

demo: setup ## Show the invented town in the browser (ARGS=--no-serve only loads it)
	@$(BIN)/mudmai demo $(ARGS)

test: setup ## Run all tests but the browser's and Spark's, on SQLite or on DATABASE_URL
	$(BIN)/pytest -n 2 -m "not browser and not spark" $(ARGS)

browser: setup ## Run the journeys in Chromium (Debian: apt-get install chromium)
	$(BIN)/pytest -m browser $(ARGS)

field-test: setup ## Check the types of the phone app and run its own tests
	@$(BIN)/python tools/assets.py --test

spark: setup ## Run the tests on a Spark cluster of their own (Debian: apt-get install openjdk-17-jre-headless)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/spark.txt
	$(BIN)/pytest -m spark $(ARGS)

pg-test: setup ## Run the same tests on PostgreSQL; sets up a local one where DATABASE_URL is empty
	DATABASE_URL="$${DATABASE_URL:-$$(tools/postgres.sh)}" $(BIN)/pytest -n 2 -m "not browser and not spark" $(ARGS)

check: setup field-test ## Formatting, lint, types, import contracts, translations, migrations, the phone app's own tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/messages.py --check
	$(BIN)/mudmai makemigrations --check --dry-run

fix: ## Let ruff put formatting and simple lint right
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup ## Measure speed and size against their limits
	$(BIN)/python -m benchmarks $(ARGS)

messages: ## Add new texts to the translation files and compile them
	@$(BIN)/python tools/messages.py

wheel: setup ## Build the wheel, screens and translations inside
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps -w dist .
	@ls dist/*.whl

clean: ## Remove what was built (never your data in var/)
	rm -rf dist build .mypy_cache .ruff_cache .import_linter_cache src/mudmai/pages/static/dist src/mudmai/surveys/static/field
	find src -name '*.mo' -delete
