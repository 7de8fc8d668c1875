# The commands of the project. `make` alone lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PORT ?= 8000
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
export PORT

# Debian's own packages: Python's, what papers are drawn with, and what the tests look through.
DEBIAN_PYTHON := python3-venv
DEBIAN_START := fonts-liberation libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0
DEBIAN_TEST := chromium poppler-utils postgresql qpdf redis-server

# A stamp is named for the contents of the list it stands for, so nothing is installed twice.
version := $(shell $(PYTHON) --version 2>&1)
stamp = $(VENV)/installed-$(1)-$(shell { echo "$(version)"; cat $(2); } | sha256sum | cut -c 1-16)
RUNTIME := $(call stamp,runtime,requirements.txt)
DEVELOPMENT := $(call stamp,development,requirements.txt requirements-dev.txt)

# What `check --deploy` and the other checks are told: a production of nobody's.
PRODUCTION := env -u DEMO SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(64))') \
	SITE_URL=https://reviews.example.org ALLOWED_HOSTS=reviews.example.org DATABASE_URL=sqlite://:memory: \
	EMAIL_URL=smtp+tls://mail.example.org:587

.PHONY: help start test test-sqlite test-postgres check bench assets screenshots migrate web worker beat \
	debian-start debian-test

help:  ## List the commands
	@grep -hE '^[a-z-]+:.*  ## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*  ## (.*)/  make \1|\2/' | column -t -s '|'

start: $(RUNTIME)  ## Serve the demonstration on http://127.0.0.1:8000 (PORT=8001 for another port)
	@exec $(BIN)/python manage.py serve --demo

test: test-sqlite test-postgres  ## Run every test, on SQLite and on PostgreSQL with Redis and a browser

test-sqlite: debian-test $(DEVELOPMENT)  ## Run the tests that need neither services nor a browser, on SQLite
	$(BIN)/python -m pytest -n 2 --maxschedchunk 8 -m "not browser and not services"

test-postgres: debian-test $(DEVELOPMENT)  ## Run every test on a PostgreSQL and a Redis of the tests' own
	TEST_DATABASE=postgres $(BIN)/python -m pytest -n 2 --maxschedchunk 8

check: $(DEVELOPMENT)  ## Look for mistakes without running the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet .
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy .
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive . --severity-level medium
	@echo "makemigrations --check"
	@$(PRODUCTION) $(BIN)/python manage.py makemigrations --check --dry-run
	@echo "check --deploy"
	@$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

bench: $(DEVELOPMENT)  ## Measure the main pages, the sweep and the export with 10,000 cases
	$(BIN)/python -m bench

assets:  ## Build the styles and scripts again (needs Node; what they build is committed)
	npm ci
	npm run build

screenshots: debian-test $(DEVELOPMENT)  ## Take the pictures in docs/screenshots again
	$(BIN)/python -m tests.screenshots

migrate: $(RUNTIME)  ## Production: the database and the static files as this version expects them
	$(BIN)/python manage.py prepare

web: $(RUNTIME)  ## Production: the web server (settings from the environment, see .env.example)
	exec $(BIN)/python -m gunicorn --config config/gunicorn.py config.wsgi

worker: $(RUNTIME)  ## Production: the worker
	exec $(BIN)/python -m celery -A config worker --concurrency 2 --loglevel INFO --without-gossip --without-mingle

beat: $(RUNTIME)  ## Production: the scheduler; exactly one
	exec $(BIN)/python -m celery -A config beat --scheduler celery.beat:Scheduler --loglevel INFO --pidfile=

# --- what the commands stand on ---------------------------------------------------------------------------------

$(RUNTIME): | debian-start $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(DEVELOPMENT): | debian-start $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(RUNTIME)

$(BIN)/python: | debian-start
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or later is needed; this is $(version). Say PYTHON=/path/to/another."; exit 1; }
	$(PYTHON) -m venv $(VENV)

# Root installs what is missing; anyone else is told the line to run.
install = { \
	if ! command -v apt-get >/dev/null; then \
		echo "Install what Debian calls: $(1)"; exit 1; \
	elif [ "$$(id -u)" = 0 ]; then \
		echo "Installing $(1)"; \
		apt-get update -qq; DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $(1) >/dev/null; \
	else \
		echo "Debian packages are missing. Run this line and try again:"; \
		echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends $(1)"; exit 1; \
	fi; }

define debian
	@if command -v dpkg-query >/dev/null; then \
		missing=""; \
		$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || missing=" $(DEBIAN_PYTHON)"; \
		for package in $(1); do \
			dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
		done; \
		if [ -n "$$missing" ]; then $(call install,$${missing# }); fi; \
	fi
endef

debian-start:
	$(call debian,$(DEBIAN_START))

debian-test:
	$(call debian,$(DEBIAN_START) $(DEBIAN_TEST))
