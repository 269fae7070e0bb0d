#!/usr/bin/env bash
# Mutates the generator's parser and emitter, and the binding at run time. Takes about an hour on two cores.
# Arguments go to the mutation tester: `run.sh generators --mutate 'Parsing/Bound.cs'`.
set -euo pipefail
cd "$(dirname "$0")"
export TESTINGPLATFORM_VSTESTBRIDGE_RUNSETTINGS_FILE=$PWD/mutation.runsettings
dotnet tool restore

run() {
    local part=$1
    shift
    dotnet stryker --config-file "stryker-$part.json" "$@"
}

if [ $# -gt 0 ]; then
    run "$@"
else
    run generators
    run binding
fi
