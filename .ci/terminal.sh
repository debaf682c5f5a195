#!/bin/bash
# terminal.sh BINARY: drives the real program in tmux, at three sizes.
set -euo pipefail

# shellcheck source=in-tmux.sh
. "$(dirname "$0")/in-tmux.sh"

screen() { t capture-pane -p -t ci; }
fail() {
  echo "terminal.sh: $1; the screen was:" >&2
  screen >&2 || true
  exit 1
}
# await TEXT: until the screen shows it, at most 15 seconds.
await() {
  for _ in $(seq 150); do
    if screen | grep -qF -- "$1"; then return 0; fi
    sleep 0.1
  done
  fail "no “$1” on the screen"
}
# gone TEXT: until the screen shows it no more.
gone() {
  for _ in $(seq 150); do
    if ! screen | grep -qF -- "$1"; then return 0; fi
    sleep 0.1
  done
  fail "“$1” is still on the screen"
}
press() { t send-keys -t ci "$@"; }

session() {
  local width=$1 height=$2
  echo "  ${width}x${height}"
  t -f /dev/null new-session -d -s ci -x "$width" -y "$height" \
    "env -i PATH='$PATH' HOME='$dir' TERM=tmux-256color LANG=C.UTF-8 PS1='prompt\$ ' bash --norc --noprofile"
  t set-option -g status off
  t resize-window -t ci -x "$width" -y "$height" 2>/dev/null || true
  await 'prompt$'
  press "stty -a > '$dir/before'; clear; echo shell-before" Enter
  await 'shell-before'
  press "'$binary' --demo --demo-now 2026-11-24T12:00:00Z --zone UTC; echo left-with-\$?" Enter
  await '1 Events'
  await 'Song Played'
  await '? help'

  press '/'
  press -l 'song'
  await 'song'
  press Escape
  await '? help'
  press Escape
  await 'Song Played'

  press Enter
  await 'segment '
  await '? help'
  press '?'
  sleep 0.5
  press Escape
  await 'segment '
  press Escape
  await '1 Events'
  await 'Song Played'

  press '4'
  await 'all cohorts'
  press 'j'
  await 'cohort of Tue 24 Nov'
  press '5'
  await 'look up'
  press -l 'ada@'
  press Enter
  await 'found by'
  press 'Y'
  await 'the ticket text'
  press Escape
  press '1'
  await 'Song Played'

  press 'Q' # q would go back through the views
  await 'left-with-0'
  await 'shell-before'
  gone '1 Events'
  press "stty -a > '$dir/after'; echo stty-done" Enter
  await 'stty-done'
  cmp "$dir/before" "$dir/after" || fail 'the terminal settings have changed'
  [ "$(t display-message -p -t ci '#{alternate_on}#{mouse_any_flag}#{cursor_flag}')" = 001 ] ||
    fail 'alternate screen, mouse or cursor are not as before'
  t kill-session -t ci
}

session 80 24
session 120 36
session 60 15
