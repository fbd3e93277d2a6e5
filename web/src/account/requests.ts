import { api, unwrap } from '../api/client.ts'
import type { paths } from '../api/schema.generated.d.ts'

/** What can be asked of the platform without being signed in. */

type Body<Path extends keyof paths> = paths[Path] extends {
  post: { requestBody: { content: { 'application/json': infer Json } } }
}
  ? Json
  : never

export type NewAccount = Body<'/api/v1/auth/register'>
export type SecondFactor = Body<'/api/v1/auth/mfa'>['method']

/** The tokens become cookies, which no script can read. */
const asCookies = { params: { header: { 'accord-session': 'cookie' as const } } }

export const register = (body: NewAccount) => unwrap(api.POST('/api/v1/auth/register', { body }))

export const confirmAddress = (token: string) =>
  unwrap(api.POST('/api/v1/auth/verify-email', { body: { token } }))

export const sendConfirmation = (email: string) =>
  unwrap(api.POST('/api/v1/auth/verify-email/resend', { body: { email } }))

export const signIn = (body: { email: string; password: string }) =>
  unwrap(api.POST('/api/v1/auth/login', { ...asCookies, body }))

export const answerChallenge = (body: Body<'/api/v1/auth/mfa'>) =>
  unwrap(api.POST('/api/v1/auth/mfa', { ...asCookies, body }))

export const sendReset = (email: string) =>
  unwrap(api.POST('/api/v1/auth/password/forgot', { body: { email } }))

export const resetPassword = (body: { token: string; password: string }) =>
  unwrap(api.POST('/api/v1/auth/password/reset', { body }))
