import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useId, useState, useSyncExternalStore } from 'react'
import { api, unwrap } from '../api/client.ts'
import { Button } from '../design/button.tsx'
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

export interface PersonInQuestion {
  memberId: string
  displayName: string
  /** The person is blocked: whatever shows them closes. */
  onGone(): void
  /** What else can be done with this person here. */
  actions?: readonly PersonAction[]
}

let shown: PersonInQuestion | null = null
const watchers = new Set<() => void>()

/** Opens the one dialog of the page about a person. */
export function showPersonDialog(person: PersonInQuestion | null): void {
  shown = person
  for (const watcher of watchers) watcher()
}

/**
 * What can be done about a person, each with what it does beside it. It stands apart from where it was opened: a row
 * that moves or goes, as when the other one writes or ends the match, takes no dialog with it.
 */
export function PersonDialog() {
  const person = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => shown,
  )
  useEffect(() => () => showPersonDialog(null), [])
  return person && <Steps person={person} onClose={() => showPersonDialog(null)} />
}

function Steps({ person, onClose }: { person: PersonInQuestion; onClose(): void }) {
  const { memberId, displayName: name, onGone, actions = [] } = person
  const t = useText()
  const client = useQueryClient()
  const [reporting, setReporting] = useState(false)
  const gone = () => {
    onClose()
    forgetPerson(client, memberId)
    onGone()
  }
  const block = useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/users/{id}/block', { params: { path: { id: memberId } } })),
    onSuccess: () => {
      toast(t('people.block.done', { name }))
      gone()
    },
  })
  return (
    <>
      <Dialog open={!reporting} onClose={onClose} title={t('people.menu.title', { name })}>
        <div className="grid gap-6">
          {actions.map(({ title, text, label, run }) => (
            <Choice key={title} title={title} text={text}>
              {(describedBy) => (
                <Button
                  look="secondary"
                  wide
                  aria-describedby={describedBy}
                  onClick={() => {
                    onClose()
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
              <Button look="secondary" wide aria-describedby={describedBy} onClick={() => setReporting(true)}>
                {t('people.report.action', { name })}
              </Button>
            )}
          </Choice>
        </div>
      </Dialog>
      <Dialog open={reporting} onClose={onClose} title={t('people.report.dialog', { name })}>
        <ReportForm
          memberId={memberId}
          name={name}
          onSent={({ blocked }) => {
            toast(t('people.report.done'))
            if (blocked) gone()
            else onClose()
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
