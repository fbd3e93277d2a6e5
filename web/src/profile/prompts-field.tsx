import { Plus, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button, IconButton } from '../design/button.tsx'
import { TextArea } from '../design/field.tsx'
import { useText } from '../text/use-text.ts'
import { Counted, directionOf } from './counted.tsx'
import { limits, type Prompt } from './profile-draft.ts'
import type { FieldProblems } from './profile-problems.ts'
import { QuestionDialog } from './question-dialog.tsx'
import { questionText } from './questions.ts'

interface PromptsFieldProps {
  value: readonly Prompt[]
  onChange(prompts: Prompt[]): void
  problems: FieldProblems
}

/** Up to three questions with one's own answers. */
export function PromptsField({ value, onChange, problems }: PromptsFieldProps) {
  const t = useText()
  /** The place that a question is being chosen for. */
  const [choosing, setChoosing] = useState<number | null>(null)
  const fields = useRef<HTMLDivElement>(null)
  const add = useRef<HTMLButtonElement>(null)
  const focusAnswer = (index: number) =>
    requestAnimationFrame(() => fields.current?.querySelectorAll('textarea')[index]?.focus())
  return (
    <div ref={fields} className="grid gap-4">
      {value.map(({ question, answer }, index) => {
        const text = questionText(t, question)
        return (
          <div key={question} className="grid gap-3 rounded-card border border-line bg-surface p-4">
            <div className="flex items-start gap-2">
              <p className="flex-1 pt-2 font-serif text-lg">{text}</p>
              <IconButton
                label={t('profile.prompts.remove', { question: text })}
                icon={<Trash2 size={18} />}
                className="-me-2"
                onClick={() => {
                  onChange(value.filter((_, other) => other !== index))
                  requestAnimationFrame(() => add.current?.focus())
                }}
              />
            </div>
            <Counted text={answer} limit={limits.answer}>
              <TextArea
                label={t('profile.prompts.answer')}
                aria-label={t('profile.prompts.answerTo', { question: text })}
                value={answer}
                dir={directionOf(answer)}
                rows={3}
                maxLength={limits.answer}
                error={problems[`prompts.${index}`]}
                onChange={(event) =>
                  onChange(
                    value.map((prompt, at) =>
                      at === index ? { question, answer: event.target.value } : prompt,
                    ),
                  )
                }
              />
            </Counted>
            <Button
              look="quiet"
              className="!min-h-11 -ms-3 justify-self-start !px-3"
              onClick={() => setChoosing(index)}
            >
              {t('profile.prompts.other')}
            </Button>
          </div>
        )
      })}
      {value.length < limits.prompts && (
        <Button
          ref={add}
          look="secondary"
          icon={<Plus size={18} aria-hidden="true" />}
          onClick={() => setChoosing(value.length)}
        >
          {t(value.length === 0 ? 'profile.prompts.first' : 'profile.prompts.add')}
        </Button>
      )}
      <QuestionDialog
        open={choosing !== null}
        onClose={() => setChoosing(null)}
        used={value.map(({ question }) => question)}
        onChoose={(question) => {
          if (choosing === null) return
          onChange([...value].toSpliced(choosing, 1, { question, answer: value[choosing]?.answer ?? '' }))
          setChoosing(null)
          focusAnswer(choosing)
        }}
      />
    </div>
  )
}
