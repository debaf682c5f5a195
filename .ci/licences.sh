#!/bin/bash
# .ci/licences.sh: the licences of everything that is linked into the program on any
# system, a module a line. With --check it only says whether .licences is still right;
# with --texts it prints the licences themselves, which go wherever the binary goes.
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

# linked gives what is linked in: a template's lines, each once.
linked() {
  for system in linux darwin windows; do
    GOOS=$system go list -deps -f "{{with .Module}}{{if not .Main}}$1{{end}}{{end}}" .
  done | LC_ALL=C sort -u
}

list() {
  linked '{{.Path}}{{"\t"}}{{.Version}}{{"\t"}}{{.Dir}}' | while IFS=$'\t' read -r path version dir; do
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

# print TITLE FILE...: under a title, files as they are.
print() {
  local rule='================================================================================'
  printf '%s\n%s\n%s\n' "$rule" "$1" "$rule"
  shift
  for file; do
    printf '\n'
    tr -d '\r' <"$file"
    [ -z "$(tail -c 1 "$file")" ] || printf '\n'
  done
  printf '\n'
}

# licensing FOLDER: the files in it that are about licences.
licensing() {
  find "$1" -maxdepth 1 -type f \( -iname 'licen[sc]e*' -o -iname 'copying*' -o -iname 'notice*' -o -iname 'patents*' \) | LC_ALL=C sort
}

texts() {
  printf 'amptui has these linked in, on one system or another.\n\n'
  print 'the standard library of Go' "$(go env GOROOT)/LICENSE" "$(go env GOROOT)/PATENTS"
  linked '{{.Path}} {{.Version}}{{"\t"}}{{.Dir}}' | while IFS=$'\t' read -r module root; do
    mapfile -t files < <(licensing "$root")
    if [ "${#files[@]}" = 0 ]; then
      print "$module" <(
        awk '/^#+ / { named = /Licen[sc]e|Author/ } named' "$root/README.md"
        printf '\nIt has no more than this. What that licence says stands at others here.\n'
      )
    else
      print "$module" "${files[@]}"
    fi
  done
  # What a module has taken from elsewhere has its own beside it.
  linked '{{.Path}} {{.Version}}{{"\t"}}{{.Dir}}{{"\t"}}{{$.Dir}}' | while IFS=$'\t' read -r module root dir; do
    while [ "$dir" != "$root" ]; do
      licensing "$dir" | while IFS= read -r file; do printf '%s, %s\t%s\n' "$module" "${file#"$root"/}" "$file"; done
      dir=$(dirname "$dir")
    done
  done | LC_ALL=C sort -u | while IFS=$'\t' read -r title file; do print "$title" "$file"; done
}

if [ "${1:-}" = --texts ]; then
  texts
  exit
fi
if [ "${1:-}" = --check ]; then
  diff -u .licences <(list) || { echo 'licences: run .ci/licences.sh' >&2; exit 1; }
  exit
fi
list >.licences.new
mv .licences.new .licences
