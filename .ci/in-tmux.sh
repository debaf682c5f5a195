# in-tmux.sh, for checks that drive the program in tmux to source with their arguments: a
# server of its own and a folder, which both go with the script.
# shellcheck shell=bash
binary=$(readlink -f "$1")
socket="amptui-$(basename "$0" .sh)-$$"
dir=$(mktemp -d)
t() { tmux -L "$socket" "$@"; }
cleanup() {
  t kill-server 2>/dev/null || true
  rm -rf "$dir"
}
trap cleanup EXIT
