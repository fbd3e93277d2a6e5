import { Photo } from '@accord/contracts/call/identity'
import { Id } from '@accord/contracts/id'
import { noteWrite } from '@accord/kit/db/read-your-writes'
import { unwrap } from '@accord/kit/error'
import { IdempotencyHeaders, NoContent, operation, routes, UploadReference } from '@accord/kit/http/operation'
import { Type } from '@sinclair/typebox'
import type { Deps } from '../deps.ts'
import { createMediaStore } from './media-store.ts'
import { orderPhotos } from './order.ts'
import { createPhotoPresenter } from './present.ts'
import { deletePhoto } from './remove.ts'
import { photoLimits } from './render.ts'
import { createRenderQueue } from './render-queue.ts'
import { uploadTypes } from './sniff.ts'
import { maxPhotos, uploadPhoto } from './upload.ts'

export const photoRoutes = (deps: Deps) => {
  const present = createPhotoPresenter(deps)
  const photos = {
    ...deps,
    media: createMediaStore(deps.nats),
    render: createRenderQueue({ atOnce: 2, waiting: 16 }),
  }
  return routes()
    .post(
      '/api/v1/users/profile/photos',
      async ({ caller, body }) => {
        const { memberId } = caller.actor
        const upload = { memberId, upload: body, idempotencyKey: caller.idempotencyKey }
        const photo = unwrap(await uploadPhoto(photos, upload))
        await noteWrite(deps.db, deps.redis, memberId)
        return present(photo)
      },
      operation({
        id: 'uploadPhoto',
        access: 'member',
        rate: 'heavy',
        summary: 'Add a photo to the own profile',
        description: `The image is the body. It loses its metadata, place included. At most ${maxPhotos} photos.`,
        tags: ['photos'],
        upload: { maxBytes: photoLimits.uploadBytes, types: uploadTypes },
        headers: IdempotencyHeaders,
        body: UploadReference,
        response: { 201: Photo },
        errors: [
          'photo_invalid',
          'photo_limit_reached',
          'account_closed',
          'unavailable',
          'idempotency_key_reused',
          'request_in_flight',
        ],
      }),
    )
    .delete(
      '/api/v1/users/profile/photos/:id',
      async ({ caller, params }) => {
        const { memberId } = caller.actor
        unwrap(await deletePhoto(photos, memberId, params.id))
        await noteWrite(deps.db, deps.redis, memberId)
      },
      operation({
        id: 'deletePhoto',
        access: 'member',
        summary: 'Remove a photo from the own profile',
        tags: ['photos'],
        params: Type.Object({ id: Id('pho') }),
        response: { 204: NoContent },
        errors: ['not_found', 'account_closed'],
      }),
    )
    .put(
      '/api/v1/users/profile/photos/order',
      async ({ caller, body }) => {
        const { memberId } = caller.actor
        unwrap(await orderPhotos(photos, memberId, body.photoIds))
        await noteWrite(deps.db, deps.redis, memberId)
      },
      operation({
        id: 'orderPhotos',
        access: 'member',
        summary: 'Order the own photos',
        description: 'The first is the one that others see first.',
        tags: ['photos'],
        body: Type.Object({
          photoIds: Type.Array(Id('pho'), { maxItems: maxPhotos, description: 'Every own photo, once.' }),
        }),
        response: { 204: NoContent },
        errors: ['conflict', 'account_closed'],
      }),
    )
}
