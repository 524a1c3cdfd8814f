# RJ Natif : « make run » démarre une démonstration, « make test » éprouve le tout.

SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
# The lock names every package: nothing is resolved, so that no newer release can be reached for.
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --no-input --require-hashes --no-deps
TESTS ?= tests

# What runs by hand is a demonstration unless told otherwise: DEMO=non make run
run bench: export DEMO ?= oui

.PHONY: aide install run test test-long captures bench check format reglages lock
.DEFAULT_GOAL := aide

aide: ## Montre ces commandes.
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 20

install: .venv/.dev ## Crée l’environnement et installe tout ce que le développement demande.

run: .venv/.runtime $(if $(filter postgres%,$(DATABASE_URL)),.venv/.extras) ## Démarre la démonstration (HOST, PORT et DATABASE_URL respectés).
	@.ci/etape "Base de données" $(BIN)/flask --app main base preparer
	@RJ_DEBUT=$$EPOCHREALTIME; export RJ_DEBUT; $(BIN)/flask --app main demonstration remplir & exec $(BIN)/gunicorn

test: .venv/.dev ## Éprouve tout, sauf ce qui est long.
	@.ci/navigateur
	@TMPDIR=$$(.ci/memoire) $(BIN)/pytest -n 2 --dist worksteal --durations=10 $(TESTS)

test-long: .venv/.dev ## Éprouve ce qui prend des minutes.
	@.ci/navigateur
	@tests/externes/installer
	@$(BIN)/pytest -m long $(TESTS)

captures: .venv/.dev ## Redessine les captures de documentation/captures.
	@.ci/navigateur
	@$(BIN)/python -m tests.e2e.captures $(SEULEMENT)

bench: .venv/.dev ## Mesure, à côté des planchers de la même machine.
	@$(BIN)/python -m bench $(SEULEMENT)

check: .venv/.dev ## Vérifie le style, les types, l’architecture et la couverture du domaine.
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/djlint templates --lint --quiet
	@$(BIN)/pytest -q tests/architecture
	@$(BIN)/pytest -q -n 2 tests/utils/rj tests/utils/test_money.py --deselect tests/utils/rj/test_properties.py --cov=utils.rj --cov=utils.money --cov-report=term-missing:skip-covered --cov-fail-under=100

format: .venv/.dev ## Met le code en forme.
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

reglages: .venv/.dev ## Récrit env.example d’après le tableau des réglages.
	@$(BIN)/python -m tests.documentation.exemple

lock: .venv/.dev ## Verrouille de nouveau les dépendances, avec leurs empreintes.
	@$(BIN)/pip install --quiet --disable-pip-version-check uv==0.13.9
	@for name in requirements requirements-extras requirements-dev; do \
	  $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet $$name.in -o $$name.txt || exit 1; \
	done

# An empty file that is newer than its lock says that the lock is installed.
.venv/bin/python:
	@.ci/etape "Environnement virtuel" .ci/venv $(PYTHON)

.venv/.runtime: requirements.txt | .venv/bin/python
	@.ci/etape "Dépendances" $(PIP) -r requirements.txt
	@touch $@

.venv/.extras: requirements-extras.txt .venv/.runtime
	@.ci/etape "Pilote PostgreSQL" $(PIP) -r requirements-extras.txt
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.runtime
	@.ci/etape "Outils de développement" $(PIP) -r requirements-dev.txt
	@touch $@
