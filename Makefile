# Two commands do everything: `make run` and `make test`. Both need Python 3.11 or later, git and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Half as many again as there are processors: tests of the walk wait for it half of their time.
WORKERS := $(shell $(PYTHON) -c "import os; print((os.cpu_count() or 2) * 3 // 2)")
PYTEST_FLAGS ?= -n $(WORKERS) --dist worksteal
ENGINE := tests/redaction/test_second.py tests/redaction/test_guesses.py tests/redaction/test_secrets.py \
	tests/redaction/test_harmless.py tests/redaction/test_personal_data.py tests/cli/test_redact.py
# pip's newest form is needed for dependency groups; uv is not.
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# As pip leaves an installed package: else every start compiles where Python is told to write no bytecode.
COMPILED = $(BIN)/python -m compileall -q src

.PHONY: run test test-thorough test-faults fuzz test-ner test-inspect test-promptfoo check format pictures bench bench-redaction bench-history clean
.DEFAULT_GOAL := run

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Afterword needs Python 3.11 or later; set PYTHON=.")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable . --group dev
	touch $@ $(VENV)/.run

run: $(VENV)/.run
	@$(COMPILED)
	@demo=$$(mktemp -d)/support-agent && $(BIN)/afterword demo "$$demo" && cd "$$demo" && exec "$(CURDIR)/$(BIN)/afterword"

# An extra is installed beside the environment, so that the same tests run with and without it.
$(VENV)/extra-%: pyproject.toml | $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --target $@ $$($(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["$*"])')
	touch $@

test: $(VENV)/.dev $(VENV)/extra-scan
	@$(COMPILED)
	$(BIN)/python -m pytest $(PYTEST_FLAGS)
	PYTHONPATH=$(CURDIR)/$(VENV)/extra-scan $(BIN)/python -m pytest $(PYTEST_FLAGS) $(ENGINE)

# The properties alone, each with two to three times the examples of `make test`.
test-thorough: $(VENV)/.dev
	AFTERWORD_THOROUGH=1 $(BIN)/python -m pytest $(PYTEST_FLAGS) $$(grep -rl --include='*.py' '^@given' tests)

# What it finds is kept in tests/fuzz/corpus, which `make test` tries from then on.
FUZZ_MINUTES ?= 10
fuzz: $(VENV)/.dev
	$(BIN)/python -m tests.fuzz.wander 300
	$(BIN)/python -m tests.fuzz.run $(FUZZ_MINUTES)

# Every fault of terminals and file systems, and 200 kills at random moments: most of an hour. `make test` has one of
# each kind. AFTERWORD_SEED=N repeats the kills.
test-faults: $(VENV)/.dev
	$(BIN)/python -m pytest $(PYTEST_FLAGS) $(filter-out tests/faults.py tests/faults_terminal.py,$(wildcard tests/faults*.py))

# The name model brings 350 MB, so that its tests are a command of their own.
test-ner: $(VENV)/.dev $(VENV)/extra-ner
	PYTHONPATH=$(CURDIR)/$(VENV)/extra-ner $(BIN)/python -m pytest $(PYTEST_FLAGS) $(ENGINE)

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

pictures: $(VENV)/.dev
	AFTERWORD_PICTURES=write $(BIN)/python -m pytest tests/tui/screens

# Inspect is run for real where it is installed; it brings 300 MB.
INSPECT := $(VENV)/inspect
$(INSPECT): | $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --target $@ "inspect-ai>=0.3.100,<0.4"

test-inspect: $(VENV)/.dev $(INSPECT)
	PYTHONPATH=$(CURDIR)/$(INSPECT) $(BIN)/python -m pytest tests/evals/test_inspect.py

# promptfoo needs Node and a gigabyte; its telemetry and its look for updates are off.
PROMPTFOO := $(VENV)/promptfoo/node_modules/.bin/promptfoo
$(PROMPTFOO):
	@command -v npm >/dev/null || { echo "test-promptfoo needs Node 20 or later, and npm."; exit 2; }
	npm install --prefix $(VENV)/promptfoo --no-audit --no-fund promptfoo@0.119

test-promptfoo: $(VENV)/.dev $(PROMPTFOO)
	PROMPTFOO_DISABLE_TELEMETRY=1 PROMPTFOO_DISABLE_UPDATE=1 AFTERWORD_PROMPTFOO=$(CURDIR)/$(PROMPTFOO) \
		$(BIN)/python -m pytest tests/evals/test_promptfoo.py

# The corpus and its scorer are kept beside the project, not in it: their values are shaped like real tokens.
CORPUS ?= ../shared/data/redaction-dev.jsonl.gz
SCORE ?= ../shared/tools/score.py
bench-redaction: $(VENV)/.dev
	@test -f $(CORPUS) && test -f $(SCORE) || { echo "bench-redaction needs a corpus and its scorer: make $@ CORPUS=FILE.jsonl.gz SCORE=score.py"; exit 2; }
	@corpus=$$(mktemp) && trap 'rm -f '$$corpus EXIT && gzip -cdf $(CORPUS) >$$corpus && \
		$(PYTHON) $(SCORE) --command '$(BIN)/afterword redact --jsonl' --mode lines --by-label $$corpus
	@$(BIN)/python -m tests.redaction.hunt 60
	@$(BIN)/python -m tests.redaction.dense

# Builds a repository of 200,000 commits first, which takes a minute; BENCH=FOLDER keeps it for another run.
BENCH ?=
bench-history: $(VENV)/.dev
	@$(BIN)/python -m tests.bench.history $(BENCH)

# Speed as the user feels it, beside a bare Textual application and vim or nano; BENCH_PARTS="start idle" for parts of it.
BENCH_PARTS ?=
bench: $(VENV)/.dev
	@$(COMPILED)
	@$(BIN)/python -m tests.bench.speed $(BENCH_PARTS)

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
