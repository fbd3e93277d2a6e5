/** What somebody types while registering. */
export interface Registration {
  role: '' | 'benefactor' | 'companion'
  displayName: string
  birthDay: string
  birthMonth: string
  birthYear: string
  email: string
  password: string
  terms: boolean
  privacy: boolean
  sensitiveData: boolean
  marketing: boolean
}

const key = 'accord.draft.register'

const empty: Registration = {
  role: '',
  displayName: '',
  birthDay: '',
  birthMonth: '',
  birthYear: '',
  email: '',
  password: '',
  terms: false,
  privacy: false,
  sensitiveData: false,
  marketing: false,
}

/** What was typed in this tab before a reload. */
export function readDraft(): Registration {
  try {
    const stored = JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<Registration>
    return { ...empty, ...stored, password: '' }
  } catch {
    return empty
  }
}

/** Keeps it until the tab is closed or somebody signs in; the password stays in memory alone. */
export function keepDraft({ password: _, ...rest }: Registration): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(rest))
  } catch {
    // Storage may be full or closed to us; then a reload begins anew.
  }
}

export function forgetDraft(): void {
  sessionStorage.removeItem(key)
}
