#!/bin/bash
# Runs once, when the primary is set up: the bot's database, and a standby that every commit waits for. The standby's name is set at the end and
# counts from the next start on, or nothing could be committed here.
set -euo pipefail
psql -v ON_ERROR_STOP=1 --no-password -U "$POSTGRES_USER" -d postgres \
  -v bot="$(</run/secrets/bot_password)" -v replication="$(</run/secrets/replication_password)" <<'SQL'
CREATE ROLE factbot LOGIN PASSWORD :'bot';
CREATE DATABASE factbot OWNER factbot;
CREATE ROLE replication LOGIN REPLICATION PASSWORD :'replication';
SELECT pg_create_physical_replication_slot('standby');
ALTER SYSTEM SET synchronous_standby_names = 'standby';
SQL
echo 'host replication replication all scram-sha-256' >>"$PGDATA/pg_hba.conf"
