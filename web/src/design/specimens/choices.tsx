import { useId } from 'react'
import { Checkbox, Chip, ChoiceGroup, RadioCard, Switch } from '../choice.tsx'
import { Specimen, Specimens } from './specimen.tsx'

export function ChoiceSpecimens() {
  // Light and dark are groups of their own.
  const name = useId()
  return (
    <>
      <Specimens title="ChoiceGroup with Chips">
        <Specimen name="one of several">
          <ChoiceGroup legend="Who would you like to meet" hint="You can change it at any time.">
            <Chip type="radio" name={`${name}-who`} label="Women" defaultChecked />
            <Chip type="radio" name={`${name}-who`} label="Men" />
            <Chip type="radio" name={`${name}-who`} label="Everybody" disabled />
          </ChoiceGroup>
        </Specimen>
        <Specimen name="several of several, with an error">
          <ChoiceGroup legend="Languages" error="Please choose at least one.">
            <Chip type="checkbox" label="English" />
            <Chip type="checkbox" label="German" />
          </ChoiceGroup>
        </Specimen>
        <Specimen name="hover" shown="hover">
          <Chip type="checkbox" label="English" />
        </Specimen>
        <Specimen name="focus" shown="focus">
          <Chip type="checkbox" label="English" defaultChecked />
        </Specimen>
      </Specimens>
      <Specimens title="RadioCard" columns={2}>
        <Specimen name="chosen">
          <RadioCard
            name={`${name}-role`}
            label="Benefactor"
            text="You like to support somebody."
            defaultChecked
          />
        </Specimen>
        <Specimen name="default">
          <RadioCard name={`${name}-role`} label="Companion" text="You bring your company and your time." />
        </Specimen>
        <Specimen name="hover" shown="hover">
          <RadioCard name={`${name}-hover`} label="Companion" text="You bring your company and your time." />
        </Specimen>
        <Specimen name="focus" shown="focus">
          <RadioCard name={`${name}-focus`} label="Companion" text="You bring your company and your time." />
        </Specimen>
      </Specimens>
      <Specimens title="Checkbox" columns={2}>
        <Specimen name="default">
          <Checkbox label="I agree to the terms of use" hint="Required." />
        </Specimen>
        <Specimen name="checked">
          <Checkbox label="I agree to the terms of use" defaultChecked />
        </Specimen>
        <Specimen name="focus" shown="focus">
          <Checkbox label="I agree to the terms of use" />
        </Specimen>
        <Specimen name="error">
          <Checkbox label="I agree to the terms of use" error="Accord cannot work without it." />
        </Specimen>
      </Specimens>
      <Specimens title="Switch" columns={2}>
        <Specimen name="off">
          <Switch label="New matches" hint="By mail, once a day at most." />
        </Specimen>
        <Specimen name="on">
          <Switch label="New matches" defaultChecked />
        </Specimen>
        <Specimen name="focus" shown="focus">
          <Switch label="New matches" defaultChecked />
        </Specimen>
        <Specimen name="disabled">
          <Switch label="New matches" disabled />
        </Specimen>
      </Specimens>
    </>
  )
}
