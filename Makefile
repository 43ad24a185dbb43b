# 履约 lvyue. Needs Python 3.11 or newer with pip, and make; everything else goes into .venv here.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	command -v $$python >/dev/null 2>&1 && $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)
BIN := .venv/bin
BENCHES := $(patsubst bench/%.py,bench.%,$(filter-out bench/__init__.py bench/load.py,$(wildcard bench/*.py)))
# A venv made without ensurepip (Debian without python3-venv) is filled by the pip outside it. Compiled here, the
# command starts in half the time even where PYTHONDONTWRITEBYTECODE is set.
define install
	if $(BIN)/python -m pip --version >/dev/null 2>&1; \
	then set -- $(BIN)/python -m pip install; \
	else set -- $(PYTHON) -m pip --python $(BIN)/python install; fi; \
	"$$@" --quiet --quiet --disable-pip-version-check --editable "$(1)" \
	&& $(BIN)/python -m compileall -q ledger api
endef

.PHONY: help demo test cluster-test mutate faults lint bench clean

help:
	@echo "make demo   演示：一份真实合同的一年 / a year of a real contract"
	@echo "make test   运行测试 / run the tests (ARGS=... for pytest)"
	@echo "make cluster-test 三台主机的集群，杀掉主机，核对事实 / a cluster of three hosts, its leader killed, its facts checked"
	@echo "make mutate 一百万次篡改证据包，约一小时 / a million alterations of a package, about an hour"
	@echo "make faults 账本文件中两千次位翻转 / two thousand flipped bits of a store"
	@echo "make lint   ruff, mypy --strict, import-linter"
	@echo "make bench  速度，与下限之比 / speed, as ratios to floors"
	@echo "make clean  删除 .venv 和缓存，账本都留着 / remove .venv and caches; ledgers stay"

demo: .venv/.runtime
	@$(BIN)/lvyue demo

# Two workers more than processors: many tests wait for a server, a browser or a command they started.
test: .venv/.development
	@$(BIN)/python -m pytest -n $$($(BIN)/python -c 'import os; print(min(8, (os.cpu_count() or 1) + 2))') --dist worksteal -rs $(ARGS)

# Fetches what the machine lacks of etcd and Patroni, or says what is missing; some two minutes.
cluster-test: .venv/.development
	@$(BIN)/python -m deploy.cluster_test $(ARGS)

mutate: .venv/.development
	@LVYUE_MUTATIONS=$(or $(MUTATIONS),1000000) $(BIN)/python -m pytest tests/evidence/test_attacks.py -k mutation

faults: .venv/.development
	@LVYUE_FAULTS=$(or $(FAULTS),2000) $(BIN)/python -m pytest -s tests/custody/test_faults.py

lint: .venv/.development
	@status=0; for check in "ruff check ." mypy lint-imports; do $(BIN)/$$check || status=1; done; exit $$status

bench: .venv/.development
	@status=0; for bench in $(BENCHES); do echo "== $$bench"; $(BIN)/python -m $$bench || status=1; done; exit $$status

clean:
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 或更新版本 / Python 3.11 or newer is needed" >&2; exit 1; }
	@$(PYTHON) -m venv .venv >/dev/null 2>&1 || { rm -rf .venv; $(PYTHON) -m venv --without-pip .venv; }

.venv/.runtime: pyproject.toml | $(BIN)/python
	@echo "正在把程序装入 .venv，约一分钟 / installing into .venv, about a minute …" >&2
	@$(call install,.)
	@touch $@

.venv/.development: pyproject.toml | $(BIN)/python
	@echo "正在把程序和测试工具装入 .venv，约两分钟 / installing with test tools into .venv, about two minutes …" >&2
	@$(call install,.[dev])
	@touch $@ .venv/.runtime
