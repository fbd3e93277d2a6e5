import { expect, test } from 'bun:test'

const read = (path: string) => Bun.file(new URL(path, import.meta.url)).text()

test('the fonts that the page loads ahead are those that the styles use', async () => {
  const ahead = [
    ...(await read('../../index.html')).matchAll(/rel="preload" as="font"[^>]*href="[^"]*?([^/"]+)"/g),
  ]
  const used = [...(await read('./styles.css')).matchAll(/url\(["']?[^)]*?([^/)"']+\.woff2)/g)].map(
    ([, name]) => name,
  )
  expect(ahead).toHaveLength(2)
  for (const [, name] of ahead) expect(used).toContain(name)
})
