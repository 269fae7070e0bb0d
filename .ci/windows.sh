#!/usr/bin/env bash
# The examples as programs for Windows, run under Wine: by themselves, by their own Host, by the Host of Linux and by a Go client.
# It needs wine, and the Go peer of the tests.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v wine > /dev/null; then
    echo "Windows: not tried, since there is no wine here (apt-get install wine)"
    exit 0
fi

work=$(mktemp -d)
export WINEPREFIX=$work/prefix WINEDEBUG=-all
finish() {
    wineserver -k || true
    rm -rf "$work"
}
trap finish EXIT

check() {
    local what=$1 expected=$2 seen=$3
    if [[ $seen != *"$expected"* ]]; then
        printf 'Windows: %s: expected %s, got:\n%s\n' "$what" "$expected" "$seen" >&2
        exit 1
    fi
    printf 'Windows: %s\n' "$what"
}

# What .NET supports is Windows 10 and above.
timeout 120 wine reg add 'HKCU\Software\Wine' /v Version /d win10 /f > /dev/null

publish() { dotnet publish "$1" -r win-x64 --self-contained -p:PublishAot=false -o "$work/$2" --nologo -v quiet; }
publish examples/Greeter greeter
publish examples/Notes notes
publish examples/Host host

# A program for the tools of Linux, which starts one of Windows.
launcher() {
    printf '#!/bin/sh\nexec wine "%s" "$@"\n' "$2" > "$work/$1"
    chmod +x "$work/$1"
}
launcher greeter-on-wine "$work/greeter/greeter.exe"

check "greeter.exe --manifest" '"id":"tools.greet"' "$(timeout 60 wine "$work/greeter/greeter.exe" --manifest)"
check "notes.exe --manifest" '"id":"tools.notes"' "$(timeout 60 wine "$work/notes/notes.exe" --manifest)"

answer=$(timeout 120 wine "$work/host/Host.exe" call "$work/greeter/greeter.exe" greet '{"name":"Zoë"}' 2> "$work/log" || cat "$work/log")
check "Host.exe call greeter.exe" '{"text":"Hello, Zoë!"}' "$answer"

answer=$(timeout 120 dotnet run --project examples/Host --no-build -- call "$work/greeter-on-wine" greet '{"name":"Ada"}' 2> "$work/log" || cat "$work/log")
check "the Host of Linux calls greeter.exe" '{"text":"Hello, Ada!"}' "$answer"

# A Go client, with the authority that greeter.exe has made.
mkdir "$work/certs"
"$work/greeter-on-wine" --certs-dir "$work/certs" 2> "$work/log" < /dev/null &
for _ in $(seq 100); do
    ready=$(tr -d '\r' < "$work/log" | sed -n 's/^READY //p')
    [ -n "$ready" ] && break
    sleep 0.2
done
answer=$(printf '%s\n' "{\"command\":\"dial\",\"address\":\"$ready\"}" \
    '{"command":"calls","count":100,"callers":4,"tool":"greet","arguments":"{\"name\":\"Go\"}","expected":"{\"text\":\"Hello, Go!\"}"}' |
    timeout 60 Orchestra.Sdk.Tests/Interop/go-peer/bin/go-peer client --certs-dir "$work/certs" --name orchestrator-to-tools.greet)
check "a Go client calls greeter.exe" '"calls":100,"failed":0' "$answer"
