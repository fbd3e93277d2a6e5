#!/bin/sh
# The way in on a machine that has only Node with npm, and Python: gets Bun into .accord/tools and the packages
# into node_modules when they are missing or older than bun.lock, then runs the given program with Bun.
# With nothing to do it costs a few milliseconds.
set -eu

bun_version=1.4.5
root=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd)
tools=${ACCORD_TOOLS:-$root/.accord/tools}
bun_home=$tools/bun-$bun_version
installed=$root/node_modules/.accord-installed

refuse() {
  printf '%s\n' "$1" >&2
  exit 1
}

make_folder() {
  mkdir -p "$1" 2>/dev/null && [ -w "$1" ] ||
    refuse "Accord cannot write in $1. Run it from a folder of your own."
}

# npm may be told to run no install scripts, so that `bun` stays a stub: then the platform's package has it.
find_bun() {
  for candidate in "$bun_home"/node_modules/.bin/bun "$bun_home"/node_modules/@oven/*/bin/bun; do
    if [ -x "$candidate" ] && [ "$("$candidate" --version 2>/dev/null)" = "$bun_version" ]; then
      printf '%s' "$candidate"
      return
    fi
  done
}

get_bun() {
  command -v npm >/dev/null 2>&1 ||
    refuse "npm is missing, it gets Bun $bun_version, which runs everything. Install Node 20 or newer: https://nodejs.org"
  printf 'getting Bun %s …\n' "$bun_version" >&2
  make_folder "$tools"
  half=$tools/.bun-$$
  trap 'rm -rf "$half"' EXIT
  trap 'rm -rf "$half"; exit 130' INT TERM HUP
  mkdir "$half"
  npm install --prefix "$half" --no-fund --no-audit --no-save --loglevel=error "bun@$bun_version" >"$half/log" 2>&1 ||
    refuse "Bun $bun_version could not be had from npm: $(grep -v '^npm error A complete' "$half/log" | tail -n 1). Check the network, then run this again."
  rm -rf "$bun_home"
  mv "$half" "$bun_home"
  trap - EXIT INT TERM HUP
}

bun_link=$bun_home/bun
if [ ! -x "$bun_link" ]; then
  bun=$(find_bun)
  if [ -z "$bun" ]; then
    get_bun
    bun=$(find_bun)
    [ -n "$bun" ] || refuse "The Bun from npm does not run on this machine ($(uname -sm)). Install Bun $bun_version yourself: https://bun.sh"
  fi
  ln -sf "$bun" "$bun_link"
fi

# `just` itself, so that later runs need neither npx nor a network: .accord/tools/just up
if [ -n "${ACCORD_JUST:-}" ] && [ -w "$tools" ] && [ ! -e "$tools/just" ]; then
  cp "$ACCORD_JUST" "$tools/just" 2>/dev/null || true
fi

if [ ! -e "$installed" ] || [ "$root/bun.lock" -nt "$installed" ]; then
  make_folder "$root/node_modules"
  printf 'installing packages …\n' >&2
  (cd "$root" && "$bun_link" install --frozen-lockfile --silent) ||
    refuse "The packages could not be installed. Check the network, then run this again."
  : >"$installed"
fi

exec "$bun_link" "$@"
