// After `nuxt generate`: a content security policy in every page, and compressed copies of all files.
// The policy stands in the HTML itself, so that a file server that can set no headers has it too.
import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const root = new URL('../.output/public', import.meta.url).pathname
const api = process.env.NUXT_PUBLIC_API ?? ''
const files = (await readdir(root, { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))

for (const file of files.filter((name) => name.endsWith('.html'))) {
  const html = await readFile(file, 'utf8')
  const policy = `<meta http-equiv="Content-Security-Policy" content="${policyOf(html)}">`
  await writeFile(file, html.replace('<meta charset="utf-8">', `<meta charset="utf-8">${policy}`))
}
for (const file of files.filter((name) => /\.(html|js|css|svg|json|webmanifest|txt)$/.test(name))) {
  const bytes = await readFile(file)
  await writeFile(`${file}.gz`, gzipSync(bytes, { level: 9 }))
  await writeFile(`${file}.br`, brotliCompressSync(bytes))
}

/** Our own files, and the few inline pieces that Nuxt writes, by their hashes. */
function policyOf(html) {
  const scripts = [...html.matchAll(/<script(?![^>]*\bsrc=)([^>]*)>([\s\S]*?)<\/script>/g)]
    .filter(([, attributes]) => !/type="application\/json"/.test(attributes))
    .map(([, , text]) => hash(text))
  const styles = [...html.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(([, text]) => hash(text))
  return [
    `default-src 'none'`,
    `script-src 'self' ${scripts.join(' ')}`,
    `style-src 'self' ${styles.join(' ')}`,
    // Photos are sent to wherever the store is, as pictures come from there.
    `connect-src 'self' ${api} http: https:`,
    // Pictures come from wherever MEDIA_URL says: this server, a bucket, a CDN.
    `img-src 'self' data: blob: http: https:`,
    `media-src blob: http: https:`,
    `font-src 'self'`,
    `manifest-src 'self'`,
    `worker-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].map((rule) => rule.trim()).join('; ')
}

function hash(text) {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
