import type { Page } from 'playwright-core'

export const newPassword = 'a long and quiet sentence'

/** All steps of a registration, from the first to "Check your mail". */
export async function register(page: Page, email: string): Promise<void> {
  const next = () => page.getByRole('button', { name: 'Continue' }).click()
  await page.getByText('Companion', { exact: true }).click()
  await next()
  await page.getByLabel('Name').fill('Ada')
  await page.getByLabel('Day').fill('15')
  await page.getByLabel('Month').selectOption({ index: 6 })
  await page.getByLabel('Year').fill('1992')
  await next()
  await page.getByLabel('Email address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(newPassword)
  await next()
  for (const consent of ['I agree to the terms', 'I have read the privacy', 'Accord may use'])
    await page.getByRole('checkbox', { name: consent }).check()
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByRole('heading', { name: 'Check your mail' }).waitFor()
}
