import { startSandbox } from './server.ts'

const names = ['PORT', 'STRIPE_API_KEY', 'STRIPE_WEBHOOK_SECRET', 'WEBHOOK_URL', 'DATA_DIR'] as const
const missing = names.filter((name) => !process.env[name])
if (missing.length > 0) {
  console.error(`The payment sandbox cannot start. Missing in the environment: ${missing.join(', ')}`)
  process.exit(1)
}
const setting = (name: (typeof names)[number]) => process.env[name] ?? ''

const sandbox = startSandbox({
  port: Number(setting('PORT')),
  apiKey: setting('STRIPE_API_KEY'),
  webhookSecret: setting('STRIPE_WEBHOOK_SECRET'),
  webhookUrl: setting('WEBHOOK_URL'),
  dataDir: setting('DATA_DIR'),
})
console.log(JSON.stringify({ level: 'info', message: 'ready', service: 'stripe-sandbox', url: sandbox.url }))

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void sandbox.stop().then(() => process.exit(0)))
}
