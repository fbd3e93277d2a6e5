import { useMutation, useQueryClient } from '@tanstack/react-query'
import { EllipsisVertical } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { api, unwrap } from '../api/client.ts'
import { Button, IconButton } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { Notice } from '../design/notice.tsx'
import { toast } from '../design/toast.tsx'
import { useText } from '../text/use-text.ts'
import { failureText } from './failure.ts'
import { forgetPerson } from './forget-person.ts'
import { ReportForm } from './report-form.tsx'

export interface PersonAction {
  title: string
  /** What it does. */
  text: string
  label: string
  run(): void
}

interface PersonMenuProps {
  memberId: string
  displayName: string
  /** The person is blocked: whatever shows them closes. */
  onGone(): void
  /** What else can be done with this person here. */
  actions?: readonly PersonAction[]
  className?: string
}

/** Block and report, in two taps wherever a person appears; what each of them does stands beside it. */
export function PersonMenu({
  memberId,
  displayName: name,
  onGone,
  actions = [],
  className = '',
}: PersonMenuProps) {
  const t = useText()
  const client = useQueryClient()
  const [step, setStep] = useState<'closed' | 'choose' | 'report'>('closed')
  const block = useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/users/{id}/block', { params: { path: { id: memberId } } })),
    onSuccess: () => {
      toast(t('people.block.done', { name }))
      gone()
    },
  })
  const close = () => {
    setStep('closed')
    block.reset()
  }
  const gone = () => {
    close()
    forgetPerson(client, memberId)
    onGone()
  }
  return (
    <>
      <IconButton
        className={className}
        label={t('people.menu.open', { name })}
        icon={<EllipsisVertical size={20} />}
        aria-haspopup="dialog"
        onClick={() => setStep('choose')}
      />
      <Dialog open={step === 'choose'} onClose={close} title={t('people.menu.title', { name })}>
        <div className="grid gap-6">
          {actions.map(({ title, text, label, run }) => (
            <Choice key={title} title={title} text={text}>
              {(describedBy) => (
                <Button
                  look="secondary"
                  wide
                  aria-describedby={describedBy}
                  onClick={() => {
                    close()
                    run()
                  }}
                >
                  {label}
                </Button>
              )}
            </Choice>
          ))}
          <Choice title={t('people.block.title')} text={t('people.block.text', { name })}>
            {(describedBy) => (
              <Button
                look="danger"
                wide
                aria-describedby={describedBy}
                busy={block.isPending}
                onClick={() => block.mutate()}
              >
                {t('people.block.action', { name })}
              </Button>
            )}
          </Choice>
          {block.isError && <Notice tone="bad">{failureText(t, block.error)}</Notice>}
          <Choice title={t('people.report.title')} text={t('people.report.text', { name })}>
            {(describedBy) => (
              <Button look="secondary" wide aria-describedby={describedBy} onClick={() => setStep('report')}>
                {t('people.report.action', { name })}
              </Button>
            )}
          </Choice>
        </div>
      </Dialog>
      <Dialog open={step === 'report'} onClose={close} title={t('people.report.dialog', { name })}>
        <ReportForm
          memberId={memberId}
          name={name}
          onSent={({ blocked }) => {
            toast(t('people.report.done'))
            if (blocked) gone()
            else close()
          }}
        />
      </Dialog>
    </>
  )
}

function Choice({
  title,
  text,
  children,
}: {
  title: string
  text: string
  children(describedBy: string): ReactNode
}) {
  const id = useId()
  return (
    <section className="grid gap-2">
      <h3 className="text-lg">{title}</h3>
      <p id={id} className="text-ink-soft text-sm">
        {text}
      </p>
      <div className="mt-1">{children(id)}</div>
    </section>
  )
}
