/**
 * Joins the loads that are asked for in one turn of the event loop into one: reads of many cache entries that
 * all miss become one query instead of one each.
 */
export function createBatch<K, V>(
  loadMany: (keys: K[]) => Promise<Map<K, V>>,
): (key: K) => Promise<V | null> {
  let open: { keys: K[]; result: Promise<Map<K, V>> } | null = null
  return async (key) => {
    open ??= startBatch()
    open.keys.push(key)
    return (await open.result).get(key) ?? null
  }

  function startBatch() {
    const keys: K[] = []
    const result = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      open = null
      return loadMany(keys)
    })
    return { keys, result }
  }
}
