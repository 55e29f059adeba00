# Yafig on one machine. `make` alone lists what there is.
#
# Python's packages go to .venv, from the lock files; all data goes to var/. Nothing else is touched.

PYTHON ?= python3
PHOTOS ?=
SEARCH ?=
ARGS ?=

BIN := .venv/bin
YAFIG := $(BIN)/python -m embedded
PACKAGES := MAKECMDGOALS="$(MAKECMDGOALS)" $(PYTHON) embedded/environment.py
TO_RUN := .venv/.to-run
TO_SEARCH := .venv/.to-search
TO_DEVELOP := .venv/.to-develop
# Node for building the pages, from a wheel, unless the machine has a new one.
TO_BUILD := .venv/.to-build
NODE := $(shell node -e 'const [a, b] = process.versions.node.split("."); if (+a > 22 || (+a == 22 && +b >= 19)) console.log("new")' 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help up frontend demo moderator shell test check format bench bench-search schema lock clean

help: ## this list
	@printf 'Yafig: a photo-sharing network that a community runs for itself.\n\n'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@printf '\nPORT=9000 make up takes another port. DATABASE_URL and REDIS_URL name servers you have.\n'
	@printf 'SEARCH=elasticsearch make up starts Elasticsearch too: 0.2 to 0.8 GB of memory.\n'

up: $(if $(filter elasticsearch,$(SEARCH)),$(TO_SEARCH),$(TO_RUN)) ## start everything on this machine, until Ctrl-C
	@$(FETCH_NODE) || true
	@$(YAFIG) up

frontend: $(TO_RUN) ## build the pages; `make up` does it when they are not there or have changed
	@$(FETCH_NODE)
	@$(YAFIG) frontend

demo: $(TO_RUN) ## fill the site with people and posts, of your photos: PHOTOS=folder, or of drawn ones
	@$(YAFIG) run --worker -- manage.py demo $(if $(PHOTOS),--photos "$(PHOTOS)") $(ARGS)

moderator: $(TO_RUN) ## make an account that may use the admin
	@$(YAFIG) run -- manage.py createsuperuser $(ARGS)

shell: $(TO_RUN) ## Python with Yafig's data at hand
	@$(YAFIG) run -- manage.py shell $(ARGS)

test: $(TO_DEVELOP) ## the whole suite on servers of its own: ARGS='tests/posts -k like'
	@$(YAFIG) test $(ARGS)

check: $(TO_DEVELOP) ## format, lint, types, import contracts, migrations, tests about the code
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(YAFIG) run --throwaway -- manage.py makemigrations --check --dry-run
	$(YAFIG) test -n0 tests/architecture

format: $(TO_DEVELOP) ## rewrite the code in the house's format
	$(BIN)/ruff check --quiet --fix-only .
	$(BIN)/ruff format .

bench: $(TO_DEVELOP) ## measure, each row against a reference on this machine
	@$(BIN)/python -m benchmarks $(ARGS)

bench-search: $(TO_DEVELOP) ## what search finds first, and what it costs beside Elasticsearch alone
	@$(BIN)/python -m benchmarks.search

schema: $(TO_DEVELOP) ## write the snapshot of the API's description anew, and the pages' types
	@$(YAFIG) run --throwaway -- manage.py write_schema
	@$(YAFIG) frontend --types

lock: $(TO_DEVELOP) ## write the lock files anew from pyproject.toml: ARGS=--upgrade
	$(COMPILE) --all-extras $(ARGS) -o requirements-dev.txt
	$(COMPILE) --extra embedded -c requirements-dev.txt -o requirements-embedded.txt
	$(COMPILE) --extra embedded --extra search-server -c requirements-dev.txt \
		-o requirements-search-server.txt
	$(COMPILE) --extra embedded --extra frontend -c requirements-dev.txt -o requirements-frontend.txt
	$(COMPILE) -c requirements-dev.txt -o requirements.txt

clean: ## remove the environment and the caches; what is in var/ stays
	rm -rf frontend/node_modules frontend/.nuxt frontend/.output
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -not -path './var/*' -prune -exec rm -rf {} +

# A machine whose Node cannot be fetched still runs the API.
FETCH_NODE = $(if $(NODE)$(wildcard $(TO_BUILD)),true,$(MAKE) --no-print-directory $(TO_BUILD))

COMPILE = $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-annotate --custom-compile-command 'make lock'

$(TO_RUN): requirements-embedded.txt
	@$(PACKAGES) requirements-embedded.txt
	@touch $@

$(TO_BUILD): requirements-frontend.txt
	@$(PACKAGES) requirements-frontend.txt
	@touch $@

$(TO_SEARCH): requirements-search-server.txt
	@$(PACKAGES) requirements-search-server.txt
	@touch $@ $(TO_RUN)

$(TO_DEVELOP): requirements-dev.txt requirements-embedded.txt requirements-search-server.txt
	@$(PACKAGES) requirements-dev.txt
	@touch $@ $(TO_RUN) $(TO_SEARCH) $(TO_BUILD)
