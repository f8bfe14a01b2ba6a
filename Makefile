# Everything the clerk and the engineers run. `make` alone explains the targets in Chinese: the help is made of
# the comments after "## " below, under the headings after "##@ ".

.DEFAULT_GOAL := help
.NOTPARALLEL:
.SUFFIXES:

PY := .venv/bin/python
GENERATE := $(PY) generate.py
PYTEST := $(PY) -m pytest
SETUP := sh scripts/setup.sh
WORKERS := 2

# An option is passed on only where it is given: make weekly AS_OF=2023-04-28
option = $(if $($(1)),--$(2) '$($(1))')
OPTIONS = $(strip $(call option,INPUT,input) $(call option,RULES,rules) $(call option,TEMPLATES,templates) \
	$(call option,OUTPUT,output) $(call option,AS_OF,as-of) $(call option,JOBS,jobs))

# Exit code 3 is no failure of the program: say so before make adds its own line about an error.
tell = code=$$?; if [ $$code -eq 3 ]; then echo; echo '【有填报错误】$(1)'; \
	echo '（下面若出现“make: *** … Error 3”或“错误 3”一行，是提醒还有填报错误，不是程序故障。）'; fi; exit $$code

##@ 每周要用的

.PHONY: weekly
weekly: ready ## 读取 input 里的表格，生成本期通报、约谈通知书等全部草稿
	@$(GENERATE) weekly $(OPTIONS); $(call tell,草稿已经生成，都盖有“草稿”字样；请按“校验意见”催改，改好后再运行一次 make weekly。)

.PHONY: check
check: ready ## 只检查表格填得对不对，不生成公文
	@$(GENERATE) check $(OPTIONS); $(call tell,请按“校验意见”催改，改好后再运行一次 make check。)

.PHONY: forms
forms: ready ## 生成空白表样，发给各街道、各小区填报
	@$(GENERATE) forms $(OPTIONS); $(call tell,空白表样已经生成；请按提示改好名册，再运行一次 make forms。)

.PHONY: explain
explain: ready ## 说明某个小区、企业或街道的得分从何而来：make explain SUBJECT=某小区
	@if [ -z '$(SUBJECT)' ]; then echo '请写明要说明谁，例如：make explain SUBJECT=某小区'; exit 2; fi
	@$(GENERATE) explain '$(SUBJECT)' $(OPTIONS)

.PHONY: issue
issue: ready ## 正式印发本期：编号、去掉草稿字样、归档、登记
	@$(GENERATE) issue $(OPTIONS); $(call tell,没有印发，什么都没有改动；请按“校验意见”催改或者办理豁免，再运行一次 make issue。)

.PHONY: correct
correct: ready ## 更正已经印发的一期：make correct ISSUE=第5期 REASON=原因
	@if [ -z '$(ISSUE)' ] || [ -z '$(REASON)' ]; then \
		echo '请写明更正哪一期、为什么，例如：make correct ISSUE=第5期 REASON=某街道漏报问题3件'; exit 2; fi
	@$(GENERATE) correct '$(ISSUE)' --reason '$(REASON)' $(OPTIONS); $(call tell,没有印发，什么都没有改动；请改好表格，再运行一次。)

.PHONY: verify
verify: ready ## 核对归档有没有被改动，并把各期重新生成一遍来比对
	@$(GENERATE) verify $(strip $(if $(QUICK),--quick) $(call option,ISSUE,rebuild) $(if $(REGISTER),--register)) $(OPTIONS)

.PHONY: summary
summary: ready ## 专项整治结束时，汇总各期，生成总结报告
	@$(GENERATE) summary $(OPTIONS)

.PHONY: archive
archive: ready ## 专项整治结束时结项：印发的各期、总结、档案、数据表归成一个文件夹和一个压缩包
	@$(GENERATE) archive $(OPTIONS)

.PHONY: dossier
dossier: ready ## 生成某个小区或企业的档案：make dossier SUBJECT=某小区
	@if [ -z '$(SUBJECT)' ]; then echo '请写明要谁的档案，例如：make dossier SUBJECT=某小区'; exit 2; fi
	@$(GENERATE) dossier '$(SUBJECT)' $(OPTIONS)

.PHONY: guideline
guideline: ready ## 把评分规则印成考核评分实施细则
	@$(GENERATE) guideline $(OPTIONS)

.PHONY: what-if
what-if: ready ## 试算换一套规则谁会变动：make what-if RULES_NEW=规则文件夹
	@if [ -z '$(RULES_NEW)' ]; then echo '请写明试算的规则在哪个文件夹，例如：make what-if RULES_NEW=rules-new'; exit 2; fi
	@$(GENERATE) what-if '$(RULES_NEW)' $(OPTIONS)

##@ 准备和体检

.PHONY: setup
setup: ready ## 准备好运行所需的一切（其他命令会自动先做这一步）
	@echo '运行环境已经准备好。'

.PHONY: doctor
doctor: ready ## 检查字体、系统组件、磁盘空间、规则和模板
	@$(GENERATE) doctor $(OPTIONS)

.PHONY: lint-templates
lint-templates: ready ## 检查全部模板，一次列出所有写错的地方和改法
	@$(GENERATE) lint-templates $(OPTIONS)

.PHONY: conformance
conformance: ready ## 按国家标准测量做好的 PDF：make conformance FILE=某一份.pdf
	@if [ -z '$(FILE)' ]; then echo '请写明测量哪一份，例如：make conformance FILE=output/2023-04-28/第5期周通报.pdf'; exit 2; fi
	@$(PY) -m campaign.render.conformance '$(FILE)' $(call option,TEMPLATES,templates)

.PHONY: demo
demo: ready ## 用虚构的样例县演示连续八周，结果在 demo 文件夹
	@$(PY) -m sample.demo

##@ 开发维护人员用的

.PHONY: test
test: lint ## 全部检查和测试（不含下面两种）
	$(PYTEST) -n $(WORKERS) --dist loadgroup -m 'not office and not deep'

.PHONY: check-rules
check-rules: ready ## 检查规则文件，运行规则旁的案例，列出各期里从未触发的规则
	@$(PY) -m campaign.cases $(strip $(call option,RULES,rules) $(call option,OUTPUT,output))

.PHONY: test-office
test-office: ready-office ## 用 LibreOffice 和 Chromium 看成品的测试
	$(PYTEST) -m office

.PHONY: test-deep
test-deep: ready-test ## 长时间的随机性质测试
	$(PYTEST) -n $(WORKERS) -m deep --hypothesis-profile=deep

.PHONY: lint
lint: ready-test ## 格式、静态检查、类型检查、规则文件检查
	$(PY) -m ruff format --check --quiet .
	$(PY) -m ruff check --quiet .
	$(PY) -m mypy
	$(PY) -m yamllint --strict rules examples
	sh -n scripts/setup.sh

.PHONY: fmt
fmt: ready-test ## 整理代码格式
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

.PHONY: golden
golden: ready-test ## 按程序现在的输出改写对照文本（改写后须逐行审阅）
	GOLDEN=write $(PYTEST) -n $(WORKERS) --dist loadgroup -m 'not office and not deep'

.PHONY: docs
docs: ready ## 依照程序改写 docs/faults.md（填报错误一览）和 docs/fields.md（模板里能用的名称）
	@$(PY) -m campaign.intake.catalogue > docs/faults.md.new && mv docs/faults.md.new docs/faults.md
	@$(PY) -m campaign.compose.fields > docs/fields.md.new && mv docs/fields.md.new docs/fields.md

.PHONY: bench
bench: ready ## 计时：每周一次的全过程，逐阶段
	@$(PY) -m benchmarks.weekly
	@$(PY) -m benchmarks.reading
	@$(PY) -m benchmarks.scoring
	@$(PY) -m benchmarks.history
	@$(PY) -m benchmarks.archive

.PHONY: lock
lock: ready-test ## 依照 pyproject.toml 重写锁定文件；make lock UPGRADE=1 连同升级
	$(LOCK) --output-file requirements.lock pyproject.toml
	$(LOCK) --group dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml

LOCK = UV_CUSTOM_COMPILE_COMMAND='make lock' $(PY) -m uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links $(if $(UPGRADE),--upgrade)

.PHONY: clean
clean: ## 删去缓存和演示结果（不动 input、output 和运行环境）
	rm -rf build demo .mypy_cache .ruff_cache .pytest_cache .hypothesis .setup.*
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

.PHONY: help
help: ## 显示这份说明
	@echo '用法：make 命令 [选项]'
	@awk 'BEGIN { FS = ":.*## " } /^##@ / { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
	@echo
	@echo '选项（都可以不写），例如：make weekly AS_OF=2023-04-28'
	@echo '  AS_OF=日期       截至日期，不写则按台账填报时间推算'
	@echo '  INPUT=文件夹     表格所在，平时是 input'
	@echo '  OUTPUT=文件夹    成品所在，平时是 output'
	@echo '  RULES=文件夹     规则所在，平时是 rules'
	@echo '  TEMPLATES=文件夹 模板所在，平时是 templates'
	@echo '  JOBS=数目        同时读取几份表格'
	@echo '  ISSUE=第几期     更正、核对哪一期；核对时不写则各期都核对'
	@echo '  QUICK=1          核对归档时只核对文件，不重新生成'
	@echo '  REGISTER=1       核对归档时，登记簿缺了的编号按归档补登'

# What the other targets need first. The script itself sees whether there is anything to do.
.PHONY: ready ready-test ready-office
ready:
	@$(SETUP) run
ready-test:
	@$(SETUP) test
ready-office:
	@$(SETUP) office
