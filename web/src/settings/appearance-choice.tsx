import { useState } from 'react'
import { chooseTheme, chosenTheme, themes } from '../app/appearance.ts'
import { Chip } from '../design/choice.tsx'
import { useText } from '../text/use-text.ts'
import { ChoiceSection } from './choice-section.tsx'

/** Light or dark, at once and on this device only. */
export function AppearanceChoice() {
  const t = useText()
  const [chosen, setChosen] = useState(chosenTheme)
  return (
    <ChoiceSection title={t('settings.appearance.title')}>
      {themes.map((theme) => (
        <Chip
          key={theme}
          type="radio"
          name="theme"
          label={t(`settings.appearance.${theme}`)}
          checked={chosen === theme}
          onChange={() => {
            chooseTheme(theme)
            setChosen(theme)
          }}
        />
      ))}
    </ChoiceSection>
  )
}
