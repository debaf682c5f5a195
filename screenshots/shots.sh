#!/bin/bash
# shots.sh: makes the pictures of this folder from the demo, in a real xterm on a
# virtual screen. The demo's seed and clock are fixed, so the same program makes
# the same pictures. Debian packages: xvfb xterm xdotool ffmpeg
# fonts-jetbrains-mono fonts-dejavu-core fonts-noto-cjk.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
server='' terminal=''
# shellcheck disable=SC2329 # called by the trap
leave() {
  kill $terminal $server 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap leave EXIT
go build -o "$work/amptui" .

Xvfb -displayfd 9 -screen 0 2000x1400x24 -dpi 96 -nolisten tcp 9>"$work/display" >/dev/null 2>&1 &
server=$!
for _ in $(seq 100); do [ -s "$work/display" ] && break; sleep 0.05; done
DISPLAY=:$(cat "$work/display")
export DISPLAY

# shot NAME "KEYS" ARGS...: starts the program, presses the keys, takes the picture
# once it stands still.
shot() {
  local name=$1 keys=$2
  shift 2
  xterm -fa 'JetBrains Mono' -fs 15 -geometry 110x30+0+0 -bg '#1a1b26' -fg '#c0caf5' -b 12 +sb -bw 0 -T "$name" \
    -xrm 'XTerm*utf8: 1' -xrm 'XTerm*cursorBlink: false' -xrm 'XTerm*faceNameDoublesize: Noto Sans Mono CJK JP' \
    -e env -u NO_COLOR TERM=xterm-256color COLORTERM=truecolor LC_ALL=C.UTF-8 \
    "$work/amptui" --demo --demo-now 2026-11-24T14:30:00Z --zone UTC "$@" 9>&- &
  terminal=$!
  local id=''
  for _ in $(seq 100); do
    id=$(xdotool search --onlyvisible --name "^$name\$" 2>/dev/null | head -1) && [ -n "$id" ] && break
    sleep 0.1
  done
  eval "$(xdotool getwindowgeometry --shell "$id")"
  xdotool mousemove $((WIDTH / 2)) $((HEIGHT + 40)) windowfocus "$id"
  sleep 1
  for key in $keys; do
    xdotool key "$key"
    sleep 0.2
  done
  local before='' now=''
  for _ in $(seq 40); do
    sleep 0.25
    ffmpeg -nostdin -loglevel error -y -f x11grab -draw_mouse 0 -video_size "${WIDTH}x${HEIGHT}" -i "$DISPLAY+0,0" \
      -frames:v 1 "$work/$name.png"
    now=$(md5sum <"$work/$name.png")
    [ "$now" = "$before" ] && break
    before=$now
  done
  cp "$work/$name.png" "screenshots/$name.png"
  kill $terminal 2>/dev/null || true
  wait $terminal 2>/dev/null || true
  terminal=''
}

shot events 'j j j'
shot segment 'h h j' segment 'Song Played' --by platform --vs prev
shot stacked '' segment Purchase --metric totals --by platform --face stacked
shot funnel '' funnel 'Store Opened' 'Checkout Started' 'Payment Submitted' Purchase --by platform --last 14d
shot retention 'j j j j j j l l l' retention
shot heat 'j j j j l l' revenue --face heat
shot curve '' retention --by platform --face curve --last 14d
shot users 'j j j' users ada@example.com
shot board 'l' board morning
