// The access token: in memory alone, renewed once however many requests wait for it.
import { sentEarly } from './early'

/** The session is over, for good: the server has said so. */
export class Ended extends Error {}

const EARLY = 20_000 // milliseconds before its end at which a token counts as old

export class Access {
  private token = ''
  private until = 0
  private renewing: Promise<string> | null = null

  /** `renewal` asks the server for a token; it rejects with `Ended` when there is nobody. */
  constructor(
    private readonly renewal: () => Promise<string>,
    private readonly now: () => number = Date.now,
  ) {}

  get isKnown(): boolean {
    return this.token !== ''
  }

  set(token: string): string {
    this.token = token
    this.until = this.now() + lifetime(token) - EARLY
    return token
  }

  forget(): void {
    this.token = ''
    this.until = 0
  }

  /** A token that is good now, as far as we know. */
  get(): Promise<string> {
    return this.token && this.now() < this.until ? Promise.resolve(this.token) : this.renew()
  }

  /** A new token. Whoever was refused with `refused` gets what has replaced it meanwhile. */
  renew(refused = ''): Promise<string> {
    if (refused && this.token && this.token !== refused) return this.get()
    this.renewing ??= this.renewal()
      .then((token) => this.set(token))
      .finally(() => (this.renewing = null))
    return this.renewing
  }
}

/** Milliseconds from its making to its end: our clock may differ from the server's. */
function lifetime(token: string): number {
  const body = token.split('.')[1] ?? ''
  const claims = JSON.parse(atob(body.replace(/-/g, '+').replace(/_/g, '/'))) as { exp: number; iat: number }
  return (claims.exp - claims.iat) * 1000
}

/**
 * `fetch` for somebody who is signed in. A request that is refused for its token is sent once
 * more with a new one. `isMember` tells whether there is anybody to speak for.
 */
export function authorised(access: Access, isMember: () => boolean, send: typeof fetch = fetch) {
  return async (request: Request): Promise<Response> => {
    const early = sentEarly(request)
    if (!isMember()) return early ?? send(request)
    const again = request.clone()
    const token = await access.get()
    const answer = await (early ?? send(bearing(request, token)))
    if (answer.status !== 401) return answer
    return send(bearing(again, await access.renew(token)))
  }
}

function bearing(request: Request, token: string): Request {
  request.headers.set('Authorization', `Bearer ${token}`)
  return request
}
