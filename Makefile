# Every target works on a fresh machine with Python 3.11, git and make: .venv is made on first use.
SHELL := bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo chat test bench year soak fuzz lint lock sbom audit offline drill clean

demo: $(READY)
	$(BIN)/ziping demo --out out

chat: $(READY)
	$(BIN)/ziping chat

test: $(READY)
	$(BIN)/python -m pytest -n 2 --dist worksteal

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/ziping forms lint

bench: $(READY)
	$(BIN)/python -m tests.bench

# A county's whole year, simulated twice from one seed: 120 units, 300 people, two workers that die anywhere.
year: $(READY)
	$(BIN)/python -m tests.year --seed $(or $(SEED),1)

# The long proofs of docs/operations.md: crashes, power cuts, load; and hostile input. Both bounded and seeded.
soak: $(READY)
	$(BIN)/python -m tests.soak --seed $(or $(SEED),1)

fuzz: $(READY)
	$(BIN)/python -m tests.fuzz --seed $(or $(SEED),1)

lock: $(READY)
	$(BIN)/python -m pip install -q uv
	$(BIN)/uv pip compile pyproject.toml --all-extras --generate-hashes --no-emit-index-url --no-header -q -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra postgres --extra build -c requirements.lock --generate-hashes --no-emit-index-url --no-header -q -o deploy/requirements.lock

# The bill of materials: what a serving process is made of, as CycloneDX; out of the lock and of what is installed.
sbom: $(READY)
	$(BIN)/python -m deploy.sbom > deploy/sbom.json

# What needs the registry: the lock is what it would be made anew, and no known hole is in it. Red where nobody can be asked.
audit: $(READY)
	$(PYTHON) -m venv .audit && .audit/bin/python -m pip install -q --disable-pip-version-check uv pip-audit
	.audit/bin/uv pip compile pyproject.toml --all-extras -c requirements.lock --generate-hashes --no-emit-index-url --no-header -q | grep -v '^ *#' | diff - <(grep -v '^ *#' requirements.lock)
	.audit/bin/pip-audit --strict --require-hashes --disable-pip -r deploy/requirements.lock

# The suite where there is no network but this machine's own. For root only: others may not make such a place.
offline: $(READY)
	unshare --net sh -c 'ip link set lo up && $(BIN)/python -m pytest -n 2 --dist worksteal'

# The restore drill of docs/operations.md: backup under load, an empty machine, and from SQLite to PostgreSQL.
drill: $(READY)
	$(BIN)/python -m tests.drill

clean:
	rm -rf $(VENV) .audit out

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(READY)
