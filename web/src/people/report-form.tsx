import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api, unwrap } from '../api/client.ts'
import { isProblem } from '../api/problem.ts'
import { Button } from '../design/button.tsx'
import { Checkbox, Chip, ChoiceGroup } from '../design/choice.tsx'
import { TextArea } from '../design/field.tsx'
import { Notice } from '../design/notice.tsx'
import { useText } from '../text/use-text.ts'
import { failureText } from './failure.ts'

const reasons = ['fake', 'harassment', 'underage', 'scam', 'offensive_content', 'other'] as const
type Reason = (typeof reasons)[number]

interface ReportFormProps {
  memberId: string
  name: string
  onSent(sent: { blocked: boolean }): void
}

/** What is wrong about a member, for the moderators. What was written outlives closing the dialog and reloading. */
export function ReportForm({ memberId, name, onSent }: ReportFormProps) {
  const t = useText()
  const draftKey = `accord.draft.report.${memberId}`
  const [reason, setReason] = useState<Reason>()
  const [text, setText] = useState(() => sessionStorage.getItem(draftKey) ?? '')
  const [alsoBlock, setAlsoBlock] = useState(true)
  const [missing, setMissing] = useState(false)
  const report = useMutation({
    mutationFn: (chosen: Reason) =>
      unwrap(
        api.POST('/api/v1/users/{id}/report', {
          params: { path: { id: memberId } },
          body: { reason: chosen, alsoBlock, ...(text.trim() === '' ? {} : { text: text.trim() }) },
        }),
      ),
    onSuccess: () => {
      sessionStorage.removeItem(draftKey)
      onSent({ blocked: alsoBlock })
    },
  })
  const textRefused = isProblem(report.error) && report.error.fields.some(({ path }) => path === '/text')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (report.isPending) return
    setMissing(!reason)
    if (reason) report.mutate(reason)
  }
  return (
    <form className="grid gap-5" onSubmit={submit}>
      <ChoiceGroup
        legend={t('people.report.reason')}
        error={missing && !reason ? t('people.report.reasonMissing') : undefined}
      >
        {reasons.map((value) => (
          <Chip
            key={value}
            type="radio"
            name="reason"
            label={t(`people.report.reason.${value}`)}
            checked={reason === value}
            onChange={() => setReason(value)}
          />
        ))}
      </ChoiceGroup>
      <TextArea
        label={t('people.report.details')}
        hint={t('people.report.detailsHint')}
        error={textRefused ? t('people.report.detailsWrong') : undefined}
        rows={3}
        maxLength={2000}
        dir="auto"
        value={text}
        onChange={({ target }) => {
          setText(target.value)
          sessionStorage.setItem(draftKey, target.value)
        }}
      />
      <Checkbox
        label={t('people.report.alsoBlock', { name })}
        hint={t('people.report.alsoBlockHint')}
        checked={alsoBlock}
        onChange={({ target }) => setAlsoBlock(target.checked)}
      />
      {report.isError && !textRefused && <Notice tone="bad">{failureText(t, report.error)}</Notice>}
      <Button type="submit" wide busy={report.isPending}>
        {t('people.report.send')}
      </Button>
    </form>
  )
}
