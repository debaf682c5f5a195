#!/bin/bash
# with-secret-service.sh COMMAND ARGUMENTS...: runs the command beside a
# throw-away, unlocked Secret Service on a bus of its own.
set -euo pipefail

if [ -z "${WSS_INNER:-}" ]; then
  dir=$(mktemp -d)
  trap 'rm -rf "$dir"' EXIT
  rc=0
  # HOME must exist, or the bus waits minutes for the service.
  env -u DBUS_SESSION_BUS_ADDRESS -u GNOME_KEYRING_CONTROL -u DISPLAY -u WAYLAND_DISPLAY \
    WSS_INNER=1 WSS_DIR="$dir" \
    GOPATH="$(go env GOPATH)" GOCACHE="$(go env GOCACHE)" GOMODCACHE="$(go env GOMODCACHE)" \
    HOME="$dir" XDG_RUNTIME_DIR="$dir" XDG_DATA_HOME="$dir/data" XDG_CACHE_HOME="$dir/cache" XDG_CONFIG_HOME="$dir/config" \
    dbus-run-session -- "$(readlink -f "$0")" "$@" </dev/null || rc=$?
  exit "$rc"
fi

# In the foreground: one that makes itself a daemon races with the bus's own
# activation, and the second one outlives the bus.
printf ci | gnome-keyring-daemon --unlock --foreground --components=secrets >"$WSS_DIR/daemon.log" 2>&1 &
daemon=$!
trap 'kill "$daemon" 2>/dev/null || true; wait "$daemon" 2>/dev/null || true' EXIT

ready=
for _ in $(seq 200); do
  if gdbus call --session -d org.freedesktop.DBus -o /org/freedesktop/DBus \
    -m org.freedesktop.DBus.NameHasOwner org.freedesktop.secrets 2>/dev/null | grep -q true; then
    ready=yes
    break
  fi
  sleep 0.05
done
if [ -z "$ready" ]; then
  echo "with-secret-service.sh: the Secret Service did not start" >&2
  cat "$WSS_DIR/daemon.log" >&2
  exit 1
fi
"$@"
