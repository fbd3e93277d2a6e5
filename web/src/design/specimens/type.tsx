import { Specimen, Specimens } from './specimen.tsx'

const serif = [
  { name: 'font-serif text-4xl: a page, on a desktop', look: 'text-4xl' },
  { name: 'font-serif text-3xl: a page, on a phone', look: 'text-3xl' },
  { name: 'font-serif text-2xl: a dialog, a name', look: 'text-2xl' },
  { name: 'font-serif text-xl: a part of a page', look: 'text-xl' },
  { name: 'font-serif text-lg: an answer to a prompt', look: 'text-lg' },
]
const sans = [
  { name: 'text-base: everything', look: '' },
  { name: 'text-base font-medium: labels', look: 'font-medium' },
  { name: 'text-base font-semibold: buttons', look: 'font-semibold' },
  { name: 'text-sm: hints', look: 'text-sm' },
  { name: 'text-xs font-semibold: badges', look: 'font-semibold text-xs' },
]

export function TypeSpecimens() {
  return (
    <>
      <Specimens title="Newsreader, for names, prompts and headings">
        {serif.map(({ name, look }) => (
          <Specimen key={name} name={name}>
            <p className={`font-serif leading-tight ${look}`}>A walk by the river, and no hurry</p>
          </Specimen>
        ))}
      </Specimens>
      <Specimens title="Figtree, for the interface">
        {sans.map(({ name, look }) => (
          <Specimen key={name} name={name}>
            <p className={look}>Say plainly what you are looking for.</p>
          </Specimen>
        ))}
        <Specimen name="Arabic, mirrored">
          <div lang="ar" dir="rtl" className="grid gap-1">
            <p className="font-serif text-2xl">نزهة على ضفة النهر</p>
            <p>قل بوضوح ما الذي تبحث عنه.</p>
          </div>
        </Specimen>
      </Specimens>
    </>
  )
}
