# Citizen-Eye: `make run`, `make test`, `make check`. Everything they need is made here, in .venv.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
LOCK := uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	--no-header --no-annotate --python-version 3.11

.PHONY: run install bench test test-postgres check fuzz crash soak lock clean

run: $(VENV)/run ## start: the sandbox, or the live bot when TELEGRAM_TOKEN is set
	@$(BIN)/citizen-eye start

install: $(VENV)/run ## make the virtual environment and install the bot, without starting it

test: $(VENV)/dev ## every test; those that are about PostgreSQL start one of their own
	@$(BIN)/pytest -n 2 --dist loadgroup $(ARGS)

test-postgres: $(VENV)/dev ## again, on PostgreSQL, what has a register (TEST_DATABASE_URL: on a server of yours)
	@$(BIN)/pytest -n 2 --dist loadgroup --database=postgresql $(ARGS)

check: $(VENV)/dev ## style, types, and which way imports go
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy .
	@$(BIN)/lint-imports

fuzz: $(VENV)/dev ## 100,000 inputs for each property (an hour or two)
	@HYPOTHESIS_PROFILE=fuzz $(BIN)/pytest tests/core -n 2 --timeout 3600 $(ARGS)

crash: $(VENV)/dev ## 1,000 processes killed in the middle of their work (about an hour)
	@KILLS=1000 $(BIN)/pytest tests/crash -n 0 --timeout 7200 $(ARGS)

soak: $(VENV)/dev ## a bot at work for half an hour, its memory flat (SOAK_MINUTES for another time)
	@SOAK_MINUTES=$${SOAK_MINUTES:-30} $(BIN)/pytest tests/soak -n 0 -s $(ARGS)

bench: $(VENV)/dev ## measure everything beside its peers; writes docs/performance.md (about an hour)
	@$(BIN)/python -m bench $(ARGS)

lock: $(VENV)/dev ## pin every dependency again (needs uv)
	$(LOCK) --group dev pyproject.toml -o requirements-dev.lock
	$(LOCK) --group build pyproject.toml -c requirements-dev.lock -o requirements.lock

$(VENV)/run: requirements.lock pyproject.toml
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { \
		echo "Citizen-Eye needs Python 3.11 or newer. If you have one: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || { \
		echo "Making the virtual environment in $(VENV) ..."; $(PYTHON) -m venv --clear $(VENV); }
	@echo "Installing what the bot needs (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/dev: requirements-dev.lock $(VENV)/run
	@echo "Installing what the tests need (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

clean: ## throw the virtual environment and the caches away (never data/)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
