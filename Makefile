# Everything sets itself up: `make extract` and `make test` need Python 3.11 to 3.13 and nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
READY_TEST := $(VENV)/.ready-test
CORPORA ?= corpora
WORK ?= models/work
OUT ?= models
STEPS ?= 5000

.DEFAULT_GOAL := help
.PHONY: help extract test check format evaluate floors models clean

help: ## Say what each target does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "%-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v < (3, 14) else "Clausula needs Python 3.11, 3.12 or 3.13; this is %d.%d. Name another one: make PYTHON=python3.12 ..." % v)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(READY_TEST): $(READY) requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	@touch $@

extract: $(READY) ## Write the dataset of seeds/ into data/
	$(BIN)/clausula extract seeds --out data

test: $(READY_TEST) ## Run every test
	$(BIN)/python -m pytest

check: $(READY_TEST) ## Lint, formatting and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(READY_TEST) ## Format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

evaluate: $(READY) ## Score the seeds and the development set against the gold
	$(BIN)/python -m tools.evaluate_gold

floors: $(READY) ## Raise the floors of the regression test to today's scores; never lower one
	$(BIN)/python -m tools.evaluate_gold --raise-floors

models: ## Train every model again: make models CORPORA=DIR (hours; see models/README.md)
	PYTHON=$(PYTHON) CORPORA=$(CORPORA) WORK=$(WORK) OUT=$(OUT) STEPS=$(STEPS) sh models/recipe/make.sh

clean: ## Remove the environment, caches and the written dataset
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find data -mindepth 1 ! -name README.md -delete
