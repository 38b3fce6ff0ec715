# JobFair: `make run` and `make test` do all the set-up.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test lint types bench migrate translate assets lock clean

PY := .venv/bin/python
export FLASK_APP := wsgi
export PYTHONUNBUFFERED := 1

help: ## show these commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.make/python: requirements.txt
	@mkdir -p .make
	@python3 -m venv .venv
	@echo "Installing Python packages …"
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.make/python-optimise: requirements-optimise.txt .make/python
	@echo "Installing the optimisers of the shuttle …"
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements-optimise.txt
	@touch $@

.make/python-dev: requirements-dev.txt .make/python
	@echo "Installing packages for tests …"
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

.make/node: package-lock.json package.json
	@mkdir -p .make
	@echo "Installing front-end packages …"
	@npm ci --silent
	@touch $@

ASSET_SOURCES := $(shell find assets jobfair/static/css jobfair/static/js jobfair/static/img -type f)
.make/assets: .make/node $(ASSET_SOURCES)
	@npm run --silent build
	@touch $@

assets: .make/assets ## build styles, fonts and scripts

.make/translations: $(wildcard jobfair/translations/*/LC_MESSAGES/*.po) .make/python
	@.venv/bin/pybabel -q compile -d jobfair/translations
	@touch $@

migrate: .make/python ## bring the database to the newest version
	@.venv/bin/flask db upgrade

run: .make/python .make/python-optimise assets .make/translations ## a running fair: http://localhost:8000
	@scripts/run

test: .make/python-dev .make/python-optimise assets .make/translations ## everything: unit, service, web, conventions, browser
	@scripts/test

lint: .make/python-dev .make/node ## ruff, templates, JavaScript
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/djlint jobfair/templates --lint --quiet
	@npm run --silent lint

types: .make/python-dev .make/python-optimise ## mypy, strict
	@.venv/bin/mypy

bench: .make/python-dev .make/python-optimise assets .make/translations ## benchmarks, as ratios
	@$(PY) -m bench

translate: .make/python-dev ## extract messages and update every catalogue
	@scripts/translate

lock: ## pin the packages anew, with hashes
	@.venv/bin/python -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements.in -o requirements.txt
	@.venv/bin/python -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c requirements.txt requirements-dev.in -o requirements-dev.txt
	@.venv/bin/python -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements-optimise.in -o requirements-optimise.txt

clean: ## remove everything that set-up made, but no data
	@rm -rf .venv .make node_modules jobfair/static/dist jobfair/static/vendor
	@find jobfair/translations -name '*.mo' -delete
