# RJ Natif : « make run » démarre une démonstration, « make test » éprouve le tout.

SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
# The lock names every package: nothing is resolved, so that no newer release can be reached for.
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --no-input --require-hashes --no-deps
TESTS ?= tests
# DEJA=oui : sans ce que « make check » vient d’éprouver.
DEJA ?=

# What runs by hand is a demonstration unless told otherwise: DEMO=non make run
run bench: export DEMO ?= oui

# What asks for neither server, browser nor base: tests/conftest.py says which by their mark. Properties, which repeat, are
# left to `make test`.
RAPIDES := -m "rapide and not long" tests/architecture tests/config tests/database tests/templates tests/utils

# What `make check` adds to them to measure the branches of the whole product: pages and commands, each once.
COUVERTS := tests/documentation tests/routes/test_api_nuit.py tests/routes/test_pages.py tests/routes/test_lightspeed.py \
  tests/routes/test_utilisateurs.py tests/routes/test_parametres.py tests/routes/test_notifications.py \
  tests/routes/test_automatismes.py tests/routes/test_profil.py tests/utils/actions/lightspeed/test_synchronisation.py \
  tests/routes/test_rien_ne_casse.py tests/utils/scheduler/test_steps.py tests/utils/actions/notifications

.PHONY: aide install run rapide check test test-long captures bench format reglages lock
.DEFAULT_GOAL := aide

aide: ## Montre ces commandes.
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 20

install: .venv/.dev ## Crée l’environnement et installe tout ce que le développement demande.

run: .venv/.runtime $(if $(filter postgres%,$(DATABASE_URL)),.venv/.extras) ## Démarre la démonstration (HOST, PORT et DATABASE_URL respectés).
	@.ci/etape "Base de données" $(BIN)/flask --app main base preparer
	@RJ_DEBUT=$$EPOCHREALTIME; export RJ_DEBUT; $(BIN)/flask --app main demonstration remplir & exec $(BIN)/gunicorn

test: .venv/.dev ## Éprouve tout, sauf ce qui est long.
	@.ci/navigateur
	@TMPDIR=$$(.ci/memoire) $(BIN)/pytest -n 2 --dist worksteal --durations=10 $(if $(DEJA),-m "not long and not rapide" $(COUVERTS:%=--ignore=%),-m "not long") $(TESTS)

test-long: .venv/.dev ## Éprouve ce qui prend des minutes.
	@.ci/navigateur
	@tests/externes/installer
	@$(BIN)/pytest -m long $(TESTS)

captures: .venv/.dev ## Redessine les captures de documentation/captures.
	@.ci/navigateur
	@$(BIN)/python -m tests.e2e.captures $(SEULEMENT)

bench: .venv/.dev ## Mesure, à côté des planchers de la même machine.
	@$(BIN)/python -m bench $(SEULEMENT)

rapide: .venv/.dev style ## Vérifie en une minute, à chaque changement, ce qui ne demande ni serveur, ni base, ni navigateur.
	@$(BIN)/pytest -q -n 2 $(RAPIDES)

# Branches are counted here alone: counting them slows each test, which `make test` would pay for its thousands of
# repetitions. Python 3.11 has no cheaper way to count (sys.monitoring came with 3.12).
check: .venv/.dev style ## Vérifie le style, les types, l’architecture et la couverture : domaine 100 %, produit 80 % des branches.
	@$(BIN)/pytest -q -n 2 --cov --cov-report= $(RAPIDES)
	@$(BIN)/coverage report --include='utils/rj/*,utils/money.py' --fail-under=100
	@TMPDIR=$$(.ci/memoire) $(BIN)/pytest -q -n 2 --cov --cov-append --cov-report= -m "not long and not rapide" $(COUVERTS)
	@$(BIN)/coverage report --format=total --fail-under=80

.PHONY: style
style: .venv/.dev
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/djlint templates --lint --quiet

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
