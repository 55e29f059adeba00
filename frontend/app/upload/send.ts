// Sending one file to the store, with news of how far it is. `fetch` cannot tell that; XMLHttpRequest can.
import { ask, Problem, type Media } from '~/api'
import { typeOf } from './draft'

/** Begin, send, complete. `progress` hears of 0 to 1. Raises a `Problem`; `stopped` when it was. */
export async function send(file: Blob & { name?: string }, progress: (share: number) => void, stopping: AbortSignal): Promise<Media> {
  const options = { signal: stopping }
  try {
    const body = { size: file.size, type: typeOf(file) as 'image/jpeg' }
    const upload = await ask(useApi().POST('/media/uploads/', { body, ...options }))
    if (upload.url) {
      const form = new FormData()
      for (const [name, value] of Object.entries(upload.fields)) form.set(name, value)
      form.set('file', file)
      await give('POST', upload.url, form, (bytes) => progress(Math.min(bytes / file.size, 1)), stopping)
    }
    let before = 0
    for (const part of upload.parts) {
      const piece = file.slice(before, before + part.size)
      await give('PUT', part.url, piece, (bytes) => progress((before + Math.min(bytes, part.size)) / file.size), stopping)
      before += part.size
    }
    progress(1)
    const call = { params: { path: { upload_id: upload.id } }, ...options }
    return await ask(useApi().POST('/media/uploads/{upload_id}/complete/', call))
  } catch (error) {
    throw stopping.aborted ? new Problem('stopped', '') : error
  }
}

function give(method: string, url: string, body: FormData | Blob, progress: (bytes: number) => void, stopping: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(method, url)
    request.upload.onprogress = (event) => progress(event.loaded)
    request.onload = () => {
      if (request.status < 300) resolve()
      else reject(problemOf(request))
    }
    request.onerror = () => reject(new Problem('network', ''))
    request.onabort = () => reject(new Problem('stopped', ''))
    stopping.addEventListener('abort', () => request.abort())
    request.send(body)
  })
}

/** A bucket answers in XML, of which nobody can make anything. */
function problemOf(request: XMLHttpRequest): Problem {
  let body: Partial<Problem> = {}
  try {
    body = JSON.parse(request.responseText) as Partial<Problem>
  } catch {
    // What the status says is all there is.
  }
  const seconds = Number(request.getResponseHeader('Retry-After')) || 0
  return new Problem(body.code ?? 'unknown', body.detail ?? '', body.fields ?? {}, request.status, seconds)
}
