import { type FormEvent, useRef, useState } from 'react'
import type { Schemas } from '../api/client.ts'
import { Button } from '../design/button.tsx'
import { Chip, ChoiceGroup } from '../design/choice.tsx'
import { Notice } from '../design/notice.tsx'
import { useText } from '../text/use-text.ts'
import { AgesField } from './ages-field.tsx'
import { DistanceField } from './distance-field.tsx'
import { problemText } from './profile-problems.ts'
import { useChangePreferences } from './use-change-preferences.ts'

type Preferences = Schemas['Preferences']

interface PreferencesFormProps {
  /** Null when none were given yet. */
  preferences: Preferences | null
  /** What the button that saves is called. */
  action: string
  onSaved(): void
}

/** Whom one would like to meet. Nothing is chosen beforehand but the widest ages and any distance. */
export function PreferencesForm({ preferences, action, onSaved }: PreferencesFormProps) {
  const t = useText()
  const form = useRef<HTMLFormElement>(null)
  const [sought, setSought] = useState<Preferences>(preferences ?? nothingSaid)
  const [asked, setAsked] = useState(false)
  const save = useChangePreferences()
  const change = (part: Partial<Preferences>) => setSought({ ...sought, ...part })
  const missing = (list: readonly unknown[]) =>
    asked && list.length === 0 ? t('profile.preferences.choose') : undefined

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    if (sought.genders.length === 0) return focusOn('gender')
    if (sought.roles.length === 0) return focusOn('role')
    save.mutate(sought, { onSuccess: onSaved })
  }
  const focusOn = (name: string) => form.current?.querySelector<HTMLInputElement>(`[name="${name}"]`)?.focus()

  return (
    <form ref={form} noValidate onSubmit={submit} className="grid gap-8">
      <ChoiceGroup legend={t('profile.preferences.genders')} error={missing(sought.genders)}>
        {genders.map((gender) => (
          <Chip
            key={gender}
            type="checkbox"
            name="gender"
            label={t(`profile.preferences.${gender}`)}
            checked={sought.genders.includes(gender)}
            onChange={() => change({ genders: toggle(genders, sought.genders, gender) })}
          />
        ))}
      </ChoiceGroup>
      <ChoiceGroup legend={t('profile.preferences.roles')} error={missing(sought.roles)}>
        {roles.map((role) => (
          <Chip
            key={role}
            type="checkbox"
            name="role"
            label={t(`profile.preferences.${role}`)}
            checked={sought.roles.includes(role)}
            onChange={() => change({ roles: toggle(roles, sought.roles, role) })}
          />
        ))}
      </ChoiceGroup>
      <AgesField min={sought.ageMin} max={sought.ageMax} onChange={change} />
      <DistanceField value={sought.distanceKm} onChange={(distanceKm) => change({ distanceKm })} />
      <div className="grid gap-3">
        {save.isError && <Notice tone="bad">{problemText(save.error, t)}</Notice>}
        <Button type="submit" wide busy={save.isPending}>
          {action}
        </Button>
      </div>
    </form>
  )
}

const genders = ['woman', 'man', 'nonbinary'] as const
const roles = ['benefactor', 'companion'] as const
const nothingSaid: Preferences = { genders: [], roles: [], ageMin: 18, ageMax: 99, distanceKm: null }

/** With or without the item, in the order in which they are shown. */
function toggle<T>(all: readonly T[], chosen: readonly T[], item: T): T[] {
  return all.filter((one) => chosen.includes(one) !== (one === item))
}
