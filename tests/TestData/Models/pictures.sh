#!/usr/bin/env bash
# Takes two photographs (a cat, a cup of coffee; both in the public domain, CC0) out of Debian's python3-skimage into artifacts/photos,
# without installing the package. Optional: the tests say what they left out where the photographs are missing.
set -euo pipefail

cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../../.."
photos=(chelsea.png coffee.png)
mkdir -p artifacts/photos
[ -f artifacts/photos/chelsea.png ] && [ -f artifacts/photos/coffee.png ] && exit 0

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
{ apt-get download -qq python3-skimage || { apt-get update -qq && apt-get download -qq python3-skimage; }; } >/dev/null 2>&1
cd - >/dev/null
dpkg-deb --fsys-tarfile "$folder"/python3-skimage_*.deb | tar -x -C "$folder" --wildcards "${photos[@]/#/*/skimage/data/}"
for photo in "${photos[@]}"; do
  mv "$(find "$folder" -name "$photo" -print -quit)" "artifacts/photos/$photo"
done
