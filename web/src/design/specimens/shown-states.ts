import { useEffect } from 'react'

/**
 * While the page is open, what is inside `[data-shown="hover"]` looks as under a pointer, and controls inside
 * `[data-shown="focus"]` as if they had the focus: the rules for these states are given once more, for the
 * attribute. So the page shows what the components really have, and they need no code for it.
 */
export function useShownStates(): void {
  useEffect(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync([...document.styleSheets].map((given) => again(given.cssRules)).join('\n'))
    document.adoptedStyleSheets.push(sheet)
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((adopted) => adopted !== sheet)
    }
  }, [])
}

const states = /(?<!\\):(hover|focus-visible)/g

function again(rules: CSSRuleList): string {
  return [...rules].map(ruleAgain).join('\n')
}

/** A rule without its own states is left out; the layers and conditions around one stay as they are. */
function ruleAgain(rule: CSSRule): string {
  if (rule instanceof CSSStyleRule) {
    return rule.cssText.search(states) === -1 ? '' : shown(rule.cssText)
  }
  if (!(rule instanceof CSSGroupingRule)) return ''
  const inner = again(rule.cssRules)
  if (inner.trim() === '') return ''
  // A touch screen has no pointer to hover with, and yet is to show what it looks like.
  if (rule instanceof CSSMediaRule && rule.conditionText.includes('hover')) return inner
  return `${rule.cssText.slice(0, rule.cssText.indexOf('{'))}{${inner}}`
}

function shown(text: string): string {
  return text
    .replaceAll(/@media \(hover: ?hover\)/g, '@media all')
    .replaceAll(states, (_, state) =>
      state === 'hover'
        ? ':is([data-shown="hover"] *)'
        : ':is([data-shown="focus"] :is(a, button, input, select, textarea))',
    )
}
