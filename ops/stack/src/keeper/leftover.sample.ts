/** A test process that makes one of each and then hangs, to be killed. Started by keeper.test.ts. */
import { createTestDatabase, startTestNats, testRedis } from '../harness.ts'

const nats = await startTestNats()
const connection = await nats.connect('chat')
const database = await createTestDatabase('kit', `${import.meta.dir}/../harness/sample-migrations`)
const redis = await testRedis()
console.log(JSON.stringify({ natsUrl: nats.url, databaseUrl: database.url, redis }))
await connection.closed()
await Bun.sleep(60_000)
