#!/bin/sh
# Makes the password file from the environment and starts the broker with it. Passwords are written as they are into a
# file that only the broker's user can read and hashed there in place, so that they never stand in a list of processes.
set -eu
umask 077
here=$(cd "$(dirname "$0")" && pwd)
folder=${MQTT_FOLDER:-/tmp/mosquitto}
mkdir -p "$folder"

printf 'silo:%s\nplant:%s\n' "${MQTT_SILO_PASSWORD:?is not set}" "${MQTT_PLANT_PASSWORD:?is not set}" >"$folder/passwd"
mosquitto_passwd -U "$folder/passwd"
cp "$here/acl" "$folder/acl"
sed "s/^listener .*/listener ${MQTT_LISTENER:-1883}/" "$here/mosquitto.conf" >"$folder/mosquitto.conf"
unset MQTT_SILO_PASSWORD MQTT_PLANT_PASSWORD

# Started by root, the broker goes on as the user mosquitto, who has to be able to read it all.
[ "$(id -u)" != 0 ] || chown -R mosquitto "$folder"
cd "$folder"
exec mosquitto -c mosquitto.conf
