/**
 * Real servers for the tests of every package: nothing is mocked, nothing is left behind.
 *
 * - `startTestNats()`: a nats-server of its own for a test file, with production's users and permissions;
 * - `createTestDatabase('chat', migrations)`: a database of its own on a Postgres that all tests share;
 * - `someoneWaits(url)`: until what a test has begun waits for a lock that the test holds;
 * - `testRedis()`: a key prefix of its own on a shared Redis;
 * - `testClock()`: time that stands until it is told to go; `testKeyring()`: a new keyring in a file;
 * - `testActor()`, `testActorKeys()`: a signed-in member, and the assertion that the gateway would send;
 * - `startTestService()`: a service in this process, on the three above, asked as the gateway would ask it.
 *
 * ```ts
 * import { afterAll, beforeAll, expect, test } from 'bun:test'
 * import { createTestDatabase, startTestNats, type TestDatabase, type TestNats } from '@accord/stack/harness'
 *
 * let nats: TestNats
 * let database: TestDatabase
 * beforeAll(async () => {
 *   ;[nats, database] = await Promise.all([
 *     startTestNats(),
 *     createTestDatabase('chat', new URL('../../migrations', import.meta.url).href),
 *   ])
 * })
 * afterAll(() => Promise.all([nats.stop(), database.drop()]))
 *
 * test('…', async () => {
 *   const chat = await nats.connect('chat') // nats.seedOf('chat') is its NATS_SEED
 *   …
 * })
 * ```
 *
 * The shared servers are started by whichever test process comes first and end three seconds after the last
 * one is gone (`keeper/main.ts`). A killed test process is cleaned up after: its nats-server, databases and
 * keys go.
 */
export { type TestActorKeys, testActor, testActorKeys } from './harness/actor.ts'
export { type TestClock, testClock } from './harness/clock.ts'
export { createTestDatabase, type TestDatabase } from './harness/database.ts'
export { testKeyring } from './harness/keyring.ts'
export { someoneWaits } from './harness/lock-wait.ts'
export { startTestNats, type TestNats } from './harness/nats.ts'
export { type TestRedis, testRedis } from './harness/redis.ts'
export { startTestService, type TestAnswer, type TestRequest, type TestService } from './harness/service.ts'
