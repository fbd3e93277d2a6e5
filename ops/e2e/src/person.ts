import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { type Api, expecting, type Json, patiently } from './api.ts'
import { linkParameter, type Mailbox } from './mailbox.ts'

export interface Person {
  id: string
  email: string
  password: string
  token: string
  refreshToken: string
  deviceToken: string
}

export interface Wish {
  role: 'benefactor' | 'companion'
  gender: 'woman' | 'man' | 'nonbinary'
  name: string
  seeks: { genders: string[]; roles: string[] }
  city: string
}

/** Two who could want each other. */
export const her: Wish = {
  role: 'companion',
  gender: 'woman',
  name: 'Mara',
  seeks: { genders: ['man'], roles: ['benefactor'] },
  city: 'Zürich',
}
export const him: Wish = {
  role: 'benefactor',
  gender: 'man',
  name: 'Jonas',
  seeks: { genders: ['woman'], roles: ['companion'] },
  city: 'Zurich',
}

/** Registers, confirms by the mailed link and signs in, each over the public API. */
export async function join(api: Api, mailbox: Mailbox, wish: Pick<Wish, 'role' | 'name'>): Promise<Person> {
  const email = `${wish.name.toLowerCase()}.${randomBytes(6).toString('hex')}@example.org`
  const password = `a long ${randomBytes(9).toString('base64url')} sentence`
  await expecting(
    202,
    patiently(() =>
      api('/api/v1/auth/register', {
        body: {
          email,
          password,
          role: wish.role,
          birthDate: '1992-06-15',
          displayName: wish.name,
          consents: { terms: true, privacy: true, sensitiveData: true },
        },
      }),
    ),
  )
  const mail = await mailbox.mailTo(email, /confirm/i)
  await expecting(200, api('/api/v1/auth/verify-email', { body: { token: linkParameter(mail, 'token') } }))
  const signedIn = await signIn(api, { email, password })
  return { id: signedIn.member.id, email, password, ...tokensOf(signedIn) }
}

export function signIn(
  api: Api,
  who: { email: string; password: string; deviceToken?: string },
): Promise<Json> {
  const { email, password, deviceToken } = who
  return expecting(
    200,
    api('/api/v1/auth/login', { body: { email, password, ...(deviceToken ? { deviceToken } : {}) } }),
  )
}

export function tokensOf(signedIn: Json): Pick<Person, 'token' | 'refreshToken' | 'deviceToken'> {
  return {
    token: signedIn.accessToken,
    refreshToken: signedIn.refreshToken,
    deviceToken: signedIn.deviceToken ?? '',
  }
}

/** Fills in profile, photo and preferences, so that the person can be found. */
export async function introduce(api: Api, person: Person, wish: Wish): Promise<void> {
  const { token } = person
  const places = await expecting(200, api(`/api/v1/places?q=${encodeURIComponent(wish.city)}`, { token }))
  await expecting(
    200,
    api('/api/v1/users/profile', {
      method: 'PATCH',
      token,
      body: {
        gender: wish.gender,
        placeId: places.data[0].id,
        headline: 'Here for a real conversation',
        about: 'Long walks, short messages.',
        lookingFor: 'Somebody who says what they mean.',
        languages: ['en'],
      },
    }),
  )
  const photo = await portrait()
  await expecting(
    201,
    patiently(() =>
      api('/api/v1/users/profile/photos', { token, raw: { bytes: photo, type: 'image/jpeg' } }),
    ),
  )
  await expecting(
    200,
    api('/api/v1/matches/preferences', {
      method: 'PUT',
      token,
      body: { ...wish.seeks, ageMin: 18, ageMax: 99, distanceKm: 100 },
    }),
  )
}

/** A drawn picture: nobody's face. */
export async function portrait(): Promise<Uint8Array> {
  const hue = randomBytes(1)[0] ?? 0
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="1200"><rect width="900" height="1200" fill="hsl(${hue} 40% 60%)"/><circle cx="450" cy="480" r="220" fill="hsl(${hue + 60} 45% 75%)"/></svg>`
  return sharp(Buffer.from(svg)).jpeg({ quality: 80 }).toBuffer()
}
