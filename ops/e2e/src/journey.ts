import { expect } from 'bun:test'
import type { StackFile } from '@accord/stack/stack/report'
import { type Api, createApi, eventually, expecting, type Json } from './api.ts'
import { openLive } from './live-socket.ts'
import { type Mailbox, openMailbox } from './mailbox.ts'
import { her, him, introduce, join, type Person } from './person.ts'

/** Two people who have never met go the whole way, from registering to a block. */
export async function goTheWholeWay(stack: StackFile): Promise<void> {
  const api = createApi(stack.gateway)
  const mailbox = openMailbox(stack.mailbox)
  const [mara, jonas] = await Promise.all([join(api, mailbox, her), join(api, mailbox, him)])
  await Promise.all([introduce(api, mara, her), introduce(api, jonas, him)])

  await seeEachOther(api, mara, jonas)
  const match = await likeEachOther(api, mara, jonas)
  await talk(stack, api, mara, jonas, match.conversationId)
  await subscribe(api, jonas)
  await beNotified(api, mailbox, mara, jonas)
  await block(api, mara, jonas, match.conversationId)
}

async function seeEachOther(api: Api, mara: Person, jonas: Person): Promise<void> {
  const sees = (viewer: Person, other: Person) =>
    eventually(
      () => wholeDeck(api, viewer),
      (deck) => deck.some((entry) => entry.member.id === other.id),
    )
  const [deck] = await Promise.all([sees(mara, jonas), sees(jonas, mara)])
  expect(deck.some((entry) => entry.member.id === mara.id)).toBe(false)
  const card = deck.find((entry) => entry.member.id === jonas.id)?.member
  expect(card.displayName).toBe('Jonas')
  const image = await fetch(new URL(card.photos[0].variants[0].url, 'http://localhost'))
    .catch(() => null)
    .then((answer) => answer?.status)
  expect(image).not.toBe(200)
  const photo = await api(card.photos[0].variants[0].url, { token: mara.token })
  expect(photo.status).toBe(200)
  expect(photo.headers.get('cache-control')).toContain('private')
}

/** Empty while match has not heard of the viewer's profile yet: that comes by event. */
async function wholeDeck(api: Api, viewer: Person): Promise<Json[]> {
  const entries: Json[] = []
  let cursor: string | null = null
  do {
    const more: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''
    const answer = await api(`/api/v1/matches/deck?limit=50${more}`, { token: viewer.token })
    if (answer.body.code === 'profile_incomplete') return []
    expect(answer.status).toBe(200)
    entries.push(...answer.body.data)
    cursor = answer.body.pagination.nextCursor
  } while (cursor !== null && entries.length < 500)
  return entries
}

async function likeEachOther(api: Api, mara: Person, jonas: Person): Promise<Json> {
  const like = (from: Person, to: Person) =>
    expecting(
      200,
      api('/api/v1/matches/decisions', { token: from.token, body: { memberId: to.id, decision: 'like' } }),
    )
  const both = await Promise.all([like(mara, jonas), like(jonas, mara)])
  const made = both.filter((answer) => answer.match !== null)
  expect(made.length).toBeGreaterThanOrEqual(1)
  const again = await like(mara, jonas)
  expect(again.match.id).toBe(made[0].match.id)
  const matches = await expecting(200, api('/api/v1/matches', { token: jonas.token }))
  expect(matches.data.map((match: Json) => match.id)).toContain(made[0].match.id)
  return made[0].match
}

async function talk(
  stack: StackFile,
  api: Api,
  mara: Person,
  jonas: Person,
  conversationId: string,
): Promise<void> {
  const [hers, his] = await Promise.all([
    openLive(stack.gateway, mara.token),
    openLive(stack.gateway, jonas.token),
  ])
  const sent = await hers.ask({
    type: 'send',
    conversationId,
    clientMessageId: `m-${mara.id}-1`,
    text: 'Good evening.',
  })
  expect(sent).toMatchObject({ ok: true })
  const first = await his.pushed((event) => event.type === 'message.created')
  expect(first).toMatchObject({
    conversationId,
    message: { text: 'Good evening.', senderId: mara.id, clientMessageId: null },
  })

  await expecting(
    201,
    api(`/api/v1/conversations/${conversationId}/messages`, {
      token: jonas.token,
      body: { clientMessageId: `m-${jonas.id}-1`, text: 'And to you.' },
    }),
  )
  const reply = await hers.pushed(
    (event) => event.type === 'message.created' && event.message.senderId === jonas.id,
  )
  const list = await expecting(200, api('/api/v1/conversations', { token: mara.token }))
  const own = list.data.find((conversation: Json) => conversation.id === conversationId)
  expect(own.unreadCount).toBe(1)

  expect(await hers.ask({ type: 'read', conversationId, upToSeq: reply.seq })).toMatchObject({ ok: true })
  await his.pushed((event) => event.type === 'read' && event.readerId === mara.id)
  await hers.ask({ type: 'typing', conversationId })
  await his.pushed((event) => event.type === 'typing')

  his.close()
  await his.closed
  await hers.ask({ type: 'send', conversationId, clientMessageId: `m-${mara.id}-2`, text: 'Are you there?' })
  const back = await openLive(stack.gateway, jonas.token)
  const resumed = await back.ask({ type: 'resume', conversations: { [conversationId]: reply.seq } })
  const gap = resumed.conversations[conversationId]
  expect(gap.recovered).toBe(true)
  expect(gap.changes.map((change: Json) => change.type)).toEqual(['read', 'message.created'])
  expect(gap.changes.at(-1).message.text).toBe('Are you there?')
  hers.close()
  back.close()
}

async function subscribe(api: Api, jonas: Person): Promise<void> {
  const { token } = jonas
  const before = await expecting(200, api('/api/v1/matches/deck', { token }))
  const checkout = await expecting(
    201,
    api('/api/v1/billing/checkout', { token, body: { plan: 'signature' } }),
  )
  const again = await expecting(201, api('/api/v1/billing/checkout', { token, body: { plan: 'signature' } }))
  expect(again.url).toBe(checkout.url)
  const page = await fetch(checkout.url)
  expect(await page.text()).toContain('€49.00')
  const click = await fetch(checkout.url, {
    method: 'POST',
    body: new URLSearchParams({ outcome: 'paid' }),
    redirect: 'manual',
  })
  expect(click.status).toBe(303)
  const subscription = await eventually(
    () => expecting(200, api('/api/v1/billing/subscription', { token })),
    (found) => found.plan === 'signature',
  )
  expect(subscription.status).toBe('active')
  const invoices = await eventually(
    () => expecting(200, api('/api/v1/billing/invoices', { token })),
    (found) => found.data.length === 1,
  )
  expect(invoices.data[0]).toMatchObject({ amountMinor: 4900, currency: 'eur', status: 'paid' })
  expect(before.likesLeft).toBeNumber()
  await eventually(
    () => expecting(200, api('/api/v1/matches/deck', { token })),
    (deck) => deck.likesLeft === null,
  )
}

async function beNotified(api: Api, mailbox: Mailbox, mara: Person, jonas: Person): Promise<void> {
  const kinds = (person: Person) => async () => {
    const inbox = await expecting(200, api('/api/v1/notifications', { token: person.token }))
    return { kinds: inbox.data.map((entry: Json) => entry.kind), unread: inbox.unread }
  }
  await eventually(kinds(mara), (inbox) => ['match', 'message'].every((kind) => inbox.kinds.includes(kind)))
  await eventually(kinds(jonas), (inbox) =>
    ['match', 'message', 'subscription'].every((kind) => inbox.kinds.includes(kind)),
  )
  await mailbox.mailTo(mara.email, /match/i)
  await mailbox.mailTo(jonas.email, /subscription/i)
  await expecting(200, api('/api/v1/notifications/read', { token: mara.token, body: {} }))
  expect((await kinds(mara)()).unread).toBe(0)
}

async function block(api: Api, mara: Person, jonas: Person, conversationId: string): Promise<void> {
  for (const click of [1, 2]) {
    const answer = await api(`/api/v1/users/${jonas.id}/block`, { method: 'POST', token: mara.token })
    expect({ click, status: answer.status }).toEqual({ click, status: 204 })
  }
  // By event, where chat could not be told at once.
  await eventually(
    () =>
      api(`/api/v1/conversations/${conversationId}/messages`, {
        token: jonas.token,
        body: { clientMessageId: crypto.randomUUID(), text: 'Hello?' },
      }),
    ({ status }) => status === 403 || status === 404,
  )
  for (const [viewer, other] of [
    [mara, jonas],
    [jonas, mara],
  ] as const) {
    expect((await api(`/api/v1/users/${other.id}`, { token: viewer.token })).status).toBe(404)
    expect((await wholeDeck(api, viewer)).some((entry) => entry.member.id === other.id)).toBe(false)
  }
  const blocks = await expecting(200, api('/api/v1/users/blocks', { token: mara.token }))
  expect(blocks.data).toHaveLength(1)
  const his = await expecting(200, api('/api/v1/users/blocks', { token: jonas.token }))
  expect(his.data).toHaveLength(0)
}
