# What people do with a checkout. Each target installs what it needs where that can be done (.ci/install).

# rustup's place, also in a shell that was opened before rustup was installed.
export PATH := $(or $(CARGO_HOME),$(HOME)/.cargo)/bin:$(PATH)

.DEFAULT_GOAL := help
.PHONY: help run test test-readers bench lint fuzz screenshot

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

run: ## build optimised and open the window; ARGS="article.txt" opens that
	@.ci/install run
	cargo run --release --locked -- $(ARGS)

# The feature lets tests read the accessibility tree of the real window; a plain build has it off.
test: ## run every test
	@.ci/install test
	cargo test --locked --features inspection

# The program is the one that the tests use. The libraries come in again only when what is wanted of them has changed.
readers := target/readers-venv
readers_wanted = $$(sha256sum tests/readers/requirements.txt)

test-readers: ## have other people's libraries read what is exported; FORMATS="brat conll" for some
	@.ci/install readers
	cargo test --locked --features inspection --no-run
	@[ "$$(cat $(readers)/wanted 2>/dev/null)" = "$(readers_wanted)" ] || { \
		rm -rf $(readers) && python3 -m venv $(readers) && \
		$(readers)/bin/pip install --quiet --disable-pip-version-check -r tests/readers/requirements.txt && \
		echo "$(readers_wanted)" > $(readers)/wanted; }
	$(readers)/bin/python tests/readers/run.py $${CARGO_TARGET_DIR:-target}/debug/hashiya $(FORMATS)

bench: ## measure what docs/benchmarks.md lists
	@.ci/install run
	cargo bench --locked

lint: ## formatting, clippy; licences and unused dependencies where cargo-deny and cargo-machete are installed
	@.ci/install run
	cargo fmt --check
	cargo clippy --locked --all-targets --all-features -- -D warnings
	@if command -v cargo-deny >/dev/null; then cargo deny --locked check --config .ci/deny.toml; else echo "cargo-deny is not installed: licences not checked"; fi
	@if command -v cargo-machete >/dev/null; then cargo machete; else echo "cargo-machete is not installed: unused dependencies not checked"; fi

# One target after the other; what it finds lies in fuzz/artifacts and belongs into fuzz/regressions/FORMAT.
MINUTES ?= 1

fuzz: ## give every reader any bytes, MINUTES=1 each; needs nightly Rust and cargo-fuzz
	cd fuzz && cargo +nightly run --quiet --locked --example seeds
	cd fuzz && failed=; for target in $(or $(FORMATS),$(basename $(notdir $(wildcard fuzz/fuzz_targets/*.rs)))); do \
		log=target/$$target.log; corpus=corpus/$$(echo $$target | tr _ -); \
		cargo +nightly fuzz run $$target $$corpus -- -max_total_time=$$(($(MINUTES) * 60)) -rss_limit_mb=4096 \
			-timeout=20 -max_len=65536 -print_final_stats=1 > $$log 2>&1 || failed="$$failed $$target"; \
		echo "$$target: $$(sed -n 's/^stat::number_of_executed_units: *//p' $$log) executions"; \
	done; [ -z "$$failed" ] || { echo "found something, see fuzz/target/NAME.log:$$failed"; exit 1; }

screenshot: ## draw the README's picture from the real window
	@.ci/install test
	HASHIYA_SCREENSHOT=docs/screenshot.png cargo test --locked --features inspection --test suite screenshot
