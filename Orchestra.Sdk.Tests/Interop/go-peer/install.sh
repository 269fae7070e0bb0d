#!/usr/bin/env bash
# Installs what build.sh needs, as Debian packages. Debian 12 has recent enough ones in its backports suite.
set -euo pipefail

# Older packages of quic-go are at another path.
if command -v go > /dev/null && command -v protoc-gen-go > /dev/null && command -v protoc > /dev/null &&
    [ -d /usr/share/gocode/src/github.com/quic-go/quic-go ]; then
    exit 0
fi

packages=(
    golang-go golang-github-lucas-clemente-quic-go-dev golang-google-protobuf-dev
    protobuf-compiler libprotobuf-dev protoc-gen-go-1-5)

# Before the first update apt knows no archive's code name.
apt-get update -qq

# shellcheck source=/dev/null
codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
backports=$codename-backports
suite=()
if [ "$codename" = bookworm ]; then
    suite=(--target-release "$backports")
    # The archive that is configured already also holds the backports.
    archive=$(apt-get indextargets --format '$(CODENAME) $(REPO_URI)' 'Created-By: Packages' |
        awk -v codename="$codename" '$1 == codename { print $2; exit }')
    if ! apt-get indextargets --format '$(CODENAME)' 'Created-By: Packages' | grep -qx "$backports"; then
        echo "deb $archive $backports main" > "/etc/apt/sources.list.d/$backports.list"
        apt-get update -qq
    fi
fi

DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${suite[@]}" "${packages[@]}"
