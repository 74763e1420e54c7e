# Three commands for a newcomer: `make reports`, `make test` and `make round`. All set up what they need, once.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: help setup reports test round torture lab golden reference demonstration lint bench clean
help:  ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

setup: $(READY)  ## make the virtual environment
$(READY): pyproject.toml constraints.txt tools/setup.sh
	@PYTHON=$(PYTHON) sh tools/setup.sh $(VENV)
	@touch $@

reports: $(READY)  ## make every report of the default study
	$(BIN)/evalkit run

test: $(READY)  ## run the whole test suite, the notebooks included
	$(BIN)/python -m pytest

round: $(READY)  ## play the year of an office on made-up figures, and say at each step what it shows
	$(BIN)/python tools/round.py

torture: $(READY)  ## a thousand studies drawn at random, each with every report, twenty times the mutations, a hundred kills, and kernels: hours
	EVALKIT_STUDIES=1000 EVALKIT_TIMES=20 $(BIN)/python -m pytest tests/runs/test_every_study.py tests/test_new_project.py tests/mutations tests/register/forms/test_mutated.py tests/runs/test_shell_engine.py
	EVALKIT_TIMES=10 $(BIN)/python -m pytest -n0 -s tests/runs/test_killed.py

lab: $(READY)  ## open the notebooks in JupyterLab
	$(BIN)/jupyter lab notebooks

golden: $(READY)  ## execute the golden report anew, after a change of numbers that is meant
	$(BIN)/python tests/golden/refresh.py

reference: $(READY)  ## write the JSON schemas and the reference pages anew, after a change of a model or a meaning
	$(BIN)/evalkit schema --pages docs

demonstration: $(READY)  ## make the demonstration submissions anew, from their seed
	$(BIN)/python tools/demonstration.py

lint: $(READY)  ## check and format the code
	$(BIN)/ruff check .
	$(BIN)/ruff format .

bench: $(READY)  ## measure speed and size against their limits, and beside peers
	$(BIN)/python -m pip install --quiet --no-deps dealib==1.0.0  # asks for numpy below 2, runs with 2
	$(BIN)/python benchmarks/reports.py
	$(BIN)/python benchmarks/rounds.py
	$(BIN)/python benchmarks/formats.py
	$(BIN)/python benchmarks/runs.py
	$(BIN)/python benchmarks/checks.py
	$(BIN)/python benchmarks/forms.py
	$(BIN)/python benchmarks/scoring.py
	$(BIN)/python benchmarks/equality.py
	$(BIN)/python benchmarks/efficiency.py
	$(BIN)/python benchmarks/register.py
	$(BIN)/python benchmarks/site.py
	$(BIN)/python benchmarks/scale.py

clean:  ## remove the environment and the outputs
	rm -rf $(VENV) outputs
