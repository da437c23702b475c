# Every target creates .venv and installs what it needs. `make` on its own lists the targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# The checker for contributors' browsers: part of the site where `make composer` has put it together.
export COMPOSER ?= $(wildcard dist/composer)

# Otherwise the theme prints a long notice about its end of life in every build; .github/MAINTAINING.md says what that means here.
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# Builds are reproducible: the only date that a build writes is that of the commit.
COMMITTED := $(shell git log -1 --format=%ct 2>/dev/null)
ifneq ($(COMMITTED),)
export SOURCE_DATE_EPOCH ?= $(COMMITTED)
endif

.PHONY: help serve build check new clean-picture schema quick test bench bench-serve fuzz bench-list mutants weigh first-paint measure-writing lighthouse markup listen sheets review browsers social composer successor properdocs lock sbom audit vendor bundle
help: ## List the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/:/' | sort

serve: $(VENV)/.site-ready ## Show the site on http://127.0.0.1:8000; pages reload as you edit them
	$(BIN)/mkdocs serve $(if $(AT),--dev-addr $(AT))

build: $(VENV)/.site-ready ## Build the site into site/; any problem stops it and leaves the old site/ as it was
	$(BIN)/mkdocs build --strict

check: $(VENV)/.site-ready ## Check every technique, exercise and routine: what is wrong, where, and how to fix it
	@PYTHONPATH=hooks $(BIN)/python -m knee

ifneq ($(filter new,$(MAKECMDGOALS)),)
ifneq ($(words $(MAKECMDGOALS)),1)
$(error use `new` on its own, with the name in quotes: make new name="Thigh stroke")
endif
endif
new: export NAME := $(value name)
new: $(VENV)/.site-ready ## Start a technique: make new name="Thigh stroke" writes a page and a picture, and lists what is left to do
	@PYTHONPATH=hooks $(BIN)/python -m knee.commands.new_technique "$$NAME"

clean-picture: export FILE := $(value FILE)
clean-picture: $(VENV)/.site-ready ## Remove private data from a picture: make clean-picture FILE=docs/techniques/name.svg
	@PYTHONPATH=hooks $(BIN)/python -m knee.pictures "$$FILE"

schema: $(VENV)/.site-ready ## Update what helps editors with the front matter (.vscode/)
	PYTHONPATH=hooks $(BIN)/python -m knee.commands.schema

# Left out, besides the browser: pages that are far too long, and pages made by chance. They take longest.
quick: $(VENV)/.quick-ready ## Run the tests that need no browser, in less than a minute
	$(BIN)/ruff check .
	$(BIN)/pytest --ignore tests/site -m 'not slow' --numprocesses 2 --dist worksteal

test: $(VENV)/.tests-ready ## Run all tests, in a real browser too
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/biome check
	$(BIN)/djlint --lint --quiet overrides hooks/knee/commands/templates
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses 3 --dist worksteal

sheets: $(VENV)/.site-ready ## Write every sheet as a PDF into dist/sheets/: A4 and Letter, normal and large print (needs Chromium)
	$(BIN)/pip install --quiet --requirement requirements/dev.txt
	$(BIN)/python -m tools.print_sheets

review: $(VENV)/.site-ready ## Write a form for each page that a clinician can review into dist/review/, as HTML and PDF (needs Chromium)
	$(BIN)/pip install --quiet --requirement requirements/dev.txt
	PYTHONPATH=hooks $(BIN)/python -m tools.print_review

browsers: $(VENV)/.tests-ready ## Try every page and every sheet in Chromium, Firefox and WebKit, and write down what was tried
	$(BIN)/python -m tools.try_browsers

bundle: $(VENV)/.site-ready ## Write the site as a zip into dist/, to open from a folder or a USB stick without a server or a network
	rm -rf .site-bundle
	COMPOSER= COPY_OF="$$(PYTHONPATH=hooks $(BIN)/python -m knee.commands.bundle)" $(BIN)/mkdocs build --strict --site-dir .site-bundle
	PYTHONPATH=hooks $(BIN)/python -m knee.commands.bundle .site-bundle
	rm -rf .site-bundle

social: $(VENV)/.site-ready ## Draw the picture for link previews, from tools/social_picture.svg (needs Chromium)
	$(BIN)/pip install --quiet --requirement requirements/dev.txt
	$(BIN)/python -m tools.social_picture

bench: $(VENV)/.tests-ready ## Measure the checks and the build with 1, 100, 1,000 and 3,000 pages
	$(BIN)/python -m tools.measure.build_time

bench-serve: $(VENV)/.tests-ready ## Measure how long a writer waits with `make serve`, from saving a page to the reloaded page
	$(BIN)/python -m tools.measure.serve_time

fuzz: $(VENV)/.tests-ready ## Look for pages and pictures that pass and come out wrong, for five minutes and one (SEED=2 SECONDS=60)
	PYTHONPATH=hooks $(BIN)/python tests/fuzz.py --seed $(or $(SEED),1) --seconds $(or $(SECONDS),300)
	PYTHONPATH=hooks $(BIN)/python tests/picture_fuzz.py --seed $(or $(SEED),1) --seconds $(or $(SECONDS),60)

mutants: $(VENV)/.tests-ready ## Change the core in thousands of small ways, and count how many changes the tests notice (takes about an hour)
	$(BIN)/pip install --quiet --requirement requirements/mutants.txt
	nice $(BIN)/python -m tools.measure.mutants $(PARTS)

bench-list: $(VENV)/.tests-ready ## Measure the list, its filter and the search with 1,000 techniques, in a browser
	$(BIN)/python -m tools.measure.long_list

weigh: $(VENV)/.tests-ready ## Weigh every page as a phone gets it, and list what is over its budget
	$(BIN)/python -m tools.measure.page_weight

first-paint: $(VENV)/.tests-ready ## Measure the first paint on a bad line, against a page by hand and another build (BEFORE=folder)
	$(BIN)/python -m tools.measure.first_paint $(BEFORE)

lighthouse: $(VENV)/.tests-ready ## Score five pages with Lighthouse, median of three runs (needs Node.js)
	$(BIN)/python -m tools.measure.lighthouse

measure-writing: $(VENV)/.tests-ready composer build ## Measure the start, the answers and the memory of "Write a technique", in a browser
	$(BIN)/python -m tools.measure.writing

markup: build ## Ask the Nu checker whether every page holds to the standard of HTML (needs Node.js and Java; 30 MB)
	npm install --silent --no-save --prefix $(VENV)/nu vnu-jar@26.9.27
	java -jar $(VENV)/nu/node_modules/vnu-jar/build/dist/vnu.jar --errors-only --skip-non-html site/

listen: $(VENV)/.tests-ready ## Listen to a timed session with Orca, in Firefox and Chromium, and keep what it says in tests/heard/ (Debian, root)
	PYTHONPATH=hooks $(BIN)/python -m tools.listen

composer: $(VENV)/.composer-ready ## Put the checker for contributors' browsers together in dist/composer/; `make build` takes it along (needs npm)
	$(BIN)/python -m tools.composer

successor: $(VENV)/.successor-ready ## Build the same docs/ with the theme's successor, Zensical, into dist/successor/
	PYTHONPATH=hooks $(BIN)/python -m knee
	PYTHONPATH=hooks $(BIN)/python -m knee.zensical.successor dist/successor

properdocs: $(VENV)/.successor-ready ## Build the same site with ProperDocs, the maintained fork of MkDocs, into dist/properdocs/
	PYTHONPATH=hooks $(BIN)/python -m knee
	$(BIN)/properdocs build --strict --config-file mkdocs.yml --site-dir dist/properdocs

# Dependencies. `lock` and `audit` need a network; their tools have an environment of their own. `lock` keeps the versions in requirements.lock
# that still fit: to get the newest version of everything that is not pinned by hand, delete that file first.
lock: $(VENV)/supply/.ready ## Update requirements.lock from requirements.txt: every package, with the hashes of its files
	$(VENV)/supply/bin/uv pip compile --quiet --universal --python-version 3.11.5 --generate-hashes --no-emit-index-url \
		--no-config --custom-compile-command "make lock" --output-file requirements.lock requirements.txt

sbom: $(VENV)/.site-ready ## Write dist/sbom.json, a bill of materials of what the site is built with (CycloneDX)
	$(BIN)/pip install --quiet --requirement requirements/dev.txt
	mkdir -p dist
	$(BIN)/python -m cyclonedx_py requirements requirements.lock --output-reproducible --output-file dist/sbom.json

vendor: $(VENV)/.site-ready ## Fetch the code of others that the site carries (MiniSearch), and check it against its published hash (needs npm)
	$(BIN)/python -m tools.vendor

audit: $(VENV)/supply/.ready ## Look for known vulnerabilities in what the site is built with
	$(VENV)/supply/bin/pip-audit --requirement requirements.lock --require-hashes --disable-pip --strict --format markdown --progress-spinner off

$(VENV)/supply/.ready: requirements/supply.txt
	$(PYTHON) -m venv $(VENV)/supply
	$(VENV)/supply/bin/pip install --quiet --requirement requirements/supply.txt
	touch $@

$(VENV)/.site-ready: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11, 5) and "Knee Ease needs Python 3.11.5 or newer; try: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes --requirement requirements.lock
	touch $@

$(VENV)/.successor-ready: requirements/successor.txt $(VENV)/.site-ready
	$(BIN)/pip install --quiet --requirement requirements/successor.txt
	touch $@

$(VENV)/.quick-ready: requirements/dev.txt $(VENV)/.site-ready $(VENV)/.successor-ready
	$(BIN)/pip install --quiet --requirement requirements/dev.txt
	touch $@

$(VENV)/.composer-ready: requirements/composer.txt tools/composer.py $(VENV)/.site-ready
	$(BIN)/pip install --quiet --requirement requirements/composer.txt
	$(BIN)/python -m tools.composer fetch
	touch $@

$(VENV)/.tests-ready: tools/browser.py tools/engines/install.py $(VENV)/.quick-ready $(VENV)/.composer-ready
	$(BIN)/python -m tools.browser
	$(BIN)/python -m tools.engines.install
	touch $@
