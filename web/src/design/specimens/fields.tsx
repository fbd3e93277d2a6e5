import { PasswordField, SelectField, TextArea, TextField } from '../field.tsx'
import { Specimen, Specimens } from './specimen.tsx'

export function FieldSpecimens() {
  return (
    <>
      <Specimens title="TextField" columns={2}>
        <Specimen name="empty">
          <TextField label="Name" placeholder="As your friends call you" />
        </Specimen>
        <Specimen name="filled, with a hint">
          <TextField label="Name" hint="Others see it on your profile." defaultValue="Robin" />
        </Specimen>
        <Specimen name="hover" shown="hover">
          <TextField label="Name" defaultValue="Robin" />
        </Specimen>
        <Specimen name="focus" shown="focus">
          <TextField label="Name" defaultValue="Robin" />
        </Specimen>
        <Specimen name="error">
          <TextField
            label="Email address"
            error="Please write it as in name@example.com."
            defaultValue="robin@"
          />
        </Specimen>
        <Specimen name="disabled">
          <TextField label="Name" defaultValue="Robin" disabled />
        </Specimen>
      </Specimens>
      <Specimens title="PasswordField" columns={2}>
        <Specimen name="filled">
          <PasswordField label="Password" autoComplete="off" defaultValue="a long walk" />
        </Specimen>
        <Specimen name="error">
          <PasswordField
            label="Password"
            autoComplete="off"
            error="Please use at least 10 characters."
            defaultValue="short"
          />
        </Specimen>
      </Specimens>
      <Specimens title="TextArea" columns={2}>
        <Specimen name="filled">
          <TextArea
            label="A good evening"
            defaultValue="A table by the window, and nobody looking at the time."
          />
        </Specimen>
        <Specimen name="error">
          <TextArea
            label="A good evening"
            error="Please write a few words, or leave this one out."
            defaultValue="?"
          />
        </Specimen>
      </Specimens>
      <Specimens title="SelectField" columns={2}>
        <Specimen name="default">
          <SelectField label="Language" hint="That you like to write in.">
            <option>English</option>
            <option>Deutsch</option>
          </SelectField>
        </Specimen>
        <Specimen name="error">
          <SelectField label="Language" error="Please choose one.">
            <option> </option>
          </SelectField>
        </Specimen>
        <Specimen name="disabled">
          <SelectField label="Language" disabled>
            <option>English</option>
          </SelectField>
        </Specimen>
      </Specimens>
    </>
  )
}
