import type { Wire } from './store.ts'

/** The page where a person pays, declines or leaves. */
export function checkoutPage(session: Wire): Response {
  if (session.status !== 'open')
    return notice('This checkout is closed', 'It was already paid, or it has expired.')
  const action = `/pay/${escapeHtml(session.id)}`
  return page(
    'Checkout',
    `<p class="what">${escapeHtml(String(session.sandbox_product))}</p>
    <p class="sum">${money(session)} <span>each month</span></p>
    <form method="post" action="${action}">
      <button name="outcome" value="paid" class="main">Pay with the test card</button>
      <button name="outcome" value="declined">Let the card be declined</button>
      <button name="outcome" value="left">Go back without paying</button>
    </form>`,
  )
}

/** The customer portal: what is subscribed, and how to end or keep it. */
export function portalPage(portal: Wire, subscriptions: Wire[]): Response {
  const rows = subscriptions.map((subscription) => {
    const ending = subscription.cancel_at_period_end === true
    const button = ending
      ? '<button name="action" value="resume" class="main">Keep the subscription</button>'
      : '<button name="action" value="cancel">End it at the end of the period</button>'
    const over = subscription.status === 'canceled'
    return `<section><p class="what">${escapeHtml(String((subscription.metadata as Record<string, string>).plan ?? 'Subscription'))}: ${escapeHtml(String(subscription.status))}${ending && !over ? ', ends with this period' : ''}</p>
      ${over ? '' : `<form method="post" action="/portal/${escapeHtml(portal.id)}"><input type="hidden" name="subscription" value="${escapeHtml(subscription.id)}">${button}<button name="action" value="renew">Renew it now, as after a month</button><button name="action" value="fail">Let the renewal fail</button><button name="action" value="cancel_now">End it now</button></form>`}</section>`
  })
  const back = `<p><a href="${escapeHtml(String(portal.return_url))}">Back to Accord</a></p>`
  return page('Your subscription', (rows.join('') || '<p>No subscription.</p>') + back)
}

export function invoicePage(invoice: Wire): Response {
  return page(
    'Invoice',
    `<p class="what">${escapeHtml(String(invoice.number))}</p><p class="sum">${money({ ...invoice, amount_total: invoice.total })}</p><p>${escapeHtml(String(invoice.status))}</p>`,
  )
}

/** A page with one message. */
export function notice(title: string, text: string, status = 200): Response {
  return page(title, `<p>${escapeHtml(text)}</p>`, status)
}

function money(session: Wire): string {
  const amount = Number(session.amount_total) / 100
  return new Intl.NumberFormat('en-IE', {
    style: 'currency',
    currency: String(session.currency).toUpperCase(),
  }).format(amount)
}

function page(title: string, body: string, status = 200): Response {
  return new Response(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title><link rel="stylesheet" href="/sandbox.css"></head>
<body><main><p class="note">Payment sandbox. No money moves here.</p><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`,
    {
      status,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy':
          "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      },
    },
  )
}

export const stylesheet = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { margin: 0; display: grid; place-items: center; min-height: 100vh; background: light-dark(#f6f3ec, #17131a); color: light-dark(#222, #eee) }
main { width: min(26rem, 100vw - 2rem); padding: 1.5rem; border-radius: 12px; background: light-dark(#fff, #221c26) }
h1 { font-size: 1.25rem; margin: .5rem 0 1rem }
.note { margin: 0; font-size: .85rem; opacity: .7 }
.what { margin: 0 } .sum { font-size: 1.75rem; margin: .25rem 0 1.25rem } .sum span { font-size: 1rem; opacity: .7 }
form { display: grid; gap: .75rem }
button { font: inherit; min-height: 44px; border-radius: 8px; border: 1px solid currentColor; background: none; color: inherit; cursor: pointer }
button.main { background: #6b1f3a; border-color: #6b1f3a; color: #fff }
`

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)
}
