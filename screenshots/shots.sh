#!/bin/bash
# shots.sh [NAME...]: makes the pictures of this folder from the demo, in a real
# xterm on a virtual screen; all of them, or those that are named. The demo's seed
# and clock, the home directory and the colours are fixed, and a picture is taken
# when the program has come to rest, so the same program makes the same bytes.
# This font in this size has no seams, neither between bars nor in rules.
# Debian packages: xvfb xterm xdotool ffmpeg procps fonts-dejavu-core
# fonts-noto-cjk.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
wanted=" $* "
server='' terminal='' program='' id='' WIDTH=0 HEIGHT=0
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

dark=('#1a1b26' '#c0caf5' '#15161e' '#f7768e' '#9ece6a' '#e0af68' '#7aa2f7' '#bb9af7' '#7dcfff' '#a9b1d6'
  '#565f89' '#f7768e' '#9ece6a' '#e0af68' '#7aa2f7' '#bb9af7' '#7dcfff' '#c0caf5')
light=('#fafafa' '#383a42' '#383a42' '#ca1243' '#3b7a2e' '#9a6500' '#2f5fd0' '#a626a4' '#0c7a96' '#d4d4d8'
  '#696c77' '#ca1243' '#3b7a2e' '#9a6500' '#2f5fd0' '#a626a4' '#0c7a96' '#fafafa')

# rest waits until the program has drawn and done nothing for a while.
rest() {
  local before='' now='' still=0
  for _ in $(seq 400); do
    now=$(cut -d ' ' -f 14,15 "/proc/$program/stat")
    if [ "$now" = "$before" ]; then still=$((still + 1)); else still=0; fi
    [ $still -ge 8 ] && return
    before=$now
    sleep 0.1
  done
}

# begin SIZE COLOURS ARGS...: starts the program in a terminal and waits for it.
begin() {
  local size=$1 name=shot$RANDOM
  local -n of=$2
  shift 2
  rm -rf "$work/home" && mkdir "$work/home"
  local colors=()
  for i in $(seq 0 15); do colors+=(-xrm "XTerm*color$i: ${of[$((i + 2))]}"); done
  xterm -fa 'DejaVu Sans Mono' -fs 12 -geometry "$size+0+0" -bg "${of[0]}" -fg "${of[1]}" -b 12 +sb -bw 0 -T "$name" "${colors[@]}" \
    -xrm 'XTerm*utf8: 1' -xrm 'XTerm*cursorBlink: false' -xrm 'XTerm*faceNameDoublesize: Noto Sans Mono CJK JP' \
    -e env -i PATH="$PATH" HOME="$work/home" TERM=xterm-256color COLORTERM=truecolor LC_ALL=C.UTF-8 \
    "$work/amptui" --demo --demo-now 2026-11-24T14:30:00Z --zone UTC "$@" 9>&- &
  terminal=$!
  for _ in $(seq 200); do
    id=$(xdotool search --onlyvisible --name "^$name\$" 2>/dev/null | head -1) && [ -n "$id" ] &&
      program=$(pgrep -P $terminal -x amptui) && break
    sleep 0.1
  done
  eval "$(xdotool getwindowgeometry --shell "$id")"
  xdotool mousemove $((WIDTH / 2)) $((HEIGHT + 40)) windowfocus "$id"
  rest
}

# press KEYS...: one after the other; text:… types.
press() {
  for key in "$@"; do
    case $key in
    text:*) xdotool type --delay 40 "${key#text:}" ;;
    *) xdotool key "$key" ;;
    esac
    sleep 0.1
  done
  rest
}

# take FILE: the picture, once two in a row are the same. The terminal draws it anew
# before: edges of glyphs that reach into the next cell look different where its
# input happened to be cut in two.
take() {
  local before='' now=''
  xdotool windowunmap --sync "$id" windowmap --sync "$id" windowfocus --sync "$id"
  sleep 0.3
  for _ in $(seq 40); do
    ffmpeg -nostdin -loglevel error -y -f x11grab -draw_mouse 0 -video_size "${WIDTH}x${HEIGHT}" -i "$DISPLAY+0,0" \
      -frames:v 1 -bitexact "$1"
    now=$(md5sum <"$1")
    [ "$now" = "$before" ] && return
    before=$now
    sleep 0.2
  done
}

end() {
  kill $terminal 2>/dev/null || true
  wait $terminal 2>/dev/null || true
  terminal=''
}

# shot NAME SIZE COLOURS "KEYS" ARGS...
shot() {
  local name=$1 size=$2 colours=$3 keys=$4
  shift 4
  [[ $wanted = "  " || $wanted = *" $name "* ]] || return 0
  begin "$size" "$colours" "$@"
  # shellcheck disable=SC2086 # one word a key
  press $keys
  take "$work/$name.png"
  end
  cp "$work/$name.png" "screenshots/$name.png"
}

# frame SECONDS KEYS...: presses keys and adds what is seen to the walk.
frame() {
  local seconds=$1
  shift
  press "$@"
  local file
  file=$(printf 'walk%02d.png' "$frames")
  frames=$((frames + 1))
  take "$work/$file"
  printf "file '%s'\nduration %s\n" "$file" "$seconds" >>"$work/walk.txt"
  last=$file
}

# walk is the moving picture: from the list to a chart, a funnel, the users behind it.
walk() {
  [[ $wanted = "  " || $wanted = *" walk "* ]] || return 0
  local frames=0 last=''
  begin 100x28 dark
  frame 2
  for _ in 1 2 3; do frame 0.3 j; done
  frame 1 slash text:purch
  frame 1.2 Return
  frame 2 Return
  frame 1 b text:platf
  frame 2 Return
  frame 2 v
  for _ in 1 2 3 4; do frame 0.3 h; done
  frame 1.2 t
  frame 1.2 colon text:funnel\ Search\ \"Checkout\ Started\"\ Purchase
  frame 2.5 Return
  frame 2 t
  frame 2.5 4
  for _ in 1 2 3; do frame 0.3 j l; done
  frame 1.2 5 text:ada@
  frame 2 Return
  for _ in 1 2 3; do frame 0.3 j; done
  frame 2 Return
  frame 2 question
  frame 0.5 Escape
  printf "file '%s'\n" "$last" >>"$work/walk.txt"
  end
  (cd "$work" && ffmpeg -nostdin -loglevel error -y -f concat -i walk.txt -threads 1 -bitexact \
    -vf "fps=10,split[a][b];[a]palettegen=max_colors=64[p];[b][p]paletteuse=dither=none:diff_mode=rectangle" walk.gif)
  cp "$work/walk.gif" screenshots/walk.gif
}

shot events 120x36 dark 'j j j' events --sort delta
shot segment 120x36 dark 'h h j' segment 'Song Played' --by platform --vs prev
shot stacked 120x36 dark '' segment Purchase --metric totals --by platform --face stacked
shot funnel 120x36 dark '' funnel 'Store Opened' 'Checkout Started' 'Payment Submitted' Purchase --by platform --last 14d
shot retention 120x36 dark 'j j j j j j l l l' retention
shot curve 120x36 dark '' retention --by platform --face curve --last 14d
shot users 120x36 dark 'j j j' users ada@example.com
shot revenue 120x36 dark '' revenue --by platform
shot heat 120x36 dark 'j j j j l l' revenue --face heat
shot active 120x36 dark 'h h' active --by platform
shot sessions 120x36 dark 'j j' sessions
shot composition 120x36 dark 'j' composition country
shot realtime 120x36 dark '' realtime
shot chart 120x36 dark 'h' chart plays7d
shot board 120x36 dark 'l' board morning
shot light 120x36 light 'h h j' segment 'Song Played' --by platform --vs prev --theme light
shot contrast 120x36 dark 'j j j' retention --theme high-contrast
shot narrow 60x15 dark 'h h' segment Purchase --by platform
walk
