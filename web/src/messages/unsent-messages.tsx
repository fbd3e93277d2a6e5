import { useOnline } from '../shell/connection-note.tsx'
import { MessageRow } from './message-row.tsx'
import { useOutbox } from './outbox.ts'
import { rowsOf } from './rows.ts'

const nothingRead = { messages: [], olderCursor: null, lastSeq: 0, readUpToSeq: 0, peerReadUpToSeq: 0 }

/** What was written in a conversation that is not loaded: it waits in sight. */
export function UnsentMessages({ conversationId }: { conversationId: string }) {
  const rows = rowsOf(nothingRead, useOutbox(conversationId), useOnline())
  return (
    <div className="max-h-1/2 shrink-0 overflow-y-auto">
      {rows.map(
        (row, at) =>
          row.kind !== 'day' && <MessageRow key={row.key} row={row} index={at} tabIndex={0} name={null} />,
      )}
    </div>
  )
}
