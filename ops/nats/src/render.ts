/** Writes nats-server.conf from contracts: `bun run render`, after a change of permissions or users. */
import { renderConfiguration } from '@accord/stack/nats/configuration'

await Bun.write(`${import.meta.dir}/../nats-server.conf`, renderConfiguration())
