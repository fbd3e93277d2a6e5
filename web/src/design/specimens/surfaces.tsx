import { Badge, Notice } from '../notice.tsx'
import { Card, Section } from '../page.tsx'
import { Specimen, Specimens } from './specimen.tsx'

export function SurfaceSpecimens() {
  return (
    <>
      <Specimens title="Section and Card">
        <Specimen name="default">
          <Section title="Your data">
            <Card>
              <p className="text-ink-soft">What belongs together.</p>
            </Card>
          </Section>
        </Specimen>
      </Specimens>
      <Specimens title="Notice">
        <Specimen name="plain">
          <Notice>Your plan ends on 3 March. Until then everything stays as it is.</Notice>
        </Specimen>
        <Specimen name="good">
          <Notice tone="good">Your address is confirmed.</Notice>
        </Specimen>
        <Specimen name="bad">
          <Notice tone="bad">This could not be sent. Please try again.</Notice>
        </Specimen>
        <Specimen name="premium">
          <Notice tone="premium">Signature is yours from now on.</Notice>
        </Specimen>
      </Specimens>
      <Specimens title="Badge">
        <Specimen name="plain, good, bad, premium, action">
          <div className="flex flex-wrap gap-2">
            <Badge>New</Badge>
            <Badge tone="good">This one</Badge>
            <Badge tone="bad">Ended</Badge>
            <Badge tone="premium">Signature</Badge>
            <Badge tone="action">3</Badge>
          </div>
        </Specimen>
      </Specimens>
    </>
  )
}
