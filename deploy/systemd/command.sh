#!/bin/sh
# sprintcast-demo as the units run it: as their user, in their folder, with their settings. For root.
set -eu
set -a
. /etc/sprintcast/demo.env
. /etc/sprintcast/store.env
set +a
cd /var/lib/sprintcast
exec runuser -u sprintcast -- /usr/bin/node /opt/sprintcast/demo/cli/cli.js "$@"
