# bench.sh, for .ci/measure and .ci/large to source with their arguments: the program and
# ptybench, built in a folder that goes with the script, and the server of large answers.
# shellcheck shell=bash
bench=$(readlink -f "${1:?the folder or the binary of ptybench}")
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT
if [ -d "$bench" ]; then
  go build -C "$bench" -o "$work/ptybench" .
  bench=$work/ptybench
fi
export CGO_ENABLED=0
go build -trimpath -ldflags '-s -w' -o "$work/amptui" .

# serve_large GROUPS: from here on the program asks a server whose answers are as large as
# any, and a segmentation of it has so many groups.
serve_large() {
  go build -o "$work/huge" ./.ci/huge
  "$work/huge" "$work/address" "$1" &
  server=$!
  until [ -s "$work/address" ]; do sleep 0.1; done
  AMPTUI_BASE_URL=$(cat "$work/address")
  export AMPTUI_BASE_URL AMPLITUDE_API_KEY=key-of-nobody AMPLITUDE_SECRET_KEY=secret-of-nobody HOME=$work/home
  mkdir "$HOME"
}
