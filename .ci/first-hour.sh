#!/usr/bin/env bash
# The first hour of someone who has the packages and the README: from an empty folder to the first call of a tool, and to a plugin that is
# tested, published and packed for a release. Prints when each step was done; fails where the first call takes longer than two minutes or the
# release longer than fifteen. Packing is not counted, and packages of others come from the user's cache.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
version=0.0.1-first-hour
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Where tools of projects lie is remembered there, and a run before this one had them in another place.
export DOTNET_CLI_HOME=$work/home

for project in Orchestra.Sdk Orchestra.Templates examples/Host; do
    dotnet pack "$project" --configuration Debug -p:PackageVersion=$version --output "$work/feed" --nologo -v quiet
done
cache=${NUGET_PACKAGES:-$HOME/.nuget/packages}
unset NUGET_PACKAGES
mkdir "$work/empty"
cat > "$work/nuget.config" << END
<configuration>
  <config><add key="globalPackagesFolder" value="packages" /></config>
  <fallbackPackageFolders><add key="user" value="$cache" /></fallbackPackageFolders>
  <packageSources><add key="feed" value="feed" /></packageSources>
</configuration>
END

cd "$work/empty"
SECONDS=0

# The templates of the user who runs this stay as they are.
new() { dotnet new "$@" --debug:custom-hive "$work/hive"; }

# run COMMAND...: runs it, and shows what it printed only if it fails.
run() {
    if ! "$@" > "$work/log" 2>&1; then
        printf 'First hour: %s failed:\n' "$*" >&2
        cat "$work/log" >&2
        exit 1
    fi
}

# done_by LIMIT WHAT: says when a step was done, in seconds since the start.
done_by() {
    printf 'First hour: %3d s  %s\n' "$SECONDS" "$2"
    if ((SECONDS > $1)); then
        printf 'First hour: that is more than %d s\n' "$1" >&2
        exit 1
    fi
}

# expect TEXT COMMAND...: runs it and looks for a text in what it prints.
expect() {
    local expected=$1
    shift
    run "$@"
    if ! grep -qF -- "$expected" "$work/log"; then
        printf 'First hour: %s: expected %s, got:\n' "$*" "$expected" >&2
        cat "$work/log" >&2
        exit 1
    fi
}

run new install Orchestra.Templates@$version --add-source "$work/feed"
run dotnet tool install Orchestra.Dev --version $version --add-source "$work/feed" --tool-path "$work/tools"
run new orchestra-plugin-file -n hello
expect 'Hello, Ada!' "$work/tools/orchestra-dev" call hello.cs greet name=Ada
done_by 120 "the first tool was called"

run new orchestra-plugin -n MyPlugin
cd MyPlugin
expect 'Passed!' dotnet test
done_by 900 "a project was made and its tests have passed"

run dotnet publish -p:OrchestraAsset=true -p:OrchestraBundle=true
(cd artifacts/release && run sha256sum --check ./*.sha256)
mkdir installed
tar -xzf artifacts/release/my-plugin-*.tar.gz -C installed
run dotnet tool restore
expect '"title":"Call Ada"' dotnet orchestra-dev call installed/my-plugin add_todo '{"title":"Call Ada"}'
test -s artifacts/release/my-plugin.mcpb
done_by 900 "its native binary was published, packed for a release, unpacked and called"
