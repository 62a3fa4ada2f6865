#!/bin/sh
# Makes the password file from the environment and starts the broker with it: for each user of the access list the
# variable MQTT_<USER>_PASSWORD, as users.json names it. Passwords are written as they are into a file that only the
# broker's user can read and hashed there in place, so that they never stand in a list of processes.
set -eu
umask 077
here=$(cd "$(dirname "$0")" && pwd)
folder=${MQTT_FOLDER:-/tmp/mosquitto}
mkdir -p "$folder"

users=$(sed -n 's/^user //p' "$here/acl")
: >"$folder/passwd"
for user in $users; do
    variable=MQTT_$(printf '%s' "$user" | tr 'a-z.-' 'A-Z__')_PASSWORD
    eval "password=\${$variable:-}"
    [ -n "$password" ] || { echo "$variable is not set"; exit 1; }
    printf '%s:%s\n' "$user" "$password" >>"$folder/passwd"
    unset "$variable"
done
mosquitto_passwd -U "$folder/passwd"
cp "$here/acl" "$folder/acl"
sed "s/^listener .*/listener ${MQTT_LISTENER:-1883}/" "$here/mosquitto.conf" >"$folder/mosquitto.conf"
unset password

# Started by root, the broker goes on as the user mosquitto, who has to be able to read it all.
[ "$(id -u)" != 0 ] || chown -R mosquitto "$folder"
cd "$folder"
exec mosquitto -c mosquitto.conf
