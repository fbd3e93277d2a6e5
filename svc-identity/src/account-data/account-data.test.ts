import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { MemberId } from '@accord/contracts/id'
import { fromUuid, toUuid } from '@accord/contracts/id'
import { someoneWaits } from '@accord/stack/harness'
import { sql } from 'kysely'
import { lockAccount } from '../account/store.ts'
import { listDevices } from '../device/store.ts'
import { type Members, startMembers } from '../fixture/members.sample.ts'
import { picture } from '../fixture/picture.sample.ts'
import { openSession } from '../session/open.ts'

let identity: Members
beforeAll(async () => {
  identity = await startMembers()
})
afterAll(() => identity.stop())

const exported = (who: Parameters<Members['ask']>[0]) => identity.ask(who, 'GET', '/users/export')
const close = (who: Parameters<Members['ask']>[0]) => identity.ask(who, 'DELETE', '/users/account')
const signedInLongAgo = (member: MemberId) => ({ ...identity.actorOf(member), authenticatedAt: 1 })

describe('an export', () => {
  test('has everything that the member said and did', async () => {
    const [ada, bob] = [await identity.visibleMember(), await identity.member()]
    await identity.ask(ada, 'PATCH', '/users/profile', { about: 'My own words' })
    await identity.ask(ada, 'POST', `/users/${bob}/report`, {
      reason: 'scam',
      text: 'What he did',
      alsoBlock: true,
    })
    const { status, body, headers } = await exported(ada)
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(body.account).toMatchObject({ id: ada, emailConfirmed: true })
    expect(body.profile).toMatchObject({
      about: 'My own words',
      birthDate: '1994-05-17',
      city: { name: 'Zürich' },
    })
    expect(body.profile.photos).toHaveLength(1)
    expect(body.consents.history).toHaveLength(3)
    expect(body.blocks).toMatchObject([{ memberId: bob }])
    expect(body.reports).toMatchObject([{ memberId: bob, reason: 'scam', text: 'What he did' }])
  })

  test('has the sessions and devices, without their tokens', async () => {
    const ada = await identity.member()
    const db = identity.deps.db.primary
    const deviceId = await db.transaction().execute(async (trx) => {
      const account = await lockAccount(trx, ada)
      if (!account) throw new Error('there is no account')
      const client = { mode: 'token', userAgent: 'Firefox/140.0 (Linux)', deviceToken: null } as const
      await openSession(trx, identity.deps, account, client, { amr: ['pwd'], trustDevice: true })
      return (await listDevices(trx, ada))[0]?.id ?? ''
    })
    const { body } = await exported(ada)
    expect(body.sessions).toMatchObject([{ device: 'Firefox on Linux', endedAt: null }])
    expect(body.devices).toEqual([
      {
        id: fromUuid('dev', deviceId),
        label: 'Firefox on Linux',
        createdAt: identity.clock().toISOString(),
        lastSeenAt: identity.clock().toISOString(),
        trustedUntil: new Date(identity.clock().getTime() + 30 * 24 * 60 * 60_000).toISOString(),
      },
    ])
  })

  test('has nothing of others: not who blocked or reported the member', async () => {
    const [ada, bob] = [await identity.member(), await identity.member()]
    await identity.ask(bob, 'POST', `/users/${ada}/report`, { reason: 'scam', alsoBlock: true })
    const { body } = await exported(ada)
    expect(JSON.stringify(body)).not.toContain(bob)
  })

  test('needs a fresh sign-in', async () => {
    const ada = await identity.member()
    expect((await exported(signedInLongAgo(ada))).body.code).toBe('step_up_required')
    expect((await exported(null)).status).toBe(401)
  })
})

describe('closing an account', () => {
  test('needs a fresh sign-in', async () => {
    const ada = await identity.member()
    expect((await close(signedInLongAgo(ada))).body.code).toBe('step_up_required')
    expect((await close(null)).status).toBe(401)
    expect((await exported(ada)).status).toBe(200)
  })

  test('removes every row, the key and the photos, ends the sessions and tells the others, once', async () => {
    const [ada, bob] = [await identity.visibleMember(), await identity.visibleMember()]
    const photo = (await identity.upload(ada, await picture(300, 300).jpeg().toBuffer())).body
    await identity.ask(ada, 'POST', `/users/${bob}/report`, {
      reason: 'scam',
      text: 'My words',
      alsoBlock: true,
    })
    const answers = await Promise.all([close(ada), close(ada)])
    expect([...answers, await close(ada)].map(({ status }) => status)).toEqual([204, 204, 204])

    const db = identity.deps.db.primary
    const id = toUuid(ada)
    const left = {
      accounts: await db.selectFrom('accounts').where('id', '=', id).selectAll().execute(),
      claims: await db.selectFrom('email_claims').where('member_id', '=', id).selectAll().execute(),
      profiles: await db.selectFrom('profiles').where('member_id', '=', id).selectAll().execute(),
      photos: await db.selectFrom('photos').where('member_id', '=', id).selectAll().execute(),
      consents: await db.selectFrom('consents').where('member_id', '=', id).selectAll().execute(),
      blocks: await db
        .selectFrom('blocks')
        .where((eb) => eb.or([eb('member_id', '=', id), eb('other_id', '=', id)]))
        .selectAll()
        .execute(),
      keys: await db.selectFrom('data_keys').where('owner', '=', ada).selectAll().execute(),
      leftovers: await db.selectFrom('media_leftovers').selectAll().execute(),
    }
    for (const [table, rows] of Object.entries(left)) expect(rows, table).toEqual([])
    for (const { url } of photo.variants) expect(await identity.media(url)).toBeNull()
    const reports = await db.selectFrom('reports').where('reporter_id', '=', id).selectAll().execute()
    expect(reports).toMatchObject([{ reason: 'scam', text_sealed: null }])
    const types = (await identity.events(ada)).map(({ type }) => type)
    expect(types.filter((type) => type === 'identity.member.deleted')).toHaveLength(1)
    expect(types.at(-1)).toBe('identity.member.deleted')
    const revoked = await db
      .selectFrom('outbox')
      .where('subject', 'like', `%member.${ada}`)
      .selectAll()
      .execute()
    expect(revoked).toHaveLength(1)
  })

  test('makes the member disappear at once, also from the lists of those who had blocked them', async () => {
    const [ada, bob] = [await identity.visibleMember(), await identity.visibleMember()]
    expect((await identity.ask(bob, 'GET', `/users/${ada}`)).status).toBe(200)
    await identity.ask(bob, 'POST', `/users/${ada}/block`)
    await close(ada)
    expect((await identity.ask(bob, 'GET', `/users/${ada}`)).status).toBe(404)
    expect((await identity.ask(bob, 'GET', '/users/blocks')).body.data).toEqual([])
    expect((await identity.ask(bob, 'POST', `/users/${ada}/report`, { reason: 'fake' })).status).toBe(404)
  })

  test('while somebody takes a block back does not lock up', async () => {
    const [ada, bob] = [await identity.member(), await identity.member()]
    await identity.ask(bob, 'POST', `/users/${ada}/block`)
    const db = identity.deps.db.primary
    const side = (member: MemberId, other: MemberId) =>
      sql`select 1 from blocks where member_id = ${toUuid(member)} and other_id = ${toUuid(other)} for update nowait`
    // Takes the rows in the order of taking a block back: the blocker's, then the other's.
    const closing = await db.transaction().execute(async (trx) => {
      await side(bob, ada).execute(trx)
      const closing = close(ada)
      await someoneWaits(identity.databaseUrl)
      await side(ada, bob).execute(trx)
      return { answer: closing }
    })
    expect((await closing.answer).status).toBe(204)
  })

  test('leaves a token that is still good for minutes nothing to do', async () => {
    const [ada, bob] = [await identity.member(), await identity.member()]
    await close(ada)
    for (const [method, path, body] of [
      ['GET', '/users/profile'],
      ['GET', '/users/export'],
      ['PATCH', '/users/profile', { headline: 'I am back' }],
      ['PUT', '/users/consents', { marketing: true }],
      ['POST', `/users/${bob}/block`, undefined],
      ['POST', `/users/${bob}/report`, { reason: 'scam', alsoBlock: true }],
    ] as const) {
      const answer = await identity.ask(ada, method, path, body)
      expect([path, answer.status, answer.body.code]).toEqual([path, 403, 'account_closed'])
    }
    const upload = await identity.upload(ada, await picture(300, 300).jpeg().toBuffer())
    expect(upload.body.code).toBe('account_closed')
    expect(await identity.deps.db.primary.selectFrom('media_leftovers').selectAll().execute()).toEqual([])
  })
})
