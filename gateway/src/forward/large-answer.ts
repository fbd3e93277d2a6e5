import { AppError } from '@accord/kit/error'
import type { WireResponse } from '@accord/kit/http/wire'
import type { Logger } from '@accord/kit/log'
import type { ObjectStore } from '@nats-io/obj'
import { readObject } from '../bucket/read-object.ts'

export interface LargeAnswers {
  /** The answer with its body, which was too large for a message and lies in the bucket under this name. */
  collect(answer: WireResponse, name: string): Promise<WireResponse>
}

/** Fetches bodies that travel through the bucket `uploads`, and removes each once it is here. */
export function createLargeAnswers(uploads: ObjectStore, log: Logger): LargeAnswers {
  return {
    collect: async ({ object: _object, ...answer }, name) => {
      const found = await readObject(uploads, name)
      if (found === null) throw new AppError('internal', { cause: new Error('the large answer is gone') })
      uploads.delete(name).catch((error) => log.warn('large answer stays behind', { error: String(error) }))
      return { ...answer, body: found.bytes }
    },
  }
}
