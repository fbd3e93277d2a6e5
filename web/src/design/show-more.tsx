import { useRef } from 'react'
import { useText } from '../text/use-text.ts'
import { Button } from './button.tsx'

interface ShowMoreProps {
  /** An infinite query, as far as it matters here. */
  query: {
    hasNextPage: boolean
    isFetchingNextPage: boolean
    isFetchNextPageError: boolean
    fetchNextPage(): Promise<unknown>
  }
}

/** Below a list that has another page. Keeps the focus in its place when the last page has come. */
export function ShowMore({ query }: ShowMoreProps) {
  const t = useText()
  const place = useRef<HTMLDivElement>(null)
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query
  return (
    <div ref={place} tabIndex={-1} data-focus-quiet className="grid justify-items-center gap-2">
      {isFetchNextPageError && (
        <p role="alert" className="text-bad text-sm">
          {t('design.error.other.title')}
        </p>
      )}
      {hasNextPage && (
        <Button
          look="secondary"
          busy={isFetchingNextPage}
          onClick={async () => {
            await fetchNextPage()
            if (document.activeElement === document.body) place.current?.focus({ preventScroll: true })
          }}
        >
          {t(isFetchNextPageError ? 'design.retry' : 'design.more')}
        </Button>
      )}
    </div>
  )
}
