#!/bin/bash
# shells.sh BINARY: completes command lines in bash, zsh and fish, each in a terminal, and
# looks at the arguments that the completed line then hands to the program.
set -euo pipefail

# shellcheck source=in-tmux.sh
. "$(dirname "$0")/in-tmux.sh"

# What is typed ("|" is the tab key), and the arguments that come of it.
cases() {
  cat <<'CASES'
amptui seg|
<segment>
amptui segment --inter| w|
<segment><--interval><week>
amptui segment --interval=w|
<segment><--interval=week>
amptui --prof| sh|segm|
<--profile><shop><segment>
amptui --demo segment Alb|
<--demo><segment><Album Viewed>
amptui --demo segment Son|Pl|
<--demo><segment><Song Played>
amptui --demo segment "Song Pl|
<--demo><segment><Song Played>
amptui --demo segment 'Song Pl|
<--demo><segment><Song Played>
amptui --demo funnel "Song Played" Song\ Lik| "Album|--by platf|
<--demo><funnel><Song Played><Song Liked><Album Viewed><--by><platform>
amptui --demo users --only="Payment F|
<--demo><users><--only=Payment Failed>
amptui --demo segment Пл|
<--demo><segment><Плейлист поширено>
amptui --events ~/lo| segment It|
<--events><HOME/log.json><segment><It's "so" now>
amptui --events $HOME/log.json segment "It's |
<--events><HOME/log.json><segment><It's "so" now>
amptui --events "$HOME/log.json" segment 'Cost|
<--events><HOME/log.json><segment><Cost's $HOME `id` $(touch ran)>
amptui --events log.json segment "Cost|
<--events><log.json><segment><Cost's $HOME `id` $(touch ran)>
amptui --events=lo| segment Cost|
<--events=log.json><segment><Cost's $HOME `id` $(touch ran)>
amptui --events log.json segment ns:Ba|
<--events><log.json><segment><ns:Back\\slash=* {a,b}; \[x]>
amptui --events log.json segment "Wow|
<--events><log.json><segment><Wow!now>
CASES
}

events() {
  local n=0 name
  while IFS= read -r name; do
    n=$((n + 1))
    name=${name//\\/\\\\}
    printf '{"event_type":"%s","user_id":"u","uuid":"%d","event_time":"2026-11-20 10:00:00.000000"}\n' "${name//\"/\\\"}" "$n"
  done <<'NAMES'
It's "so" now
Cost's $HOME `id` $(touch ran)
ns:Back\slash=* {a,b}; [x]
Wow!now
NAMES
}

fail() {
  echo "shells.sh: $1: $2; the screen was:" >&2
  t capture-pane -p -t "$1" | grep -v '^$' >&2 || true
  return 1
}

# type_in SHELL LINE: with a tab for each "|".
type_in() {
  local rest=$2
  while [[ $rest == *'|'* ]]; do
    t send-keys -t "$1" -l -- "${rest%%|*}"
    t send-keys -t "$1" Tab
    rest=${rest#*|}
  done
  [ -z "$rest" ] || t send-keys -t "$1" -l -- "$rest"
}

lines() { if [ -e "$1" ]; then wc -l <"$1"; else echo 0; fi; }
# await FILE LINES: until the file has so many, at most 10 seconds.
await() {
  for _ in $(seq 200); do
    [ "$(lines "$1")" -lt "$2" ] || return 0
    sleep 0.05
  done
  return 1
}

drive() {
  local shell=$1 home=$dir/$1 start n=0 line want prompts
  mkdir -p "$home/bin" "$home/.zfunc" "$home/.config/fish/completions" "$home/.config/amptui"
  events >"$home/log.json"
  printf '[profiles.shop]\n' >"$home/.config/amptui/config.toml"
  # It notes what it gets, and says when it stands at the prompt again.
  cat >"$home/bin/amptui" <<STUB
#!/bin/sh
case \${1-} in __complete) exec '$binary' "\$@" ;; esac
{ printf '<%s>' "\$@"; echo; } >>'$home/got'
STUB
  chmod +x "$home/bin/amptui"
  "$binary" completion bash >"$home/amptui.bash"
  "$binary" completion zsh >"$home/.zfunc/_amptui"
  "$binary" completion fish >"$home/.config/fish/completions/amptui.fish"
  printf '%s\n' "PROMPT_COMMAND='echo >>~/prompts'" '. ~/amptui.bash' >"$home/.bashrc"
  printf '%s\n' 'precmd() { echo >>~/prompts }' 'fpath=(~/.zfunc $fpath)' 'autoload -Uz compinit' 'compinit -D -u' >"$home/.zshrc"
  printf '%s\n' 'set -g fish_greeting' 'function fish_prompt; echo >>~/prompts; echo "> "; end' >"$home/.config/fish/config.fish"
  case $shell in
  bash) start="bash --noprofile --rcfile '$home/.bashrc' -i" ;;
  *) start="$shell -i" ;;
  esac
  t -f /dev/null new-session -d -s "$shell" -x 120 -y 40 \
    "cd '$home'; exec env -i PATH='$home/bin:$PATH' HOME='$home' TERM=screen LANG=C.UTF-8 $start"
  await "$home/prompts" 1 || fail "$shell" 'no prompt'

  # A tab runs nothing of what stands in the line, which is then given up.
  type_in "$shell" 'amptui --demo segment "$(touch ran)" Alb|'
  for _ in $(seq 200); do
    t capture-pane -p -t "$shell" | grep -q 'Album' && break
    sleep 0.05
  done
  prompts=$(lines "$home/prompts")
  for _ in $(seq 10); do
    t send-keys -t "$shell" C-c
    sleep 0.3
    [ "$(lines "$home/prompts")" -le "$prompts" ] || break
  done
  sleep 0.3

  while IFS= read -r line && IFS= read -r want; do
    n=$((n + 1))
    prompts=$(lines "$home/prompts")
    type_in "$shell" "$line"
    t send-keys -t "$shell" Enter
    await "$home/got" "$n" || fail "$shell" "$line did not end"
    await "$home/prompts" $((prompts + 1)) || fail "$shell" "no prompt after $line"
    [ "$(tail -1 "$home/got")" = "${want//HOME\//$home/}" ] || fail "$shell" "$line became $(tail -1 "$home/got")"
  done < <(cases)
  [ ! -e "$home/ran" ] || fail "$shell" 'completing has run what was typed'
  echo "  $shell: $n lines"
}

pids=()
for shell in bash zsh fish; do
  drive "$shell" &
  pids+=($!)
done
for pid in "${pids[@]}"; do wait "$pid"; done
