#!/usr/bin/env bash
# The README's run command on an empty folder: waits for the first shipped parcel, follows the tutorial's commands, then
# stops the house as a person would and expects a clean end.
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

# The tutorial as it stands, but for the port: submitted, read, its stock, taken back.
said=$(grep '^curl ' docs/tutorials/first-order.md | sed 's/5080/5580/' | while read -r line; do bash -c "$line"; echo; done)
for word in '201 Created' '"order":"web/4711"' '"history":[' '"sku":"20725"' '"state":"Cancel'; do
    grep -qF "$word" <<<"$said" || { echo "the tutorial's commands did not answer $word:"; echo "$said"; exit 1; }
done

stop
code=0
wait "$run" || code=$?
if ! grep -q '^stopped;.* Open: ' "$log"; then echo "it did not say what is open:"; tail -20 "$log"; exit 1; fi
case $code in 0|130|143) tail -3 "$log" ;; *) echo "ended with $code:"; tail -40 "$log"; exit 1 ;; esac
