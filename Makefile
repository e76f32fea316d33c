# Two commands are enough: `make run` and `make test`.
# Another Python: make test PYTHON=python3.12 VENV=.venv-3.12

PYTHON ?= $(shell sh tools/find_python.sh)
VENV   ?= .venv
BIN    := $(VENV)/bin
NODE   := tests/identity/oidc_provider tests/app/practice/axe web/client
AUDIT  := .venv-audit
SCAN   := .venv-scan
PORT   ?= 7071
ROLE   ?= candidate
N      ?= 30
OUT    ?= eval
PART   ?= 2
TOPIC  ?=
TO     ?=
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

# Whatever a topic holds reaches the command as one word.
ASK     = BASE_URL='$(or $(BASE_URL),http://localhost:$(PORT))' \
	$(BIN)/python -m tools.ask --topic '$(subst ','\'',$(TOPIC))'

.DEFAULT_GOAL := help
.PHONY: help run token issuer ask mock-test migrate test lint types arrows unit smoke format eval eval-compare index docs screenshots audit sbom scan lock clean

help:  ## Say what each target does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: $(VENV)/.serving  ## Serve the app on http://localhost:7071 (PORT= to change it), reloading on change
	@$(BIN)/python -m tools.run --port $(PORT)

token: $(VENV)/.serving  ## Print a local token: make -s token ROLE=admin
	@$(BIN)/python -m tools.mint_token --role $(ROLE)

issuer: $(VENV)/.serving  ## Serve the local signing key, for a 'func start' of your own
	@$(BIN)/python -m tools.local_issuer

ask: $(VENV)/.serving  ## Print a question of the running app: make ask PART=2 TOPIC="a memorable trip"
	@$(ASK) --part $(PART)

mock-test: $(VENV)/.serving  ## Print a whole mock test of the running app
	@$(ASK) --test

migrate: $(VENV)/.serving  ## Bring the database of DATABASE_URL up to date (TO=REVISION for another)
	@$(BIN)/python -m tools.migrate $(TO)

test: lint types arrows scan unit  ## Everything: format, lint, types, import arrows, scan, tests

lint: $(VENV)/.installed  ## Check format and lint (ruff)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/.installed  ## Check types (mypy, strict)
	$(BIN)/mypy

arrows: $(VENV)/.installed  ## Check who may import whom (import-linter)
	$(BIN)/lint-imports

unit: $(VENV)/.installed $(NODE:%=%/node_modules/.installed)  ## Run the tests
	@sh tools/install_chromium.sh
	$(BIN)/pytest --numprocesses 3 --dist loadfile

smoke: $(VENV)/.installed  ## Run the HTTP tests against BASE_URL, with the token in TOKEN
	BASE_URL=$(BASE_URL) $(BIN)/pytest tests/app -m smoke

format: $(VENV)/.installed  ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

eval: $(VENV)/.installed  ## Evaluate the generator: make eval N=30 OUT=eval
	@$(BIN)/python -m tools.evaluation run --items $(N) --out $(OUT)

eval-compare: $(VENV)/.installed  ## Compare two evaluations: A=eval/a/report.json B=eval/b/report.json
	@$(BIN)/python -m tools.evaluation compare $(A) $(B) --out $(OUT)

index: $(VENV)/.installed  ## Write the indexes of the rules' wordings and names, after the lexicon has changed
	@$(BIN)/python -m tools.write_index

docs: $(VENV)/.installed web/client/node_modules/.installed  ## Write what docs/ has from the code, and the TypeScript client
	$(BIN)/python -m tools.write_docs
	$(BIN)/python -m tools.print_openapi > docs/openapi.json
	cd web/client && npm run --silent generate

screenshots: $(VENV)/.installed  ## Take the screenshots of docs/ anew (needs Chromium)
	$(BIN)/python -m tests.support.screenshots

lock: $(VENV)/.installed  ## Compile requirements*.txt anew, pinned and with hashes
	for name in requirements requirements-local requirements-dev requirements-bench; do \
		$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
			--no-header $$name.in --output-file $$name.txt || exit 1; \
	done

clean:  ## Remove what the targets made, but not the local signing key
	rm -rf .venv* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

audit: $(AUDIT)/.installed  ## Look for known vulnerabilities in what Azure installs (pip-audit)
	$(AUDIT)/bin/pip-audit --strict --requirement requirements.txt --require-hashes --disable-pip

sbom: $(AUDIT)/.installed  ## Write the bill of materials of what Azure installs to sbom.json (CycloneDX)
	$(AUDIT)/bin/cyclonedx-py requirements requirements.txt --pyproject pyproject.toml \
		--output-reproducible --output-format JSON --output-file sbom.json

scan: $(SCAN)/.installed  ## Scan infrastructure, workflows and files for secrets (checkov)
	$(SCAN)/bin/checkov --config-file infra/checkov.yaml

# Serving needs less than testing does, and a newcomer waits for it.
$(VENV)/.serving: requirements.txt requirements-local.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: none was found." >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what the app needs (about a minute) ..."
	@$(PIP) --requirement requirements.txt --requirement requirements-local.txt
	@touch $@

$(VENV)/.installed: $(VENV)/.serving requirements-dev.txt
	@echo "Installing what the tests need ..."
	@$(PIP) --requirement requirements-dev.txt
	@touch $@

# What the tests bring from npm: an identity provider that is not ours, axe, the TypeScript client.
%/node_modules/.installed: %/package-lock.json
	@command -v npm >/dev/null || { echo "Node.js with npm is needed for the tests." >&2; exit 1; }
	@npm ci --silent --no-fund --no-audit --prefix $*
	@touch $@

# Tools that look at the project from outside bring too much to live beside it.
$(AUDIT)/.installed:
	@$(PYTHON) -m venv $(AUDIT)
	@$(AUDIT)/bin/python -m pip install --quiet --disable-pip-version-check \
		pip-audit==2.10.1 cyclonedx-bom==7.5.0
	@touch $@

$(SCAN)/.installed:
	@$(PYTHON) -m venv $(SCAN)
	@$(SCAN)/bin/python -m pip install --quiet --disable-pip-version-check checkov==3.3.30
	@touch $@

include bench/bench.mk
