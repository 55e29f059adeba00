import createClient, { type Client } from 'openapi-fetch'
import type { paths } from '~/api/schema'
import { authorised } from '~/session/access'

let client: Client<paths> | undefined

/** The server, as docs/swagger.json describes it. First asked for by the session's plugin. */
export function useApi(): Client<paths> {
  if (!client) {
    const { access, isMember } = useSession()
    client = createClient<paths>({
      baseUrl: apiBase(),
      credentials: apiBase() ? 'include' : 'same-origin',
      fetch: authorised(access, isMember),
      querySerializer: { array: { style: 'form', explode: true } },
    })
  }
  return client
}

let base: string | undefined

/** Where the server is: empty when it is where the pages are. */
export function apiBase(): string {
  return (base ??= (useRuntimeConfig().public.api as string).replace(/\/$/, ''))
}
