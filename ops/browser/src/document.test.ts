import { expect, test } from 'bun:test'
import { createApi, expecting } from '@accord/e2e/api'
import { runningStack } from '@accord/e2e/stack'
import { documentFile, pinned } from '@accord/web/scripts/document'

test('the web app is typed by the operations that there are now (else: just api)', async () => {
  const api = createApi(runningStack().gateway)
  const document = await expecting(200, api('/openapi.json'))
  expect(await Bun.file(documentFile).text()).toBe(pinned(document))
})
