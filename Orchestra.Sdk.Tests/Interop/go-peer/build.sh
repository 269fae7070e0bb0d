#!/usr/bin/env bash
# Builds bin/go-peer, and bin/go-plugin for benchmarks, offline, from what install.sh installed.
set -euo pipefail
cd "$(dirname "$0")"
repository=$PWD/../../..
bin=$PWD/bin

# Libraries come from Debian's packages, the messages from the protocol's own file.
export GO111MODULE=off GOFLAGS='' GOPATH=$bin/gopath:/usr/share/gocode
messages=$bin/gopath/src/orchestra/messages
mkdir -p "$messages"
protoc --proto_path="$repository/proto" --go_out="$messages" \
    --go_opt=paths=source_relative --go_opt=Morchestra/plugin/v1/plugin.proto='orchestra/messages;messages' \
    orchestra/plugin/v1/plugin.proto
mv "$messages/orchestra/plugin/v1/plugin.pb.go" "$messages/"

plugin=../../../benchmarks/go-plugin
test -z "$(gofmt -l ./*.go $plugin/*.go)"
go vet . $plugin
go build -o "$bin/go-peer" .
go build -ldflags '-s -w' -o "$bin/go-plugin" $plugin
