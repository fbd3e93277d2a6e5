import { useHeadingFocus } from './page.tsx'
import { ButtonSpecimens } from './specimens/buttons.tsx'
import { ChoiceSpecimens } from './specimens/choices.tsx'
import { ColourSpecimens } from './specimens/colours.tsx'
import { FieldSpecimens } from './specimens/fields.tsx'
import { FloatingSpecimens } from './specimens/floating.tsx'
import { PhotoSpecimens } from './specimens/photos.tsx'
import { useShownStates } from './specimens/shown-states.ts'
import { StateSpecimens } from './specimens/states.tsx'
import { SurfaceSpecimens } from './specimens/surfaces.tsx'
import { TypeSpecimens } from './specimens/type.tsx'

const sections = [
  { id: 'colours', title: 'Colours', Specimens: ColourSpecimens },
  { id: 'type', title: 'Type', Specimens: TypeSpecimens },
  { id: 'buttons', title: 'Buttons', Specimens: ButtonSpecimens },
  { id: 'fields', title: 'Fields', Specimens: FieldSpecimens },
  { id: 'choices', title: 'Choices', Specimens: ChoiceSpecimens },
  { id: 'surfaces', title: 'Surfaces, notices, badges', Specimens: SurfaceSpecimens },
  { id: 'photos', title: 'Photos', Specimens: PhotoSpecimens },
  { id: 'floating', title: 'Dialogs, menus, toasts', Specimens: FloatingSpecimens },
  { id: 'states', title: 'Loading, empty, error', Specimens: StateSpecimens },
]

/**
 * Every component in every state, light beside dark. For those who build Accord, and photographed by the visual
 * tests: its samples are English in every language.
 */
export function DesignScreen() {
  const heading = useHeadingFocus('Design')
  useShownStates()
  return (
    <main lang="en" dir="ltr" className="mx-auto grid max-w-7xl gap-16 px-4 py-10 sm:px-6">
      <header className="grid gap-4">
        <h1 ref={heading} tabIndex={-1} className="text-4xl">
          Design
        </h1>
        <nav aria-label="Sections">
          <ul className="flex flex-wrap gap-x-5">
            {sections.map(({ id, title }) => (
              <li key={id}>
                <a
                  href={`#${id}`}
                  className="inline-flex min-h-11 min-w-11 items-center text-wine-text underline underline-offset-4"
                >
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      {sections.map(({ id, title, Specimens }) => (
        <section key={id} id={id} aria-labelledby={`${id}-title`} className="grid scroll-mt-6 gap-4">
          <h2 id={`${id}-title`} className="text-2xl">
            {title}
          </h2>
          <div className="grid items-start gap-4 lg:grid-cols-2">
            {(['light', 'dark'] as const).map((theme) => (
              <div
                key={theme}
                data-theme={theme}
                className="grid min-w-0 gap-8 rounded-card border border-line bg-ground p-4 text-ink sm:p-6"
              >
                <Specimens />
              </div>
            ))}
          </div>
        </section>
      ))}
    </main>
  )
}
