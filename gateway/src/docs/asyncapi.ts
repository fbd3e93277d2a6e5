import { events } from '@accord/contracts/event/all'
import { Envelope, type EventContract } from '@accord/contracts/event/define'
import { ClientFrame, LiveEvent } from '@accord/contracts/live'

/** An AsyncAPI 3.0 document of the events inside the platform and of the sockets' frames, from contracts. */
export function asyncApiDocument(publicUrl: string): unknown {
  const { host, protocol } = new URL(publicUrl)
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Accord events',
      version: '1.0.0',
      description:
        'Events are published to JetStream on `evt.<service>.<entity>.<happened>.<entityId>` and reach services ' +
        'only. Members meet the frames of the channel `live`.',
    },
    defaultContentType: 'application/json',
    servers: {
      live: {
        host,
        protocol: protocol === 'https:' ? 'wss' : 'ws',
        description: 'The gateway, for members.',
      },
      platform: { host: 'nats:4222', protocol: 'nats', description: 'Inside the platform only.' },
    },
    channels: {
      ...Object.fromEntries(events.map((event) => [event.type, eventChannel(event)])),
      live: liveChannel,
    },
    operations: {
      ...Object.fromEntries(events.map((event) => [event.type, eventOperation(event)])),
      'live.receive': {
        action: 'receive',
        channel: { $ref: '#/channels/live' },
        summary: 'Frames that a client sends.',
        messages: [{ $ref: '#/channels/live/messages/client' }],
      },
      'live.send': {
        action: 'send',
        channel: { $ref: '#/channels/live' },
        summary: 'What is pushed to a member’s sockets.',
        messages: [{ $ref: '#/channels/live/messages/server' }],
      },
    },
  }
}

function eventChannel(event: EventContract) {
  return {
    address: `evt.${event.type}.{aggregateId}`,
    description: event.description,
    servers: [{ $ref: '#/servers/platform' }],
    parameters: { aggregateId: { description: `Id of the aggregate, \`${event.aggregate}_…\`.` } },
    messages: {
      event: {
        name: event.type,
        summary: event.description,
        payload: plain(Envelope(event.data)),
        examples: [{ name: 'data', payload: { data: event.sample } }],
      },
    },
  }
}

const eventOperation = (event: EventContract) => ({
  action: 'send',
  channel: { $ref: `#/channels/${event.type}` },
  summary: event.description,
  tags: [{ name: event.service }],
})

const liveChannel = {
  address: '/api/v1/live',
  description: 'WebSocket with JSON text frames; answers to a frame carry its id as `re`.',
  servers: [{ $ref: '#/servers/live' }],
  messages: {
    client: { name: 'client frame', payload: plain(ClientFrame) },
    server: { name: 'server frame', payload: plain(LiveEvent) },
  },
}

/** Without TypeBox's symbols, and without `$id`s, which would be resolved against nothing here. */
function plain(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema, (key, value) => (key === '$id' ? undefined : value)))
}
