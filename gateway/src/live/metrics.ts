import { counter, gauge } from '@accord/kit/metrics'

export const openSockets = gauge({ name: 'accord_live_sockets', help: 'Sockets that are open here.' })
export const pushes = counter({ name: 'accord_live_pushes_total', help: 'Events sent to sockets.' })
export const shed = counter({
  name: 'accord_live_shed_total',
  help: 'Typing and presence events that a slow socket did not get.',
})
export const closes = counter({
  name: 'accord_live_closes_total',
  help: 'Sockets that the gateway closed, by reason.',
  labels: ['reason'],
})
export const frames = counter({
  name: 'accord_live_frames_total',
  help: 'Frames that clients sent, by type and outcome.',
  labels: ['type', 'outcome'],
})
