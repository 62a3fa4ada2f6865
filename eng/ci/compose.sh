#!/usr/bin/env bash
# docker-compose.yml without Docker: checks the file, then runs the same processes with the settings that it gives them
# on ports and in folders of their own, waits for the first shipped parcel and for the page, and tries what the broker
# has to refuse. Needs the Release build, mosquitto and docker-compose (which reads the file; no engine is asked).
set -euo pipefail
cd "$(dirname "$0")/../.."
export PATH="$PATH:/usr/sbin" DOTNET_NOLOGO=1
program=$PWD/silo/bin/Release/net10.0/Warehouse.Silo.dll
[ -f "$program" ] || { echo "no Release build of the silo: dotnet build -c Release"; exit 1; }

# Made up for this run; .env files are for people.
export MQTT_SILO_PASSWORD=silo-$RANDOM$RANDOM MQTT_PLANT_PASSWORD=plant-$RANDOM$RANDOM WAREHOUSE_API_KEY=ci-key-$RANDOM$RANDOM$RANDOM$RANDOM
folder=$(mktemp -d)
chmod 711 "$folder" # the broker's own user has to pass
: >"$folder/none.env" # whoever has an .env of their own is not asked
docker-compose --env-file "$folder/none.env" config >"$folder/compose.yml"

begun=$SECONDS
declare -A running=()
stop() {
    for name in page plant silo broker; do
        [ -z "${running[$name]:-}" ] || { kill -TERM "${running[$name]}" 2>/dev/null && wait "${running[$name]}" 2>/dev/null; } || true
    done
}
trap 'stop; rm -rf "$folder"' EXIT
fail() { # fail WHY LOG...
    echo "$1"; shift
    for log in "$@"; do echo "--- $log"; tail -25 "$folder/$log.log"; done
    exit 1
}

settings() { python3 eng/ci/compose_settings.py "$@" <"$folder/compose.yml"; }
play() { # play NAME SERVICE PROGRAM... -- NAME=VALUE...: the program with the service's environment, some of it replaced
    local name=$1 service=$2; shift 2
    local words=()
    while [ "$1" != "--" ]; do words+=("$1"); shift; done
    shift
    settings "$service" "$@" >"$folder/$name.env"
    local pairs=()
    mapfile -t pairs <"$folder/$name.env"
    env -u MQTT_SILO_PASSWORD -u MQTT_PLANT_PASSWORD -u WAREHOUSE_API_KEY "${pairs[@]}" "${words[@]}" >"$folder/$name.log" 2>&1 &
    running[$name]=$!
}
free() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
within() { # within SECONDS COMMAND...: tries until it is so
    local until=$((SECONDS + $1)); shift
    until "$@"; do [ $SECONDS -lt $until ] || return 1; sleep 0.5; done
}

broker=$(free) api=$(free) page=$(free)
upstream=http://127.0.0.1:$api
mqtt=(Warehouse__Mqtt__Host=127.0.0.1 Warehouse__Mqtt__Port="$broker")
export MQTT_FOLDER=$folder/broker MQTT_LISTENER="$broker 127.0.0.1"

say() { mosquitto_pub -h 127.0.0.1 -p "$broker" -V 5 -q 1 -m '{}' "$@" 2>&1; }
refused() { # refused WHY WORDS...: the broker's answer has to be "not authorized"
    local why=$1 answer; shift
    answer=$(say "$@") || true
    grep -qi 'not authori[sz]ed' <<<"$answer" || fail "the broker took $why: ${answer:-without a word}" broker
}
taken() { say "$@" >/dev/null; [ -z "$(say "$@")" ]; }

play broker mosquitto docker/mosquitto/start.sh --
silo=(-u silo -P "$MQTT_SILO_PASSWORD") plant=(-u plant -P "$MQTT_PLANT_PASSWORD")
within 20 taken "${silo[@]}" -t ptl/v1/CI/none/cmd || fail "the broker does not take the silo's command" broker
taken "${plant[@]}" -t ptl/v1/CI/none/evt || fail "the broker does not take the plant's event" broker
refused "nobody" -t ptl/v1/CI/none/cmd
refused "a wrong password" -u silo -P "$MQTT_PLANT_PASSWORD" -t ptl/v1/CI/none/cmd
refused "a tag's press from the silo" "${silo[@]}" -t ptl/v1/CI/none/evt
refused "a vehicle's state from the silo" "${silo[@]}" -t uagv/v2/virtual/CI-V01/state
refused "a light from the plant" "${plant[@]}" -t ptl/v1/CI/none/cmd
refused "an order from the plant" "${plant[@]}" -t uagv/v2/virtual/CI-V01/order
refused "any other topic from the silo" "${silo[@]}" -t elsewhere
echo "broker: six strangers refused after $((SECONDS - begun)) s"

healthy() { Warehouse__Api__Port=$api Warehouse__Api__Key=$WAREHOUSE_API_KEY dotnet "$program" --health; }
status() { curl -s -o /dev/null -w '%{http_code}' --max-time 5 "$@" || true; }
shows() { local html; html=$(curl -s --max-time 5 -H "X-Api-Key: $WAREHOUSE_API_KEY" "http://127.0.0.1:$page/") && grep -q "$1" <<<"$html"; }

play silo silo dotnet "$program" -- Warehouse__Data__Folder="$folder/data" Warehouse__Api__Bind=127.0.0.1 Warehouse__Api__Port="$api" "${mqtt[@]}"
within 90 healthy || fail "the silo is not healthy" silo broker
play plant plant dotnet "$program" -- Warehouse__Api__Upstream="$upstream" "${mqtt[@]}"
play page page dotnet "$program" -- Warehouse__Api__Bind=127.0.0.1 Warehouse__Api__Port="$page" Warehouse__Api__Upstream="$upstream"
shipped() { grep -q -E 'shipped [1-9]' "$folder/silo.log"; }
within 240 shipped || fail "no parcel was shipped within 240 s" silo plant broker
echo "silo and plant: first parcel after $((SECONDS - begun)) s"

within 60 shows 'data-testid="clock"' || fail "the page shows no floor" page silo
[ "$(status "http://127.0.0.1:$page/")" = 401 ] || fail "the page opens without the key" page
[ "$(status "$upstream/api/health")" = 401 ] || fail "the silo answers without the key" silo
echo "page: 200 with the key and a floor on it, 401 without"

for name in page plant silo; do
    kill -TERM "${running[$name]}"
    code=0; wait "${running[$name]}" || code=$?
    unset "running[$name]"
    case $code in 0|143) ;; *) fail "$name ended with $code" "$name" ;; esac
done
