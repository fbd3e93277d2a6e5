import { Button } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { useProblemText } from '../design/problem-text.ts'
import { useText } from '../text/use-text.ts'

/** One part of a page could not be loaded; the others stay of use. */
export function PartError({ error, retry }: { error: unknown; retry(): void }) {
  const t = useText()
  const problemText = useProblemText()
  return (
    <div className="grid justify-items-start gap-3">
      <Notice>{problemText(error)}</Notice>
      <Button look="secondary" onClick={retry}>
        {t('design.retry')}
      </Button>
    </div>
  )
}
