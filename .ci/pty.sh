#!/bin/bash
# pty.sh PTYBENCH BINARY FOLDER: figures of the real program in a pty. PTYBENCH
# is the source of the bench, FOLDER one to build in.
set -euo pipefail

bench=$3/ptybench
go build -C "$1" -o "$bench" .
demo=("$2" --demo --demo-now 2026-11-24T12:00:00Z --zone UTC)

# at_most WHAT LIMIT VALUE: a value that is missing or no number fails too.
at_most() {
  printf '  %s: %s (at most %s)\n' "$1" "$3" "$2"
  awk -v value="$3" -v limit="$2" 'BEGIN { exit !(value ~ /^[0-9.]+$/ && value + 0 <= limit + 0) }' || {
    echo "pty.sh: $1 is $3, at most $2 is allowed" >&2
    exit 1
  }
}

# Nothing may be asked of the terminal, nor waited for.
"$bench" startup -n 3 -size 120x40 -answer mute -o "$3/startup.json" -- "${demo[@]}" >/dev/null
paint=$("$bench" startup -n 3 -size 120x40 -answer mute -get startup.first_paint_ms.p50 -- "${demo[@]}")
at_most 'first paint on a mute terminal, ms' 1000 "$paint"
if grep -q '"queries"' "$3/startup.json"; then
  echo 'pty.sh: the program asks the terminal something at its start:' >&2
  cat "$3/startup.json" >&2
  exit 1
fi

# What a key sends, and what that is to what a painter of cells needs at least.
# None of these figures depends on how fast the machine is.
keys() {
  local name=$1 script=$2 over
  shift 2
  over=$("$bench" keys -size 120x40 -script "$script" -get keys.groups.move.bytes_over_celldiff -- "$@")
  at_most "bytes of $name, times those of a cell difference" 1.1 "$over"
}
step=$("$bench" keys -size 120x40 -script ':wait "Song Played" within 15s;settle 500ms;group move;key j x20' \
  -get keys.groups.move.bytes_per_key.p50 -- "${demo[@]}")
at_most 'bytes of a cursor step' 90 "$step"
held=$("$bench" keys -size 120x40 -script ':wait "Song Played" within 15s;settle 500ms;group held;flood j x60 @30;settle 1s' \
  -get keys.groups.held.flood.bytes_per_key -- "${demo[@]}")
at_most 'bytes a key, held in a list that scrolls' 166 "$held" # 40 kbit/s at 30 a second
keys 'a page' ':wait "Song Played" within 15s;settle 500ms;group move;key pgdown;key pgup' "${demo[@]}"
keys 'another view' ':wait "Song Played" within 15s;settle 500ms;keys 2 3 1;settle 900ms;group move;keys 2 3 1 x2' "${demo[@]}"
keys 'the cursor in a chart' ':wait "Song Played" within 15s;settle 900ms;group move;key h x20' "${demo[@]}" segment 'Song Played' --by platform
keys 'the cursor in a heat map' ':wait 2026 within 15s;settle 900ms;group move;keys j l x10' "${demo[@]}" revenue --face heat
keys 'the cursor in a timeline' ':wait Ada within 15s;settle 900ms;group move;key j x20' "${demo[@]}" users ada@example.com

rest=':wait "Song Played" within 20s;settle 1s;idle 3s'
idle=$("$bench" keys -size 120x40 -script "$rest" -get keys.idles.0.bytes_written -- "${demo[@]}")
at_most 'bytes in 3 s of quiet' 0 "$idle"
wakes=$("$bench" keys -size 120x40 -script "$rest" -get keys.idles.0.wakeups_per_s -- "${demo[@]}")
at_most 'wake-ups a second at rest' 4 "$wakes"

for way in q ctrl+c SIGTERM SIGHUP; do
  clean=$("$bench" exit -size 120x40 -how "$way" -get "exits.$way.clean" -- "${demo[@]}")
  echo "  leaves clean by $way: $clean"
  [ "$clean" = true ] || exit 1
done
