#!/bin/sh
# How long an import of 100,000 questions takes and how much memory it needs, in a throw-away store.
#
#   tests/bench/import.sh [PROGRAM] [ROWS]
#
# The limits are 5 seconds and 200 MB; after all formats, a number beyond them ends it with 1.
set -eu
program=${1:-target/release/circlet}
rows=${2:-100000}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
awk -v rows="$rows" 'BEGIN {
    print "question,theme,depth,kind,minutes,follow-ups"
    for (n = 1; n <= rows; n++)
        printf "What would you do about matter %d if nobody had to agree with you?,theme %d,reflect,pair,5,Who would notice number %d first?\n", n, n % 40, n
}' > "$folder/bank.csv"
export HOME="$folder" XDG_RUNTIME_DIR="$folder"
beyond=0
for file in bank.csv bank.json bank.toml bank.md; do
    [ "$file" = bank.csv ] || "$program" --store "$folder/store" export questions \
        --format "${file#bank.}" -o "$folder/$file" > /dev/null 2>&1
    rm -rf "$folder/store"
    begin=$(date +%s%N)
    /usr/bin/env python3 - "$program" "$folder" "$file" <<'PYTHON'
import resource, subprocess, sys
program, folder, file = sys.argv[1:]
done = subprocess.run(
    [program, "--store", f"{folder}/store", "question", "import", f"{folder}/{file}", "--yes"],
    stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
sys.stdout.write(done.stdout.decode().splitlines()[-1].split(" from ")[0])
kilobytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
open(f"{folder}/peak", "w").write(str(kilobytes // 1024))
PYTHON
    end=$(date +%s%N)
    millis=$(((end - begin) / 1000000))
    peak=$(cat "$folder/peak")
    echo ": $file, $millis ms, $peak MB at most"
    if [ "$rows" -le 100000 ] && { [ "$millis" -gt 5000 ] || [ "$peak" -gt 200 ]; }; then
        echo "$file: beyond 5 s or 200 MB" >&2
        beyond=1
    fi
done
exit "$beyond"
