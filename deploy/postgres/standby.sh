#!/bin/bash
# Copies the primary when its own folder is empty, whole or not at all, and then follows it. Its name, by which the primary waits for it, is
# cluster_name. It waits for no standby itself, so that it can commit as soon as it is promoted.
set -euo pipefail
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  PGPASSWORD=$(</run/secrets/replication_password)
  export PGPASSWORD
  until rm -rf "$PGDATA.new" && pg_basebackup -h primary -U replication -D "$PGDATA.new" -S standby -X stream -c fast -R; do
    sleep 2
  done
  mv "$PGDATA.new" "$PGDATA"
fi
exec postgres -c cluster_name=standby -c synchronous_standby_names= -c max_slot_wal_keep_size=4GB
