#!/bin/bash
# Make sure a local PostgreSQL answers and print the DATABASE_URL of a role that may create databases.
# For developers' machines and CI (Debian); a real installation is described in docs/run/postgresql.md.
set -euo pipefail

url="postgres://mudmai:mudmai@127.0.0.1:5432/mudmai"

if ! command -v pg_ctlcluster >/dev/null; then
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q postgresql; } >&2 </dev/null
fi
read -r version cluster port status _ < <(pg_lsclusters --no-header)
url="${url/5432/$port}"
if [ "$status" != online ]; then
  pg_ctlcluster "$version" "$cluster" start >&2
fi
for _ in $(seq 30); do
  pg_isready -q -h 127.0.0.1 -p "$port" && break
  sleep 1
done

as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else sudo -n -u postgres "$@"; fi; }
cd /
as_postgres psql -p "$port" -q -v ON_ERROR_STOP=1 >&2 <<'SQL'
DO $$ BEGIN CREATE ROLE mudmai LOGIN CREATEDB PASSWORD 'mudmai'; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
SQL
as_postgres psql -p "$port" -Atc "SELECT 1 FROM pg_database WHERE datname = 'mudmai'" | grep -q 1 ||
  as_postgres createdb -p "$port" -O mudmai -T template0 -E UTF8 mudmai >&2
echo "$url"
