// Sending photos, with news of how far it is. `fetch` cannot tell that; XMLHttpRequest can.
import { Problem, type Post } from '~/api'
import { tagsIn } from '~/captions'
import type { Access } from '~/session/access'
import type { Draft } from './draft'

export interface Sending {
  done: Promise<Post>
  stop: () => void
}

/** Post a draft. `key` is the same for each try of one draft, so that trying again makes no second post. */
export function send(draft: Draft, key: string, url: string, access: Access, progress: (bytes: number) => void): Sending {
  const stopping = new AbortController()
  const attempt = async () => {
    const token = await access.get()
    try {
      return await once(token)
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) throw error
      return once(await access.renew(token))
    }
  }
  const once = (token: string) => post(url, bodyOf(draft), { Authorization: `Bearer ${token}`, 'Idempotency-Key': key }, progress, stopping.signal)
  return { done: attempt(), stop: () => stopping.abort() }
}

function bodyOf(draft: Draft): FormData {
  const body = new FormData()
  body.set('caption', draft.caption.trim())
  body.set('visibility', draft.visibility)
  for (const tag of tagsIn(draft.caption)) body.append('tags', tag)
  for (const photo of draft.photos) {
    body.append('images', photo.file, photo.name)
    body.append('alt_texts', photo.alt.trim())
  }
  return body
}

function post(url: string, body: FormData, headers: Record<string, string>, progress: (bytes: number) => void, stopping: AbortSignal): Promise<Post> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.upload.onprogress = (event) => progress(event.loaded)
    request.onload = () => {
      const answer = parsed(request.responseText)
      if (request.status === 201) resolve(answer as Post)
      else reject(problemOf(request, answer as Partial<Problem>))
    }
    request.onerror = () => reject(new Problem('network', ''))
    request.onabort = () => reject(new Problem('stopped', ''))
    stopping.addEventListener('abort', () => request.abort())
    request.send(body)
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

function problemOf(request: XMLHttpRequest, body: Partial<Problem>): Problem {
  const seconds = Number(request.getResponseHeader('Retry-After')) || 0
  return new Problem(body.code ?? 'unknown', body.detail ?? '', body.fields ?? {}, request.status, seconds)
}
