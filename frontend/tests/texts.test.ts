// Y13: captions, words in two languages, searches of before, and where to go next.
import { describe, expect, it } from 'vitest'
import { pieces, tagsIn, wordAt } from '~/captions'
import { deviceOf } from '~/devices'
import { recentSearches } from '~/recent'
import { afterLogin } from '~/session/next'
import { preferred, say } from '~/words'
import { de } from '~/words/de'
import { en } from '~/words/en'

const all = () => true

describe('captions', () => {
  it.each([
    ['Low tide #harbour', ['harbour']],
    ['#früh und #FRÜH', ['früh']],
    ['#東京 #夜', ['東京', '夜']],
    ['a#b c# # ##', []],
    ['(#light), #sea.', ['light', 'sea']],
    ['#one#two', ['one']],
  ])('finds the tags of %s', (text, tags) => {
    expect(tagsIn(text)).toEqual(tags)
  })

  it('leads only to tags and people who are there', () => {
    const found = pieces('With @ada and @nobody at the #sea, me@home', (tag) => tag === 'sea', ['Ada'])
    expect(found.filter((each) => each.tag ?? each.person)).toEqual([
      { text: '@ada', person: 'ada' },
      { text: '#sea', tag: 'sea' },
    ])
    expect(found.map((each) => each.text).join('')).toBe('With @ada and @nobody at the #sea, me@home')
  })

  it.each(['<b>#x</b>', '', '#', '@@@', 'a'.repeat(5000), '#'.repeat(500)])('loses nothing of %s', (text) => {
    expect(pieces(text, all, []).map((each) => each.text).join('')).toBe(text)
  })

  it('knows which word is being typed', () => {
    expect(wordAt('see #har', 8)).toEqual({ start: 4, query: '#har' })
    expect(wordAt('see #har bour', 13)).toBeNull()
    expect(wordAt('me@home', 7)).toBeNull()
  })
})

describe('words', () => {
  it('has the same holes and forms in every language', () => {
    for (const key of Object.keys(en) as (keyof typeof en)[]) {
      const holes = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()
      expect(holes(de[key]), key).toEqual(holes(en[key]))
      expect(de[key].split(' | ').length, key).toBe(en[key].split(' | ').length)
      expect(de[key].trim(), key).toBe(de[key])
    }
  })

  it('fills in, and chooses the form', () => {
    expect(say(en, 'en', 'post.likes', { count: 1 })).toBe('1 like')
    expect(say(en, 'en', 'post.likes', { count: 1200 })).toBe('1,200 likes')
    expect(say(de, 'de', 'post.comments', { count: 0 })).toBe('0 Kommentare')
    expect(say(en, 'en', 'post.by', { name: '{count} | $& <b>' })).toBe('Post by {count} | $& <b>')
  })

  it('takes the first language that we have', () => {
    expect(preferred(['fr-FR', 'de-AT', 'en'])).toBe('de')
    expect(preferred(['fr'])).toBe('en')
    expect(preferred([])).toBe('en')
  })
})

describe('afterLogin', () => {
  it.each([
    ['/p/42?a=b#c', '/p/42?a=b#c'],
    ['//elsewhere.example', '/feed'],
    ['/\\elsewhere.example', '/feed'],
    ['https://elsewhere.example', '/feed'],
    ['javascript:alert(1)', '/feed'],
    ['/login?next=/login', '/feed'],
    [undefined, '/feed'],
    [['/a', '/b'], '/feed'],
  ])('%s', (next, where) => {
    expect(afterLogin(next)).toBe(where)
  })
})

describe('recentSearches', () => {
  const storage = () => {
    const kept = new Map<string, string>()
    return { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) }
  }

  it('keeps the latest eight, each once', () => {
    const recent = recentSearches(storage())
    for (const each of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'B']) recent.remember(each)
    expect(recent.all()).toEqual(['B', 'i', 'h', 'g', 'f', 'e', 'd', 'c'])
    expect(recent.forget('h')).not.toContain('h')
    expect(recent.forget()).toEqual([])
  })

  it.each(['nonsense', '{}', '[1, null]', '"a"'])('does not trip over %s', (text) => {
    const broken = storage()
    broken.setItem('yafig.searches', text)
    expect(recentSearches(broken).all()).toEqual([])
  })
})

describe('deviceOf', () => {
  it('names what a person would recognise', () => {
    expect(deviceOf('Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/156.0 Mobile Safari/537.36')).toEqual({ browser: 'Chrome', system: 'Android' })
    expect(deviceOf('Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1')).toEqual({ browser: 'Safari', system: 'iOS' })
    expect(deviceOf('curl/8.0')).toBeNull()
  })
})
