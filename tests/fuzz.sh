#!/usr/bin/env bash
# Feeds every format, loader and register what mutations make of true files, for so many minutes a
# target: tests/fuzz.sh MINUTES [TARGET]. The same inputs each time, in the same order: what is found is
# found again. Prints, by target, inputs, rate, panics, the slowest input, the most memory; what broke a
# target is kept among temporary files, and said.
set -euo pipefail
cd "$(dirname "$0")/.."
minutes="${1:?usage: tests/fuzz.sh MINUTES [TARGET]}"
export OBSERVATOIRE_SECONDES=$((minutes * 60)) OBSERVATOIRE_CIBLE="${2:-}"
cargo test --release --test suite -- --nocapture mutated::nothing_that_is_read 2>&1 |
    grep --line-buffered -E 'inputs|MiB|panic:|more than|test result'
