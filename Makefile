# Every target works on a fresh machine with Python 3.11, git and make: .venv is made on first use.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo chat test bench year soak fuzz lint lock clean

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

clean:
	rm -rf $(VENV) out

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(READY)
