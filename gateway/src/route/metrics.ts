import { counter, gauge } from '@accord/kit/metrics'

export const documentsRefused = counter({
  name: 'accord_gateway_documents_refused_total',
  help: 'OpenAPI documents that were refused; the last good one stayed.',
  labels: ['service'],
})

export const operationsRouted = gauge({
  name: 'accord_gateway_operations',
  help: 'Operations in the route table.',
  labels: ['service'],
})
