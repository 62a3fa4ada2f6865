#!/usr/bin/env bash
# The README's run command on an empty folder: waits for the first shipped parcel on the API, then stops it as a
# person would and expects a clean end.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
log="$folder/run.log"
begun=$SECONDS

# setsid: a process group of its own, so that the signal reaches the program that `dotnet run` starts.
setsid dotnet run -c Release --project silo -- --data "$folder/data" --port 5580 >"$log" 2>&1 &
run=$!
stop() { kill -TERM -- "-$run" 2>/dev/null || true; }
trap 'stop; rm -rf "$folder"' EXIT

if ! timeout 180 grep -q -m1 -E 'shipped [1-9]' <(tail -n +1 -F "$log" --pid="$run" 2>/dev/null); then
    echo "no parcel was shipped within 180 s:"; tail -40 "$log"; exit 1
fi
echo "first parcel after $((SECONDS - begun)) s"

stop
code=0
wait "$run" || code=$?
if ! grep -q -i 'open' <(tail -5 "$log"); then echo "it did not say what is open:"; tail -20 "$log"; exit 1; fi
case $code in 0|130|143) tail -3 "$log" ;; *) echo "ended with $code:"; tail -40 "$log"; exit 1 ;; esac
