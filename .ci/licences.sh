#!/bin/bash
# .ci/licences.sh: the licences of everything that is linked into the program on any
# system, a module a line. With --check it only says whether .licences is still right.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."

# kind names a licence by sentences that only it has.
kind() {
  local text
  text=$(tr -s ' \n\t' ' ' <"$1")
  case $text in
    *'Apache License'*'Version 2.0'*) echo Apache-2.0 ;;
    *'Permission is hereby granted, free of charge'*) echo MIT ;;
    *'Redistribution and use in source and binary forms'*'either the name'* | *'Redistribution and use in source and binary forms'*'Neither the name'* | *'Redistribution and use in source and binary forms'*'name of the copyright holder'*) echo BSD-3-Clause ;;
    *'Redistribution and use in source and binary forms'*) echo BSD-2-Clause ;;
    *'Permission to use, copy, modify, and/or distribute'* | *'Permission to use, copy, modify, and distribute'*) echo ISC ;;
    *'Mozilla Public License'*) echo MPL-2.0 ;;
    *) return 1 ;;
  esac
}

list() {
  for system in linux darwin windows; do
    GOOS=$system go list -deps -f '{{with .Module}}{{if not .Main}}{{.Path}}{{"\t"}}{{.Version}}{{"\t"}}{{.Dir}}{{end}}{{end}}' .
  done | sort -u | while IFS=$'\t' read -r path version dir; do
    file=$(find "$dir" -maxdepth 1 \( -iname 'licen[sc]e*' -o -iname 'copying*' \) | sort | head -1)
    if [ -n "$file" ]; then
      is=$(kind "$file") || { echo "licences: the licence of $path is none of the known ones" >&2; exit 1; }
    else # some only name it, in a section of the README
      is=$(awk '/^#+ Licen[sc]e/ { named = 1; next } named && NF { print $1; exit }' "$dir/README.md")
      case $is in MIT | BSD-* | Apache-2.0 | ISC) ;; *) echo "licences: $path has no licence" >&2; exit 1 ;; esac
    fi
    printf '%s\t%s\t%s\n' "$path" "$version" "$is"
  done
}

if [ "${1:-}" = --check ]; then
  diff -u .licences <(list) || { echo 'licences: run .ci/licences.sh' >&2; exit 1; }
  exit
fi
list >.licences.new
mv .licences.new .licences
