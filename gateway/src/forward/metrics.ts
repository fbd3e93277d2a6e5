import { gauge } from '@accord/kit/metrics'

export const circuitOpen = gauge({
  name: 'accord_gateway_circuit_open',
  help: '1 while a service is not asked because its answers did not come in time.',
  labels: ['service'],
})
