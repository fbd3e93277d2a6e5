import { type Ref, type TextareaHTMLAttributes, useImperativeHandle, useLayoutEffect, useRef } from 'react'

/** As high as this; what is longer is scrolled. */
const atMostLines = 6

/** A field of text that is as high as what is in it. */
export function GrowingTextArea({
  ref,
  ...rest
}: TextareaHTMLAttributes<HTMLTextAreaElement> & { ref?: Ref<HTMLTextAreaElement | null> | undefined }) {
  const element = useRef<HTMLTextAreaElement>(null)
  useImperativeHandle(ref, () => element.current as HTMLTextAreaElement)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text may need another height
  useLayoutEffect(() => {
    const area = element.current
    if (!area) return
    const { lineHeight, paddingBlockStart, paddingBlockEnd, borderBlockWidth } = getComputedStyle(area)
    const around = Number.parseFloat(paddingBlockStart) + Number.parseFloat(paddingBlockEnd)
    const borders = 2 * Number.parseFloat(borderBlockWidth)
    const most = atMostLines * Number.parseFloat(lineHeight) + around + borders
    area.style.height = 'auto'
    area.style.height = `${Math.min(area.scrollHeight + borders, most)}px`
    area.style.overflowY = area.scrollHeight + borders > most ? 'auto' : 'hidden'
  }, [rest.value])
  return (
    <textarea
      {...rest}
      ref={element}
      rows={1}
      dir="auto"
      className="field block resize-none rounded-[1.5rem]"
    />
  )
}
