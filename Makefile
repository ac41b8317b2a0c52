# Two commands matter: `make serve` and `make test`. Each sets up what it needs in .venv.

PYTHON ?= python3
PORT ?= 8866
BIN := .venv/bin
READY := .venv/ready
# If it were set, each of the tests' many processes would compile the library again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup serve site lab test compiled hostile hub hub-test check check-types check-style check-imports format docs api messages bench kit constraints clean

help: ## Show the commands
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 14

setup: $(READY) ## Make the environment in .venv

$(READY): pyproject.toml constraints.txt package.json package-lock.json hatch_build.py $(wildcard twitchlib/widgets/js/plotly_*.js) $(wildcard twitchlib/serving/front/*)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "twitchlib needs Python 3.11 or newer; try: make $(or $(MAKECMDGOALS),setup) PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[test,check,readers,docs]'
	@touch $(READY)

serve: $(READY) ## Serve the lessons as dashboards (PORT=8866)
	@$(BIN)/twitchlib serve --port $(PORT)

site: $(READY) ## Write the lessons into dist/site, a folder of files that needs no server
	@$(BIN)/twitchlib site dist/site

lab: $(READY) ## Open the notebooks in JupyterLab
	@JUPYTER_CONFIG_PATH=$(CURDIR)/twitchlib/serving/lab_config $(BIN)/jupyter lab notebooks --LabApp.news_url=None \
	  --LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate

test: $(READY) ## Run the static checks, then every test
	@$(MAKE) --no-print-directory --jobs 2 --output-sync check compiled
	$(BIN)/python -m pytest --numprocesses 3 --max-worker-restart 0

# Each worker would compile the models and the tests again, and so would the servers that they start.
compiled: $(READY)
	$(BIN)/python -c 'from twitchlib import emg, physiology, twitches; emg.analyse(twitches.simulate("clonus", 10, seed=1)); \
	  [card.to_markdown() for card in physiology.models().values()]'
	$(BIN)/python -m pytest --quiet --collect-only > .venv/collected || { cat .venv/collected; exit 1; }

hostile: $(READY) ## Attack a server for ten minutes, or as long as HOSTILE_S says (seconds)
	HOSTILE_S=$(or $(HOSTILE_S),600) $(BIN)/python -m pytest -q tests/hostile

HUB_READY := hub/.venv/ready

$(HUB_READY): pyproject.toml constraints.txt hub/package.json
	$(PYTHON) -m venv hub/.venv
	hub/.venv/bin/python -m pip install --quiet --constraint constraints.txt --editable '.[hub]'
	cd hub && npm install --no-package-lock --no-audit --no-fund --loglevel=error
	@touch $(HUB_READY)

hub: $(HUB_READY) ## Try the course in a JupyterHub on this computer (needs Node.js; password: twitching)
	@echo "The hub will be at http://127.0.0.1:8000 (stop with Ctrl-C); any name, password: twitching"
	@PATH="$(CURDIR)/hub/.venv/bin:$$PATH" jupyterhub --config hub/jupyterhub_config.py

hub-test: $(READY) $(HUB_READY) ## Let ten students use that hub, and measure what each uses
	HUB_STUDENTS=10 TWITCHLIB_HUB_TESTS=required $(BIN)/python -m pytest \
	  --log-cli-level=INFO --log-cli-format='%(message)s' tests/hub/test_hub.py

check: check-types check-style check-imports ## Run the static checks

check-types: $(READY)
	$(BIN)/mypy

check-style: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/nbstripout --verify notebooks/*.ipynb

check-imports: $(READY)
	$(BIN)/lint-imports
	$(BIN)/deptry twitchlib notebooks

format: $(READY) ## Put code and notebooks into the house style, and list the lessons
	PYTHONPATH=docs $(BIN)/python -c 'from pathlib import Path; from twitchdocs.overview import renew; renew(Path())'
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(BIN)/nbstripout notebooks/*.ipynb

docs: $(READY) ## Build the documentation into docs/_build/html
	$(BIN)/sphinx-build -W --keep-going --quiet docs docs/_build/html

api: $(READY) ## Update the list of public names, after an intended change
	PYTHONPATH=docs $(BIN)/python -c 'from twitchdocs.public import surface; print(surface(), end="")' > tests/api.txt

messages: $(READY) ## Collect what a reader sees for translators, and update every language
	$(BIN)/python -m translation

bench: $(READY) ## Measure speed, side by side with peers where they are installed
	$(BIN)/python -m benchmarks

kit: $(READY) ## Make dist/twitchlib-kit.zip, the course for a room without internet
	$(BIN)/python kit/build.py

constraints: ## Update constraints.txt (needs uv)
	uv pip compile --universal --python-version 3.11 --no-emit-index-url --no-header --no-annotate \
	  --extra test --extra check --extra hub --extra docs --extra peers --extra readers --quiet --output-file constraints.txt pyproject.toml

clean: ## Remove the environment and everything built
	rm -rf .venv hub/.venv hub/node_modules hub/state dist build node_modules twitchlib/widgets/static twitchlib/serving/site/pyodide docs/_build docs/api docs/lessons docs/science
