/** Where the browser keeps that somebody is signed in here: the cookie itself no script can see. */
export const HINT = 'yafig.member'

/** How a browser asks for its next access token. */
export const RENEWAL = {
  path: '/users/refresh/',
  // `keepalive`: a page that is left meanwhile still gets its next cookie.
  init: { method: 'POST', headers: { 'Content-Type': 'application/json' }, credentials: 'include', keepalive: true, body: '{}' },
} as const

declare global {
  /** The first renewal, which `first.js` has sent before the pages' own script was there. */
  var yafigRenewal: Promise<Response> | undefined
}
