import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { conversationRead, messageSent } from '@accord/contracts/event/chat'
import { mailRequested } from '@accord/contracts/event/identity'
import { matchCreated, matchEnded } from '@accord/contracts/event/match'
import { type ConversationId, type MemberId, newId, toUuid } from '@accord/contracts/id'
import { mailAddress, startNotify, type TestNotify } from '../fixture/notify.sample.ts'
import { addNotification } from '../inbox/store.ts'
import { messageMailDelayMs, queueMail } from './queue.ts'
import { languages } from './template.ts'

let notify: TestNotify
beforeAll(async () => {
  notify = await startNotify()
})
afterAll(() => notify.stop())

const match = (a: MemberId, b: MemberId) => notify.emit(matchCreated, newId('mat'), { memberIds: [a, b] })
const states = async (memberId: MemberId) => {
  const rows = await notify.base.db.primary
    .selectFrom('mails')
    .select(['state', 'reason'])
    .where('member_id', '=', toUuid(memberId))
    .execute()
  return rows
}
/** Waits until the member's mails are in this state, for this reason where one is given. */
async function until(memberId: MemberId, state: string, reason?: string) {
  for (let n = 0; n < 400; n += 1) {
    const rows = await states(memberId)
    const done = rows.every((row) => row.state === state && (reason === undefined || row.reason === reason))
    if (rows.length > 0 && done) return rows
    await Bun.sleep(25)
  }
  throw new Error(`never ${state}: ${JSON.stringify(await states(memberId))}`)
}

/** The subject, its encoded words (RFC 2047) opened. */
function subjectOf(raw: string): string {
  const [, line = ''] = /^Subject: (.*(?:\r\n[ \t].*)*)/m.exec(raw) ?? []
  return line
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_, form: string, words: string) =>
      form.toUpperCase() === 'B'
        ? Buffer.from(words, 'base64').toString()
        : decodeURIComponent(words.replaceAll('_', ' ').replaceAll(/=([0-9A-F]{2})/g, '%$1')),
    )
}

test('a requested mail carries the link that identity gives at the moment of sending', async () => {
  const id = newId('eml')
  await notify.emit(mailRequested, id, { kind: 'confirm_address' }, 2)
  const mail = await notify.mailServer.mailTo(mailAddress(id))
  expect(mail.raw).toContain('Subject: Confirm your email address')
  expect(mail.raw.replaceAll(/=\r\n/g, '')).toContain('http://accord.test/confirm?token=')
  expect(mail.messageId).toBe(`<${id}@accord.test>`)
  expect(notify.mailServer.mails.filter(({ to }) => to === mailAddress(id))).toHaveLength(1)
})

test('a mail goes out in the language that identity gives, whoever asked for it', async () => {
  const [requested, a, b] = [newId('eml'), newId('mem'), newId('mem')]
  notify.locales.set(requested, 'ar').set(a, 'de')
  await notify.emit(mailRequested, requested, { kind: 'confirm_address' })
  await match(a, b)
  const subject = async (id: string) => subjectOf((await notify.mailServer.mailTo(mailAddress(id))).raw)
  expect(await subject(requested)).toBe(languages.ar.mails.confirm_address.subject)
  expect(await subject(a)).toBe('Du hast ein neues Match')
  expect(await subject(b)).toBe('You have a new match')
})

test('a mail about a match names nobody and quotes nothing', async () => {
  const [a, b] = [newId('mem'), newId('mem')]
  await match(a, b)
  const mail = await notify.mailServer.mailTo(mailAddress(a))
  expect(mail.raw).not.toContain(b)
  expect(mail.raw).toContain('text/html')
  expect(mail.raw).toContain('text/plain')
})

test('who does not want mails about matches gets none, and the inbox all the same', async () => {
  const [a, b] = [newId('mem'), newId('mem')]
  await notify.as(a, 'PUT', '/preferences', { mail: { match: false, message: true, subscription: true } })
  expect((await notify.as(a, 'GET', '/preferences')).body.mail.match).toBe(false)
  await match(a, b)
  await notify.mailServer.mailTo(mailAddress(b))
  expect(await states(a)).toEqual([])
  expect((await notify.inbox(a)).body.unread).toBe(1)
})

test('a mail server that is busy holds the mail back; it goes out later under the same Message-ID', async () => {
  const [a, b] = [newId('mem'), newId('mem')]
  notify.mailServer.refuseWith(451)
  await match(a, b)
  for (const memberId of [a, b]) await until(memberId, 'queued', 'mail server unreachable')
  notify.mailServer.refuseWith(null)
  notify.clock.advance(120_000)
  const mail = await notify.mailServer.mailTo(mailAddress(a))
  expect(mail.messageId).toMatch(/^<eml_[0-9a-z]{26}@accord\.test>$/)
  for (const memberId of [a, b]) await until(memberId, 'sent')
})

test('an address that the server refuses for good is not tried again', async () => {
  const [a, b] = [newId('mem'), newId('mem')]
  notify.mailServer.refuseWith(550)
  await match(a, b)
  expect(await until(a, 'failed')).toEqual([{ state: 'failed', reason: 'refused' }])
  await until(b, 'failed')
  notify.mailServer.refuseWith(null)
})

test('a server that lets us send nothing holds mails back, whatever its code', async () => {
  const [a, b] = [newId('mem'), newId('mem')]
  notify.mailServer.refuseSenderWith(530)
  await match(a, b)
  for (const memberId of [a, b]) await until(memberId, 'queued', 'mail server unreachable')
  notify.mailServer.refuseSenderWith(null)
  notify.clock.advance(120_000)
  for (const memberId of [a, b]) await until(memberId, 'sent')
})

test('every mail that is taken in hand is handed over at once, none waits for another', async () => {
  const memberId = newId('mem')
  const db = notify.base.db.primary
  const held = notify.mailServer.hold()
  await db.transaction().execute(async (trx) => {
    for (let n = 0; n < 20; n += 1) {
      const entry = { kind: 'match', about: {}, topic: `match ${n}` } as const
      const notificationId = await addNotification(trx, memberId, entry, notify.clock())
      if (notificationId) await queueMail(trx, { memberId, kind: 'match', notificationId }, notify.clock())
    }
  })
  await held.first(1)
  const { taken } = await db
    .selectFrom('mails')
    .select(({ fn }) => fn.countAll<number>().as('taken'))
    .where('member_id', '=', toUuid(memberId))
    .where('attempts', '>', 0)
    .executeTakeFirstOrThrow()
  await held.first(taken)
  held.release()
  await until(memberId, 'sent')
})

test('nobody is written to who is gone', async () => {
  const [a, b] = [newId('mem'), newId('mem')]
  notify.gone.add(a)
  await match(a, b)
  expect(await until(a, 'dropped')).toEqual([{ state: 'dropped', reason: 'nobody to write to' }])
})

describe('a mail about messages', () => {
  const message = (recipientId: MemberId, conversation: ConversationId, seq: number) =>
    notify.emit(messageSent, conversation, {
      messageId: newId('msg'),
      senderId: newId('mem'),
      recipientId,
      seq,
    })
  const read = (readerId: MemberId, conversation: ConversationId, upToSeq: number) =>
    notify.emit(conversationRead, conversation, { readerId, upToSeq })
  const due = () => notify.clock.advance(messageMailDelayMs)

  test('is one, however many come while they are unread', async () => {
    const [member, conversation] = [newId('mem'), newId('con')]
    for (let seq = 1; seq <= 5; seq += 1) await message(member, conversation, seq)
    expect(await states(member)).toEqual([{ state: 'queued', reason: null }])
    due()
    await until(member, 'sent')
    await message(member, conversation, 6)
    due()
    expect(await states(member)).toHaveLength(1)
    expect((await notify.inbox(member)).body).toMatchObject({ unread: 1, data: [{ count: 6 }] })
  })

  test('is not sent to who has read them in time, however often', async () => {
    const [member, conversation] = [newId('mem'), newId('con')]
    for (let seq = 1; seq <= 5; seq += 2) {
      await message(member, conversation, seq)
      await read(member, conversation, seq)
    }
    due()
    expect(await until(member, 'dropped')).toEqual(
      Array(3).fill({ state: 'dropped', reason: 'entry read or gone' }),
    )
    expect(notify.mailServer.mails.filter(({ to }) => to === mailAddress(member))).toEqual([])
  })
})

test('a mail that waits is not sent once its entry was read in the inbox', async () => {
  const [a, b] = [newId('mem'), newId('mem')]
  notify.mailServer.refuseWith(451)
  await match(a, b)
  for (const memberId of [a, b]) await until(memberId, 'queued', 'mail server unreachable')
  await notify.as(a, 'POST', '/read', {})
  notify.mailServer.refuseWith(null)
  notify.clock.advance(120_000)
  expect(await until(a, 'dropped')).toEqual([{ state: 'dropped', reason: 'entry read or gone' }])
  await until(b, 'sent')
})

test('a mail that waits is not sent once its match has ended', async () => {
  const [a, b, id] = [newId('mem'), newId('mem'), newId('mat')]
  notify.mailServer.refuseWith(451)
  await notify.emit(matchCreated, id, { memberIds: [a, b] })
  for (const memberId of [a, b]) await until(memberId, 'queued', 'mail server unreachable')
  await notify.emit(matchEnded, id, { memberIds: [a, b], by: a, reason: 'unmatched' })
  notify.mailServer.refuseWith(null)
  notify.clock.advance(120_000)
  for (const memberId of [a, b]) await until(memberId, 'dropped')
})
