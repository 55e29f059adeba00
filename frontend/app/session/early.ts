// What a page asks for first. `first.js` sends it with the shell, before the page is there to ask.

/** How wide the first pictures are, for browsers to choose a rendition by. */
export const WIDE = { feed: '(min-width: 40rem) 36rem, 100vw', post: '(min-width: 64rem) 60vw, 100vw' }

export interface Early {
  asks: string[] // addresses in the API, in which `$1` is the page's own part
  wide?: string // its first picture
  isFor?: 'members'
  own?: string // what its own part has to look like
}

/** By page. */
export const EARLY: Record<string, Early> = {
  'pages/feed.vue': { asks: ['/posts/timeline/'], wide: WIDE.feed, isFor: 'members' },
  'pages/p/[id].vue': { asks: ['/posts/$1/'], wide: WIDE.post, own: '^[1-9]\\d{0,14}$' },
  'pages/u/[username]/index.vue': { asks: ['/users/$1/', '/users/$1/showcase/', '/users/$1/posts/?limit=24'] },
}

declare global {
  /** Answers on their way, by address; for some seconds. */
  var yafigEarly: Map<string, Promise<Response>> | undefined
}

/** The answer to a request that has been sent already: once, and undefined for any other. */
export function sentEarly({ method, url }: Request): Promise<Response> | undefined {
  if (method !== 'GET') return undefined
  const answer = globalThis.yafigEarly?.get(url)
  globalThis.yafigEarly?.delete(url)
  return answer
}
