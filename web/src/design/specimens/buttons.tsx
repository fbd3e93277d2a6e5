import { Heart, Settings, X } from 'lucide-react'
import { Button, ButtonLink, type ButtonLook, IconButton } from '../button.tsx'
import { Specimen, Specimens } from './specimen.tsx'

const looks: readonly ButtonLook[] = ['primary', 'secondary', 'quiet', 'danger']

export function ButtonSpecimens() {
  return (
    <>
      {looks.map((look) => (
        <Specimens key={look} title={`Button, ${look}`} columns={3}>
          <Specimen name="default">
            <Button look={look}>Continue</Button>
          </Specimen>
          <Specimen name="hover" shown="hover">
            <Button look={look}>Continue</Button>
          </Specimen>
          <Specimen name="focus" shown="focus">
            <Button look={look}>Continue</Button>
          </Specimen>
          <Specimen name="disabled">
            <Button look={look} disabled>
              Continue
            </Button>
          </Specimen>
          <Specimen name="busy">
            <Button look={look} busy>
              Continue
            </Button>
          </Specimen>
          <Specimen name="icon">
            <Button look={look} icon={<Heart size={20} aria-hidden="true" />}>
              Continue
            </Button>
          </Specimen>
        </Specimens>
      ))}
      <Specimens title="Button, wide, and a link that looks as one" columns={2}>
        <Specimen name="wide">
          <Button wide>Continue</Button>
        </Specimen>
        <Specimen name="ButtonLink">
          <ButtonLink to="/design" look="secondary" wide>
            To the beginning
          </ButtonLink>
        </Specimen>
      </Specimens>
      <Specimens title="IconButton" columns={3}>
        <Specimen name="default">
          <IconButton label="Settings" icon={<Settings size={20} />} />
        </Specimen>
        <Specimen name="hover" shown="hover">
          <IconButton label="Settings" icon={<Settings size={20} />} />
        </Specimen>
        <Specimen name="focus" shown="focus">
          <IconButton label="Settings" icon={<Settings size={20} />} />
        </Specimen>
        <Specimen name="disabled">
          <IconButton label="Close" icon={<X size={20} />} disabled />
        </Specimen>
      </Specimens>
    </>
  )
}
