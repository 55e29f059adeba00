// first.js, which comes with the shell: what this address needs is asked for at once, and not one
// after the other as each module tells of the next.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { HINT, RENEWAL } from '../app/session/hint'

type Chunk = { file: string; imports?: string[]; css?: string[] }
type Manifest = Record<string, Chunk>

/** Write `first.js` into `folder`, for a server at `api`. */
export function writeFirst(folder: string, manifest: Manifest, api = ''): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'first.js'), script(pagesOf(manifest), api.replace(/\/$/, '')))
}

/** For each page: the pattern of its address, and the files that only it and the frame need. */
export function pagesOf(manifest: Manifest): [string, string[]][] {
  const known = filesOf(manifest, 'entry')
  return Object.keys(manifest)
    .filter((name) => /^pages\/.+\.vue$/.test(name) && !name.includes('[...'))
    .map((name) => {
      const files = new Set([...filesOf(manifest, name), ...filesOf(manifest, 'layouts/default.vue')])
      return [patternOf(name), [...files].filter((file) => !known.has(file))]
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

function script(pages: [string, string[]][], api: string): string {
  return `(() => {
  const page = ${JSON.stringify(pages)}.find(([path]) => new RegExp(path).test(location.pathname))
  for (const file of page?.[1] ?? []) {
    const kind = file.endsWith('.css') ? { rel: 'preload', as: 'style' } : { rel: 'modulepreload' }
    document.head.append(Object.assign(document.createElement('link'), { ...kind, crossOrigin: '', href: '/_nuxt/' + file }))
  }
  try {
    if (localStorage.getItem('${HINT}') === null) return
    window.yafigRenewal = fetch('${api}${RENEWAL.path}', ${JSON.stringify(RENEWAL.init)})
    window.yafigRenewal.catch(() => undefined)
  } catch {
    // No storage: nobody is signed in.
  }
})()
`
}
