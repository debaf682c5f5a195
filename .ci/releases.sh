#!/bin/bash
# releases.sh FOLDER: whether everything in a folder that goreleaser has filled, and that
# has the binary inside, has the licences of what is linked in beside it, as they are now.
set -euo pipefail
ours=$(dirname "$(readlink -f "$0")")/../.release/licences.txt
cd "$1"

checked=0
for file in *.tar.gz *.zip *.deb *.rpm *.apk; do
  [ -e "$file" ] || { echo "releases.sh: there is no $file" >&2; exit 1; }
  inside=usr/share/doc/amptui/licences.txt
  case $file in
  *.tar.gz) tar -xzOf "$file" licences.txt ;;
  *.zip) unzip -p "$file" licences.txt ;;
  *.deb) dpkg-deb --fsys-tarfile "$file" | tar -xOf - "./$inside" ;;
  *.rpm) { rpm2cpio "$file" || true; } | cpio --quiet -i --to-stdout "*$inside" ;;
  *.apk) tar -xzOf "$file" "$inside" 2>/dev/null ;;
  esac | cmp - "$ours" || { echo "releases.sh: $file has not the licences of what is linked in" >&2; exit 1; }
  checked=$((checked + 1))
done
echo "$checked archives and packages have the licences of what is linked in"
