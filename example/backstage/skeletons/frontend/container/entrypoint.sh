#!/bin/sh
# Writes what depends on the environment to /tmp, the only place that can be written to, and starts nginx.
set -eu

here=$(dirname "$0")
if [ -s /proc/net/if_inet6 ]; then ipv6=yes; else ipv6=no; fi

jq -n -f "$here/config.jq" >/tmp/config.json
jq -nr --arg ipv6 "$ipv6" --slurpfile policy "$here/policy.json" -f "$here/server.jq" >/tmp/server.conf

exec "$@"
