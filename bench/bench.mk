# The benches, in an environment of their own. Included by the Makefile.
# Short, rough runs: make bench SHORT=1

BENCH_VENV := .venv-bench
BENCHES := wrapper pressure_load pressure_quota pressure_dead_model pressure_flapping \
	per_request throughput cold_start mock_test bank history tokens scaling telemetry
RUN_BENCH := $(BENCH_VENV)/bin/python -m

.PHONY: bench soak bench-page $(BENCHES:%=bench-%)

bench: $(BENCHES:%=bench-%) soak bench-page  ## Run all benches (about an hour) and write docs/benchmarks.md

$(BENCHES:%=bench-%): bench-%: $(BENCH_VENV)/.installed
	$(RUN_BENCH) bench.$* $(if $(SHORT),--short)

soak: $(BENCH_VENV)/.installed  ## Run 10,000 requests through a changing set of faults
	$(RUN_BENCH) bench.soak $(if $(SHORT),--short)

bench-page: $(BENCH_VENV)/.installed  ## Write docs/benchmarks.md from the latest results
	$(RUN_BENCH) bench.page

# Microsoft's worker library exists from Python 3.13 on.
$(BENCH_VENV)/.installed: requirements-bench.txt
	@test -x $(BENCH_VENV)/bin/python || $(PYTHON) -m venv $(BENCH_VENV)
	@$(BENCH_VENV)/bin/python -m pip install --quiet --disable-pip-version-check \
		--require-hashes --requirement $<
	@touch $@
