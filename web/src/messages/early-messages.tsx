import { useQuery } from '@tanstack/react-query'
import { useOnline } from '../shell/connection-note.tsx'
import { MessageRow } from './message-row.tsx'
import { useOutbox } from './outbox.ts'
import { rowsOf } from './rows.ts'
import { sentEarlyQuery } from './sent-early.ts'

const nothingRead = { olderCursor: null, lastSeq: 0, readUpToSeq: 0, peerReadUpToSeq: 0 }

/** What was written in a conversation that is not loaded: it is in sight all the same, the last of it above all. */
export function EarlyMessages({ conversationId }: { conversationId: string }) {
  const { data: messages = [] } = useQuery(sentEarlyQuery(conversationId))
  const rows = rowsOf({ ...nothingRead, messages }, useOutbox(conversationId), useOnline())
  return (
    <div className="flex max-h-1/2 flex-col-reverse overflow-y-auto">
      <div>
        {rows.map(
          (row, at) =>
            row.kind !== 'day' && <MessageRow key={row.key} row={row} index={at} tabIndex={-1} name={null} />,
        )}
      </div>
    </div>
  )
}
