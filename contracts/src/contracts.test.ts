import { describe, expect, test } from 'bun:test'
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { calls } from './call/all.ts'
import { type ConsumerContract, consumers } from './consumer.ts'
import { errorCodes } from './error-code.ts'
import { events } from './event/all.ts'
import { defineEvent, eventFilter, eventSubject } from './event/define.ts'
import { fromUuid, isId, newId, toUuid, withPrefix } from './id.ts'
import { callers, servicePermissions } from './permission.ts'
import { serviceNames, serviceOfPath, services } from './service.ts'
import { streams } from './stream.ts'

const anyConsumer = Object.values<ConsumerContract>(consumers)

describe('events', () => {
  test('every type is unique and belongs to a service that has a stream', () => {
    expect(new Set(events.map((event) => event.type)).size).toBe(events.length)
    for (const event of events) expect(services[event.service].stream, event.type).not.toBeNull()
  })
  test('every sample is accepted by its schema', () => {
    for (const event of events) expect([...Value.Errors(event.data, event.sample)], event.type).toEqual([])
  })
  test('every event falls into exactly one stream', () => {
    for (const event of events) {
      const subject = eventSubject(event, 'mem_x')
      const taken = streams.filter((stream) =>
        stream.subjects.some((s) => subject.startsWith(s.slice(0, -1))),
      )
      expect(
        taken.map((stream) => stream.service),
        event.type,
      ).toEqual([event.service])
    }
  })
})

test('an event without a stream cannot be declared', () => {
  const rest = { aggregate: 'ntf', version: 1, description: '', data: Type.Object({}), sample: {} } as const
  for (const type of ['notify.entry.read', 'nobody.entry.read']) {
    expect(() => defineEvent({ ...rest, type })).toThrow(`event ${type} has no stream`)
  }
})

describe('calls', () => {
  test('every subject is unique', () => {
    expect(new Set(calls.map((call) => call.subject)).size).toBe(calls.length)
  })
  test('every sample is accepted by its schema', () => {
    for (const call of calls) {
      expect([...Value.Errors(call.request, call.samples.request)], call.subject).toEqual([])
      expect([...Value.Errors(call.response, call.samples.response)], call.subject).toEqual([])
    }
  })
  test('every call that a service may make is listed', () => {
    for (const call of Object.values(callers).flat()) expect(calls).toContain(call)
  })
})

describe('consumers', () => {
  test('are listed under their own names', () => {
    for (const [key, consumer] of Object.entries(consumers)) expect(consumer.name).toBe(key as never)
  })
  test('every filter names an event that the stream holds', () => {
    for (const consumer of anyConsumer) {
      const stream = streams.find((candidate) => candidate.name === consumer.stream)
      for (const event of consumer.events) {
        expect(events).toContain(event)
        expect(stream?.service, `${consumer.name} ${eventFilter(event)}`).toBe(event.service)
      }
    }
  })
  test('every name starts with the service that runs it', () => {
    for (const consumer of anyConsumer) expect(consumer.name.startsWith(`${consumer.service}-`)).toBe(true)
  })
})

describe('services', () => {
  test('no path belongs to two services', () => {
    const all = serviceNames.flatMap((name) => services[name].prefixes.map((prefix) => ({ name, prefix })))
    for (const { name, prefix } of all) expect(serviceOfPath(prefix)).toBe(name)
  })
  test('a prefix does not own a longer word', () => {
    expect(serviceOfPath('/api/v1/matches-of-others')).toBeNull()
  })
  test('no service may publish outside its own events, or listen to another’s replies', () => {
    for (const name of serviceNames) {
      const { publish, subscribe } = servicePermissions(name)
      for (const subject of publish.filter((candidate) => candidate.startsWith('evt.'))) {
        expect(subject).toBe(`evt.${name}.>`)
      }
      expect(subscribe.filter((subject) => subject.startsWith('_INBOX'))).toEqual([`_INBOX_${name}.>`])
    }
  })
})

describe('ids', () => {
  test('survive the way to a uuid and back', () => {
    const id = newId('mem')
    expect(isId('mem', id)).toBe(true)
    expect(fromUuid('mem', toUuid(id))).toBe(id)
    expect(withPrefix('mem', withPrefix('con', id))).toBe(id)
  })
  test('with another prefix or a wrong letter are refused', () => {
    expect(isId('mem', newId('mat'))).toBe(false)
    expect(isId('mem', 'mem_01k9zv8h5ae6wt3q4x7n2m0c1i')).toBe(false)
  })
})

test('every error code has a status of a failure', () => {
  for (const { status } of Object.values(errorCodes)) expect(status).toBeWithin(400, 600)
})
