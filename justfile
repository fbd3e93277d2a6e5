# Accord. `just` alone lists what there is; without just: npx -y rust-just <recipe>.

set positional-arguments

export ACCORD_JUST := just_executable()
stack := "sh ops/stack/bootstrap.sh ops/stack/src/cli.ts"

# List the recipes
[private]
default:
    @"$ACCORD_JUST" --justfile "{{ justfile() }}" --list --unsorted

# Start everything, and end it at Ctrl-C (--detach, --free-ports, --port N, --members N)
[no-exit-message]
up *ARGS:
    @exec {{ stack }} up "$@"

# End what `up --detach` started, or what a killed run has left
[no-exit-message]
down *ARGS:
    @exec {{ stack }} down "$@"

# Show each process, its pid and whether it can take work
[no-exit-message]
status *ARGS:
    @exec {{ stack }} status "$@"

# Read all logs together and follow them (names of processes, --lines N, --once)
[no-exit-message]
logs *ARGS:
    @exec {{ stack }} logs "$@"

# Run every check and every test on real servers (names of packages for some only)
[no-exit-message]
test *ARGS:
    @exec {{ stack }} test "$@"

# Lint, import rules and types, without tests
[no-exit-message]
check *ARGS:
    @exec {{ stack }} check "$@"

# Format every file
[no-exit-message]
fmt *ARGS:
    @exec {{ stack }} fmt "$@"

# The web app with hot reload, against the running Accord
[no-exit-message]
dev *ARGS:
    @exec {{ stack }} dev "$@"

# Write the running Accord's API document to web, which is typed by it
[no-exit-message]
api *ARGS:
    @exec {{ stack }} api "$@"

# Measure the web app of the running Accord: speed, accessibility, good practice
[no-exit-message]
lighthouse *ARGS:
    @exec {{ stack }} lighthouse "$@"

# Bring the databases of the running Accord up to date (one service's, by name)
[no-exit-message]
migrate *ARGS:
    @exec {{ stack }} migrate "$@"

# Add demo members to the running Accord (--members N)
[no-exit-message]
seed *ARGS:
    @exec {{ stack }} seed "$@"

# Copy a service out of the tree so that it stands alone: just lift svc-chat DIR
[no-exit-message]
lift *ARGS:
    @exec {{ stack }} lift "$@"

# Measure gateway, NATS and service against the bare app and a plain proxy
[no-exit-message]
bench *ARGS:
    @exec {{ stack }} bench "$@"

# The NATS CLI on the running Accord: just nats micro ls
[no-exit-message]
nats *ARGS:
    @exec {{ stack }} nats "$@"

# Install the tools of operators and testers (names for some only)
[no-exit-message]
tools *ARGS:
    @exec {{ stack }} tools "$@"

# Events that could not be applied: just dead-letters [service [id]]
[no-exit-message]
dead-letters *ARGS:
    @exec {{ stack }} dead-letters "$@"

# Apply dead letters again: just replay SERVICE ID, or --all
[no-exit-message]
replay *ARGS:
    @exec {{ stack }} replay "$@"

# Build match's projection anew from identity's snapshot
[no-exit-message]
rebuild *ARGS:
    @exec {{ stack }} rebuild "$@"

# Make new key-encryption keys and wrap every data key anew (one service's, by name)
[no-exit-message]
rotate-keys *ARGS:
    @exec {{ stack }} rotate-keys "$@"
