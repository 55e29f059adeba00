// first.js, which comes with the shell: what this address needs is asked for at once, and not one
// after the other as each module tells of the next.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { srcsetOf } from '../app/pictures'
import { EARLY, type Early } from '../app/session/early'
import { HINT, RENEWAL } from '../app/session/hint'

type Chunk = { file: string; imports?: string[]; css?: string[] }
type Manifest = Record<string, Chunk>

/** What one page needs: the pattern of its address, files that the shell does not name, and data. */
interface Needs extends Early {
  path: string
  files: string[]
}

/** Write `first.js` into `folder`, for a server at `api`. */
export function writeFirst(folder: string, manifest: Manifest, api = ''): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'first.js'), script(pagesOf(manifest), api.replace(/\/$/, '')))
}

/** Every page of the build, but the one for addresses that there are not. */
export function pagesOf(manifest: Manifest): Needs[] {
  const known = filesOf(manifest, 'entry')
  return Object.keys(manifest)
    .filter((name) => /^pages\/.+\.vue$/.test(name) && !name.includes('[...'))
    .map((name) => {
      const files = new Set([...filesOf(manifest, name), ...filesOf(manifest, 'layouts/default.vue')])
      return { path: patternOf(name), files: [...files].filter((file) => !known.has(file)), asks: [], ...EARLY[name] }
    })
}

function patternOf(name: string): string {
  const path = name.replace(/^pages/, '').replace(/\.vue$/, '').replace(/\/index$/, '')
  return `^${path.replace(/\[\w+\]/g, '[^/]+')}/?$`
}

function filesOf(manifest: Manifest, name: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[name] ?? Object.values(manifest).find((each) => 'isEntry' in each && name === 'entry')
  if (!chunk || found.has(chunk.file)) return found
  for (const file of [chunk.file, ...(chunk.css ?? [])]) found.add(file)
  for (const each of chunk.imports ?? []) filesOf(manifest, each, found)
  return found
}

function script(pages: Needs[], api: string): string {
  return `(() => {
  ${srcsetOf}
  const page = ${JSON.stringify(pages)}.find(({ path }) => new RegExp(path).test(location.pathname))
  const link = (kind) => document.head.append(Object.assign(document.createElement('link'), kind))
  for (const file of page?.files ?? []) {
    const kind = file.endsWith('.css') ? { rel: 'preload', as: 'style' } : { rel: 'modulepreload' }
    link({ ...kind, crossOrigin: '', href: '/_nuxt/' + file })
  }

  let token = Promise.resolve('')
  let isMember = false
  try {
    isMember = localStorage.getItem('${HINT}') !== null
    if (isMember) {
      window.yafigRenewal = fetch('${api}${RENEWAL.path}', ${JSON.stringify(RENEWAL.init)})
      token = window.yafigRenewal.then((answer) => answer.clone().json()).then(({ access }) => access ?? Promise.reject())
    }
  } catch {
    // No storage: nobody is signed in.
  }
  const own = location.pathname.split('/')[2] ?? ''
  const early = (window.yafigEarly = new Map())
  const isWorthIt = (isMember || page?.isFor !== 'members') && new RegExp(page?.own ?? '').test(own)
  for (const ask of (isWorthIt && page?.asks) || []) {
    const { href } = new URL('${api}' + ask.replace('$1', () => own), location.href)
    const answer = token.then((known) => fetch(href, known ? { headers: { Authorization: 'Bearer ' + known } } : {}))
    early.set(href, answer)
    answer.then(page.wide ? showFirst : undefined).catch(() => undefined)
  }
  setTimeout(() => early.clear(), 10_000)

  async function showFirst(answer) {
    const body = await answer.clone().json()
    const media = (body.results ? body.results[0] : body)?.media?.[0]
    const kind = { rel: 'preload', as: 'image', fetchPriority: 'high' }
    if (media?.type === 'video') media.poster && link({ ...kind, href: media.poster })
    else if (media?.url) link({ ...kind, imageSizes: page.wide, imageSrcset: srcsetOf(media), href: media.url })
  }
})()
`
}
