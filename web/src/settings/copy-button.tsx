import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from '../design/button.tsx'
import { toast } from '../design/toast.tsx'
import { useText } from '../text/use-text.ts'

/** Puts a text into the clipboard, and says so on itself for a moment. */
export function CopyButton({ label, text }: { label: string; text: string }) {
  const t = useText()
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), 3_000)
    return () => clearTimeout(timer)
  }, [isCopied])
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => toast(t('settings.copyFailed')),
    )
  return (
    <>
      <Button
        look="secondary"
        icon={isCopied ? <Check size={18} aria-hidden="true" /> : <Copy size={18} aria-hidden="true" />}
        onClick={copy}
      >
        {isCopied ? t('settings.copied') : label}
      </Button>
      {/* A status of its own: inside the button it would take the button's name. */}
      <span role="status" className="sr-only">
        {isCopied && t('settings.copied')}
      </span>
    </>
  )
}
