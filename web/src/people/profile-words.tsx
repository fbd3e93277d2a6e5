import { BadgeCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Schemas } from '../api/client.ts'
import { questionText } from '../profile/questions.ts'
import { useFormat } from '../text/format.ts'
import { useText } from '../text/use-text.ts'

interface ProfileWordsProps {
  card: Schemas['Card']
  distanceKm?: number | undefined
  /** The name stands above already, as the heading of the screen. */
  withoutName?: boolean
}

/** What a member says about themselves. */
export function ProfileWords({ card, distanceKm, withoutName }: ProfileWordsProps) {
  const t = useText()
  const format = useFormat()
  // No step of the headings is left out when the name is the screen's own.
  const under = withoutName ? 'h2' : 'h3'
  return (
    <div className="wrap-anywhere grid min-w-0 content-start gap-7">
      <header className="grid gap-2">
        {!withoutName && <ProfileName card={card} />}
        <ProfileFacts card={card} distanceKm={distanceKm} />
        {card.headline && (
          <p dir="auto" className="mt-1 font-serif text-ink text-xl leading-snug">
            {card.headline}
          </p>
        )}
      </header>
      {card.lookingFor && (
        <Part under={under} title={t('people.card.lookingFor')}>
          <p dir="auto" className="whitespace-pre-line">
            {card.lookingFor}
          </p>
        </Part>
      )}
      {card.about && (
        <Part under={under} title={t('people.card.about')}>
          <p dir="auto" className="whitespace-pre-line">
            {card.about}
          </p>
        </Part>
      )}
      {card.prompts.map(({ question, answer }) => (
        <figure key={question} className="grid gap-2 border-wine-text/40 border-s-2 ps-5">
          <figcaption className="text-ink-soft text-sm">{questionText(t, question)}</figcaption>
          <blockquote dir="auto" className="whitespace-pre-line font-serif text-2xl leading-snug">
            {answer}
          </blockquote>
        </figure>
      ))}
      {card.languages.length > 0 && (
        <Part under={under} title={t('people.card.languages')}>
          <p>{format.list(card.languages.map(format.language))}</p>
        </Part>
      )}
    </div>
  )
}

/** The name with the age, as large as it deserves. */
function ProfileName({ card }: { card: Schemas['Card'] }) {
  const t = useText()
  return (
    <h2 className="pe-12 text-3xl md:text-4xl">
      <span>{t('people.card.nameAndAge', { name: card.displayName, age: card.age })}</span>
    </h2>
  )
}

function ProfileFacts({ card, distanceKm }: Pick<ProfileWordsProps, 'card' | 'distanceKm'>) {
  const t = useText()
  const format = useFormat()
  const facts = [
    t(`people.role.${card.role}`),
    card.city,
    distanceKm === undefined ? null : t('people.card.distance', { km: format.number(distanceKm) }),
  ].filter((fact) => fact !== null)
  return (
    <ul className="flex flex-wrap items-center gap-x-2 gap-y-1 text-ink-soft">
      {facts.map((fact, index) => (
        <li key={fact} className="flex items-center gap-2">
          {index > 0 && <span aria-hidden="true">·</span>}
          <span>{fact}</span>
        </li>
      ))}
      {card.verified && (
        <li className="ms-1 flex items-center gap-1 rounded-full bg-good-soft px-2.5 py-0.5 font-medium text-good text-sm">
          <BadgeCheck size={16} aria-hidden="true" />
          {t('people.card.verified')}
        </li>
      )}
    </ul>
  )
}

function Part({
  under: Heading,
  title,
  children,
}: {
  under: 'h2' | 'h3'
  title: string
  children: ReactNode
}) {
  return (
    <section className="grid gap-1.5">
      <Heading className="font-sans font-semibold text-ink-soft text-sm">{title}</Heading>
      {children}
    </section>
  )
}
