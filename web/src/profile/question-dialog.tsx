import { Dialog } from '../design/dialog.tsx'
import { useText } from '../text/use-text.ts'
import { type PromptQuestion, promptQuestions, questionText } from './questions.ts'

interface QuestionDialogProps {
  open: boolean
  onClose(): void
  /** Those that were chosen already: each is asked once. */
  used: readonly PromptQuestion[]
  onChoose(question: PromptQuestion): void
}

export function QuestionDialog({ open, onClose, used, onChoose }: QuestionDialogProps) {
  const t = useText()
  return (
    <Dialog open={open} onClose={onClose} title={t('profile.prompts.choose')}>
      <ul className="-mx-2 grid">
        {promptQuestions
          .filter((question) => !used.includes(question))
          .map((question) => (
            <li key={question} className="border-line border-b last:border-0">
              <button
                type="button"
                className="min-h-12 w-full rounded-control px-2 py-2.5 text-start font-serif text-lg hover:bg-sunken"
                onClick={() => onChoose(question)}
              >
                {questionText(t, question)}
              </button>
            </li>
          ))}
      </ul>
    </Dialog>
  )
}
