#!/usr/bin/env bash
# Puts a built program and its texts into one archive, and adds its sum to SHA256SUMS beside it.
#   packaging/zip.sh PROGRAM SYSTEM [OUT]
# PROGRAM: target/release/observatoire(.exe); SYSTEM: windows, linux or macos, with what follows it (linux-x86_64);
# OUT: the folder of archives, dist by default. Runs in the bash of Git on Windows too.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
program=$1 system=$2 out=${3:-$here/dist}
family=${system%%-*}
[ -f "$program" ] || { echo "zip.sh: $program is not there: build it first" >&2; exit 2; }
[ -d "$here/packaging/$family" ] || { echo "zip.sh: no packaging/$family" >&2; exit 2; }
version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$here/Cargo.toml" | head -n 1)
name=observatoire-$version-$system
mkdir -p "$out"
out=$(cd "$out" && pwd)
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
mkdir "$made/$name"
cp "$program" "$made/$name/"
cp "$here/packaging/$family/LISEZ-MOI.txt" "$made/$name/"
cp "$here/LICENSE" "$made/$name/LICENSE.txt"
[ "$family" != windows ] || cp "$here/packaging/windows/creer-raccourci.cmd" "$made/$name/"
[ "$family" = windows ] || chmod 755 "$made/$name/observatoire"
archive=$out/$name.zip
rm -f "$archive"
cd "$made"
if command -v zip >/dev/null; then zip -q -X -r "$archive" "$name"
elif command -v 7z >/dev/null; then 7z a -tzip -bd -bso0 "$archive" "$name"
else echo "zip.sh: neither zip nor 7z" >&2; exit 2; fi
cd "$out"
sum() { if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi; }
touch SHA256SUMS
grep -v "  $name.zip\$" SHA256SUMS > "$made/sums" || true
sum "$name.zip" >> "$made/sums"
sort -k 2 "$made/sums" > SHA256SUMS
echo "$archive"
