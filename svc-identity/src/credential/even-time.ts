/**
 * Does the work, and answers (or throws) only at the next multiple of `stepMs`: so that the time taken does
 * not tell whether there was something to do. 0 answers at once.
 */
export async function inEvenTime<T>(stepMs: number, work: () => Promise<T>): Promise<T> {
  const start = performance.now()
  try {
    return await work()
  } finally {
    if (stepMs > 0) {
      const spent = performance.now() - start
      await new Promise((resolve) => setTimeout(resolve, stepMs - (spent % stepMs)))
    }
  }
}
