// Y13: what an address needs is known before its modules are there.
import { describe, expect, it } from 'vitest'
import { pagesOf } from '../build/first'

const manifest = {
  '../entry.js': { file: 'entry.js', isEntry: true, imports: ['_base.js'] },
  '_base.js': { file: 'base.js' },
  '_shared.js': { file: 'shared.js', imports: ['_base.js'], css: ['shared.css'] },
  'layouts/default.vue': { file: 'frame.js', imports: ['../entry.js'] },
  'pages/index.vue': { file: 'index.js' },
  'pages/p/[id].vue': { file: 'post.js', imports: ['_shared.js', '../entry.js'], css: ['post.css'] },
  'pages/u/[username]/index.vue': { file: 'person.js' },
  'pages/[...slug].vue': { file: 'none.js' },
}
const filesAt = (path: string) => pagesOf(manifest).find((each) => new RegExp(each.path).test(path))?.files

describe('pagesOf', () => {
  it('names what a page, its modules and the frame are in, but for what every page has', () => {
    expect(filesAt('/p/42')).toEqual(['post.js', 'post.css', 'shared.js', 'shared.css', 'frame.js'])
  })

  it('knows addresses as the router does', () => {
    expect(filesAt('/')).toEqual(['index.js', 'frame.js'])
    expect(filesAt('/u/ada')).toEqual(['person.js', 'frame.js'])
    expect(filesAt('/u/ada/')).toEqual(['person.js', 'frame.js'])
    expect(filesAt('/p')).toBeUndefined()
    expect(filesAt('/p/42/more')).toBeUndefined()
  })
})
