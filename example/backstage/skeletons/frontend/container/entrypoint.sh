#!/bin/sh
# Writes what depends on the environment to /tmp, the only place that can be written to, and starts nginx.
set -eu

here=$(dirname "$0")
export LC_ALL=C

awk -f "$here/server.awk" >/tmp/server.conf
awk -f "$here/config.awk" >/tmp/config.json

exec "$@"
