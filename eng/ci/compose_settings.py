"""Prints the environment that docker-compose.yml gives a service, for a run on this machine without Docker.

usage: docker-compose config | compose_settings.py SERVICE [NAME=VALUE ...]

Lines NAME=VALUE; each given one replaces a line that must be there (ports and folders, which one machine has to share).
Ends with an error when a service names a neighbour or a port that the file does not have.
"""
import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

import yaml

CONFIG = Path(__file__).parents[2] / "docker" / "mosquitto" / "mosquitto.conf"


def broker_port() -> str:
    return re.search(r"^listener (\d+)", CONFIG.read_text(), re.MULTILINE).group(1)


def check(services: dict, name: str) -> None:
    """Whoever is named is there, is waited for, is on a common network, and listens where it is expected."""
    environment = services[name]["environment"]
    if host := environment.get("Warehouse__Mqtt__Host"):
        reachable(services, name, host)
        expect(environment["Warehouse__Mqtt__Port"], broker_port(), f"{name}: port of {host}")
        secret = f"MQTT_{environment['Warehouse__Mqtt__User'].upper()}_PASSWORD"
        expect(environment["Warehouse__Mqtt__Password"], services[host]["environment"][secret], f"{name}: password at {host}")
    if upstream := environment.get("Warehouse__Api__Upstream"):
        address = urlsplit(upstream)
        reachable(services, name, address.hostname)
        silo = services[address.hostname]["environment"]
        expect(str(address.port), silo["Warehouse__Api__Port"], f"{name}: port of {address.hostname}")
        expect(environment["Warehouse__Api__Key"], silo["Warehouse__Api__Key"], f"{name}: key of {address.hostname}")
    for port in services[name].get("ports", []):
        text = port if isinstance(port, str) else f"{port.get('host_ip', '')}:{port['published']}:{port['target']}"
        if not text.startswith("127.0.0.1:"):
            sys.exit(f"{name}: {text} is published beyond this machine")
        expect(text.split("/")[0].split(":")[-1], environment["Warehouse__Api__Port"], f"{name}: published port")


def reachable(services: dict, name: str, other: str) -> None:
    if other not in services:
        sys.exit(f"{name}: there is no service {other}")
    if not set(services[name]["networks"]) & set(services[other]["networks"]):
        sys.exit(f"{name} and {other} share no network")


def expect(found: str, wanted: str, what: str) -> None:
    if str(found) != str(wanted):
        sys.exit(f"{what} is {found}, and there it is {wanted}")


def main() -> None:
    services = yaml.safe_load(sys.stdin)["services"]
    name, replaced = sys.argv[1], dict(pair.split("=", 1) for pair in sys.argv[2:])
    environment = {key: str(value) for key, value in services[name]["environment"].items()}
    if name != "mosquitto":
        check(services, name)
    for key, value in replaced.items():
        if key not in environment:
            sys.exit(f"{name}: docker-compose.yml does not set {key}")
        environment[key] = value
    print("\n".join(f"{key}={value}" for key, value in sorted(environment.items())))


if __name__ == "__main__":
    main()
