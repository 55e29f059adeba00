// Names for the shapes that the server's description has, and errors a page can act on.
import type { components } from './schema'

type Schemas = components['schemas']
export type Person = Schemas['Person']
export type Profile = Schemas['Profile']
export type Post = Schemas['Post']
export type Media = Schemas['MediaCard']
export type Comment = Schemas['Comment']
export type Instance = Schemas['InstanceDetail']
export type Device = Schemas['Session']
export type Relations = Schemas['ViewerOfPerson']
export type Result = Schemas['SearchResult']
export type Suggestion = Schemas['Suggestion']
export type Showcase = Schemas['Showcase']
export type ShowcasePlace = Schemas['Place']
export type Reaction = Schemas['Reaction']
export type Summary = Schemas['ReactionSummary']
export type Collection = Schemas['Collection']
export type Reason = Schemas['Reason']
export type Tag = Schemas['Tag']

export interface Page<T> {
  next: string | null
  previous: string | null
  results: T[]
}

/** Whatever went wrong: `network` when there was no answer, else the server's own code. */
export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly detail: string,
    readonly fields: Record<string, string[]> = {},
    readonly status = 0,
    readonly seconds = 0,
  ) {
    super(detail)
  }

  static async of(answer: Response): Promise<Problem> {
    const body = (await answer.json().catch(() => ({}))) as Partial<Problem>
    return Problem.from(body, answer)
  }

  static from(body: Partial<Problem> | undefined, answer: Response): Problem {
    const seconds = Number(answer.headers.get('Retry-After')) || 0
    return new Problem(body?.code ?? 'unknown', body?.detail ?? '', body?.fields ?? {}, answer.status, seconds)
  }
}

type Call<T> = Promise<{ data?: T; error?: unknown; response: Response }>

/** The data of an answer. Throws a `Problem` for everything else. */
export async function ask<T>(call: Call<T>): Promise<T> {
  let answer: Awaited<Call<T>>
  try {
    answer = await call
  } catch (error) {
    throw error instanceof Problem ? error : new Problem('network', String(error))
  }
  if (!answer.response.ok) throw Problem.from(answer.error as Partial<Problem>, answer.response)
  return answer.data as T
}

/** The cursor of a page's `next`; its address is the site's, which may not be how we got here. */
export function cursorOf(link: string | null | undefined): string | undefined {
  return link ? (new URL(link).searchParams.get('cursor') ?? undefined) : undefined
}
