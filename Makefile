# Yifa. `make run` is a whole city, `make test` the proof. Everything is installed into .venv from lock files; no root.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
export PYTHONPATH := .:proto/gen
MAIN ?= main
FUZZ ?= 200000
SEED ?= 1
WHAT ?= all
FAULTS ?= 1000
SECONDS ?= 1800
KINDS ?=
ONLY ?=
PROTOS := $(shell find proto/yifa -name '*.proto') proto/generate.py
RULES := $(shell find services/law/procedures -name '*.py')
.DEFAULT_GOAL := help
.PHONY: help run sm gen test lint fmt audit fuzz attack chaos bench simulate docs relock clean distclean

help: ## Show what can be made
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "  \033[36m%-10s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: gen ## Start a whole city on this machine (Ctrl-C ends it, a second run goes on)
	@$(VENV)/bin/yifa up

gen: proto/gen/.stamp $(VENV)/bin/yifa ## Generate code from the contracts

proto/gen/.stamp: $(PROTOS) $(RULES) | $(VENV)/.run
	@$(PY) proto/generate.py
	@$(PY) -m services.lawdocs.reasons || $(PY) proto/generate.py
	@touch $@

sm: requirements-sm.lock $(VENV)/.run ## Install what keys of SM2 need (商用密码)
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements-sm.lock

test: $(VENV)/.dev gen ## Run all tests (T=path to run some, DB=postgres on PostgreSQL)
	@$(PY) -m pytest -n 3 --dist loadfile $(if $(DB),--db $(DB)) $(T)

lint: $(VENV)/.dev gen ## Check style, types, imports and contracts
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check -q .
	@$(PY) -m mypy services
	@$(VENV)/bin/lint-imports --no-cache
	@$(VENV)/bin/buf lint proto/gen/yifa.binpb --config proto/buf.yaml
	@$(PY) proto/breaking.py $(MAIN)

fmt: $(VENV)/.dev ## Format the code
	@$(VENV)/bin/ruff check -q --fix-only . && $(VENV)/bin/ruff format -q .

audit: $(VENV)/.dev ## Bill of materials, licences, secrets, known vulnerabilities (var/sbom.json)
	@mkdir -p var && $(PY) infra/supply/sbom.py requirements.lock > var/sbom.json
	@$(PY) infra/supply/sbom.py --check requirements.lock requirements-sm.lock requirements-dev.lock
	@$(PY) infra/supply/secret_scan.py
	@if test -x $(VENV)/bin/pip-audit; then $(VENV)/bin/pip-audit -r requirements.lock --disable-pip --require-hashes; \
	  else echo "pip-audit is not installed: $(VENV)/bin/pip install pip-audit, where its data is reached"; fi

fuzz: $(VENV)/.dev gen ## Send methods, event handlers and file readers whatever may come (WHAT=rpc|events|files|all FUZZ=calls SEED=number)
	@$(PY) -m tests.fuzz --calls $(FUZZ) --seed $(SEED) --what $(WHAT)

attack: $(VENV)/.dev gen ## Attack a city in every way of a table, and call every method in every role (ONLY=word)
	@$(PY) -W ignore -m tests.attack --only "$(ONLY)"

chaos: $(VENV)/.dev gen ## Let everything befall a city that works, then judge it (FAULTS=number SECONDS=number SEED=number KINDS=group)
	@$(PY) -m tests.chaos $(SEED) $(FAULTS) $(SECONDS) $(KINDS)

bench: $(VENV)/.dev gen ## Measure, as ratios of one run (var/bench/latest.json)
	@$(PY) -m tests.bench

simulate: gen ## Play a year of a city and judge what its early warnings found (SEED=number)
	@$(VENV)/bin/yifa simulate --seed $(SEED)

docs: $(VENV)/.run gen ## Write docs/law from the data and the code
	@$(PY) -m services.lawdocs

relock: ## Resolve the dependencies anew and write the lock files
	@$(PY) -m pip install -q uv
	@$(VENV)/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header pyproject.toml -o requirements.lock
	@$(VENV)/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --extra sm pyproject.toml -o requirements-sm.lock
	@$(VENV)/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --group dev pyproject.toml -o requirements-dev.lock

clean: ## Forget the city: its data, keys and logs
	@rm -rf $${YIFA_VAR:-var}

distclean: clean ## Forget the installation as well
	@rm -rf $(VENV) proto/gen .mypy_cache .ruff_cache .pytest_cache

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name it with: make PYTHON=/path/to/python3.11 …"; exit 1; }
	@echo "making $(VENV) …"
	@$(PYTHON) -m venv $(VENV) || { echo "this Python cannot make virtual environments; on Debian: apt install python3-venv"; exit 1; }

$(VENV)/.run: requirements.lock | $(VENV)/bin/pip
	@echo "installing what Yifa runs on (once) …"
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/bin/yifa: Makefile | $(VENV)/.run
	@printf '#!%s\nimport sys\n\nsys.path[:0] = ["%s", "%s"]\nfrom services.cli.__main__ import main\n\nmain()\n' \
	  "$(CURDIR)/$(PY)" "$(CURDIR)" "$(CURDIR)/proto/gen" > $(VENV)/bin/yifa
	@chmod +x $(VENV)/bin/yifa

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	@echo "installing what the tests and checks need (once) …"
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
