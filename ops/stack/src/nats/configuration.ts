import {
  gatewayPermissions,
  operatorPermissions,
  type Permissions,
  provisionerPermissions,
  servicePermissions,
} from '@accord/contracts/permission'
import { type NatsUser, serviceNames } from '@accord/contracts/service'
import { type NatsIdentity, type NatsSeeds, natsIdentities, publicKeyOf } from './identity.ts'

/**
 * The server's configuration, the same in production, on one machine and in tests. What differs (address,
 * folders, certificates, cluster, public keys) comes from `local.conf` beside it.
 */
export function renderConfiguration(): string {
  return `# Made from contracts by \`bun run render\` in ops/nats. Do not edit: change contracts/src/permission.ts.
# local.conf beside this file gives the address, the folder, the public key of every user, and, in
# production, certificates and cluster. A variable that it leaves out is taken from the environment.
include ./local.conf

server_name: $ACCORD_SERVER_NAME
max_payload: 1MB
max_connections: 10000
write_deadline: 10s
ping_interval: 20s
ping_max: 3
lame_duck_duration: 30s

jetstream {
  store_dir: $ACCORD_STORE_DIR
  max_memory_store: 64MB
  max_file_store: 128GB
  # \`always\` in production: an acknowledged event survives the loss of the machine.
  sync_interval: $ACCORD_SYNC_INTERVAL
}

system_account: SYS
accounts {
  SYS {
    users: [
      { nkey: ${variable('surveyor')} }
    ]
  }
  PLATFORM {
    jetstream: enabled
    users: [
${platformUsers().map(renderUser).join('\n')}
    ]
  }
}
`
}

export interface LocalSettings {
  serverName: string
  /** `127.0.0.1:4222`; port -1 takes any. */
  listen: string
  storeFolder: string
  syncAlways: boolean
  seeds: NatsSeeds
  /** Monitoring address, or none. */
  monitor?: string
  /** The server writes a file with its ports here. */
  portsFolder?: string
}

/** The `local.conf` of one machine. Only public keys get into it. */
export function renderLocal(settings: LocalSettings): string {
  const lines = [
    `ACCORD_SERVER_NAME: ${quote(settings.serverName)}`,
    `ACCORD_STORE_DIR: ${quote(settings.storeFolder)}`,
    `ACCORD_SYNC_INTERVAL: ${settings.syncAlways ? 'always' : quote('2m')}`,
    ...natsIdentities.map((name) => `${variable(name).slice(1)}: ${publicKeyOf(settings.seeds[name])}`),
    `listen: ${quote(settings.listen)}`,
    ...(settings.monitor === undefined ? [] : [`http: ${quote(settings.monitor)}`]),
    ...(settings.portsFolder === undefined ? [] : [`ports_file_dir: ${quote(settings.portsFolder)}`]),
  ]
  return `${lines.join('\n')}\n`
}

function platformUsers(): [NatsUser, Permissions][] {
  return [
    ...serviceNames.map((name): [NatsUser, Permissions] => [name, servicePermissions(name)]),
    ['gateway', gatewayPermissions()],
    ['provisioner', provisionerPermissions()],
    ['operator', operatorPermissions()],
  ]
}

function renderUser([name, { publish, subscribe, allowResponses }]: [NatsUser, Permissions]): string {
  // One answer for each request, within the longest deadline that any caller uses.
  const responses = allowResponses ? '\n          allow_responses: { max: 1, expires: "60s" }' : ''
  return `      # ${name}
      {
        nkey: ${variable(name)}
        permissions {
          publish: { allow: ${list(publish)} }
          subscribe: { allow: ${list(subscribe)} }${responses}
        }
      }`
}

const variable = (name: NatsIdentity) => `$ACCORD_NKEY_${name.toUpperCase()}`
const quote = (text: string) => JSON.stringify(text)
const list = (subjects: readonly string[]) =>
  `[\n${[...new Set(subjects)].map((subject) => `            ${quote(subject)}`).join('\n')}\n          ]`
