# Newsroom's few commands; `make` alone lists them. Three examples:
#   make run PORT=8001          make test ARGS='-k slug'          make run PYTHON=python3.12
.DEFAULT_GOAL := help
# One thing after the other, also under `make -j`: two installations at once would spoil .venv.
.NOTPARALLEL:
.PHONY: help run test bench judge lint lock clean

# What is installed is named after the digest of the lock files: another lock means another installation.
# So does a .venv whose Python is gone, as after an upgrade of the system.
$(shell test -x .venv/bin/python || rm -f .venv/.runtime-* .venv/.dev-*)
DIGEST  := $(shell cat requirements.txt requirements-dev.txt | cksum | tr ' ' '-')
RUNTIME := .venv/.runtime-$(DIGEST)
DEV     := .venv/.dev-$(DIGEST)
NODE    := judge/node_modules/.installed-$(shell cat judge/package-lock.json | cksum | tr ' ' '-')

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-6s %s\n", $$1, $$2 }' Makefile

run: $(RUNTIME) ## Prepare whatever is missing and serve the site on this machine (PORT=8000)
	@exec .venv/bin/python manage.py start $(ARGS)

test: $(DEV) ## Run every test: on SQLite, on PostgreSQL, in a browser (ARGS goes to pytest)
	@exec .venv/bin/python tests/run.py $(ARGS)

bench: $(DEV) ## Measure how fast it is
	@exec .venv/bin/python -m benchmarks $(ARGS)

judge: $(DEV) $(NODE) ## Let checkers, axe, Lighthouse and schemas look at the readers' pages (docs/judge.md)
	@exec .venv/bin/python -m judge $(ARGS)

lint: export SECRET_KEY ?= only-for-looking-only-for-looking-only-for-looking
lint: $(DEV) ## Check style, types, and who may import whom
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

# Compiled aside, so that a refused result replaces nothing. Copied first: uv keeps the versions it finds.
COMPILE := uv pip compile pyproject.toml -q --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate
lock: ## Resolve pyproject.toml into the two hash-locked files (needs uv; ARGS=--upgrade for newer versions)
	@rm -rf .venv/lock; mkdir -p .venv/lock; cp requirements.txt requirements-dev.txt .venv/lock/
	$(COMPILE) $(ARGS) -o .venv/lock/requirements.txt
	$(COMPILE) $(ARGS) -c .venv/lock/requirements.txt --extra dev -o .venv/lock/requirements-dev.txt
	@if grep -nE '://| @ |^ *--?(i|f|index|extra|find|trusted)' .venv/lock/*.txt; then \
		echo "newsroom: an address (above) has no place in a lock file; both stay as they were." >&2; exit 1; fi
	@mv .venv/lock/*.txt . && rmdir .venv/lock

clean: ## Remove .venv and every cache; what the site keeps in var/ stays
	rm -rf judge/node_modules .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUNTIME):
	@sh -c "$$INSTALL" install requirements.txt $(RUNTIME)
$(DEV):
	@sh -c "$$INSTALL" install requirements-dev.txt $(DEV) $(RUNTIME)

# Where there is no npm, or no registry, the judges that need Node.js are skipped, and the table says so.
$(NODE):
	@if ! command -v npm >/dev/null; then echo "newsroom: no npm: Node.js 20.19 or newer brings it." >&2; \
	elif npm ci --prefix judge --no-progress --loglevel=error; then touch $@; \
	else echo "newsroom: npm could not install what judge/package-lock.json lists; its reason stands above." >&2; fi

# install LOCK-FILE STAMP...: fill .venv with what the lock file lists, then leave the stamps.
#
# -qq: of pip only the errors. The packages come by the first of these ways that the machine offers:
#   1. the pip outside fills .venv from there (22.3 or newer; Debian's python3 can do no other, unless
#      python3-venv is installed as well, and it is quicker, as .venv then needs no pip of its own);
#   2. ensurepip puts a pip into .venv, which is what `python3 -m venv` does where it can.
#
# .venv/.installing names the process at work. Another make waits for it. Where that process is gone, it was
# interrupted, perhaps in the middle of a package, and everything begins anew.
define INSTALL
set -eu
lock=$$1 stamp=$$2; shift
die() { rm -f .venv/.installing; echo "newsroom: $$*" >&2; exit 1; }
new_enough='import sys; sys.exit(sys.version_info < (3, 11))'

find_python() {
    if [ -n "$${PYTHON:-}" ]; then set -- "$$PYTHON"; else set -- python3 python3.13 python3.12 python3.11; fi
    for python; do "$$python" -c "$$new_enough" 2>/dev/null && return; done
    die "Python 3.11 or newer is needed; tried: $$*. Install it, or name it: make PYTHON=/path/to/python3 ..."
}

find_pip() {
    if "$$python" -m pip --python .venv/bin/python --version >/dev/null 2>&1; then
        pip() { "$$python" -m pip --python .venv/bin/python "$$@"; }
    elif "$$python" -m venv .venv >/dev/null 2>&1; then
        pip() { .venv/bin/python -m pip "$$@"; }
    else
        die "$$python has neither pip (22.3 or newer) nor ensurepip. On Debian: apt install python3-venv"
    fi
}

mkdir -p .venv
while other=$$(readlink .venv/.installing); do
    if kill -0 "$$other" 2>/dev/null; then
        echo "newsroom: process $$other is filling .venv; waiting for it." >&2
        sleep 3
    elif [ "$$other" = "$$(readlink .venv/.installing)" ]; then
        rm -rf .venv
        mkdir -p .venv
    fi
done
[ ! -e "$$stamp" ] || exit 0
ln -s "$$$$" .venv/.installing
trap 'exit 130' HUP INT TERM  # after pip has ended, and without a stamp
find_python
echo "Installing $$lock into .venv (once; less than a minute) ..."
rm -f .venv/.runtime-* .venv/.dev-*
if ! .venv/bin/python -c "$$new_enough" 2>/dev/null; then
    rm -rf .venv/[!.]*
    "$$python" -m venv --without-pip .venv
fi
find_pip
if pip install -qq --no-input --disable-pip-version-check --no-user --require-hashes -r "$$lock"; then
    touch "$$@"
    rm .venv/.installing
else
    die "pip could not install $$lock; its reason stands above."
fi
endef
export INSTALL
