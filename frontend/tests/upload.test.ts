// Y13, Y7, D6: what may be added to a draft, in which order, and how far it is.
import { describe, expect, it } from 'vitest'
import { doubleTap, fitIn, frameRatio } from '~/pictures'
import { admit, moved, refusals, shares, typeOf } from '~/upload/draft'

const LIMITS = { count: 3, bytes: 100, types: ['image/jpeg', 'image/heif'] }
const file = (name: string, type = 'image/jpeg', size = 10) => new File([new Uint8Array(size)], name, { type })

describe('admit', () => {
  it('says of each file why it cannot be added', () => {
    const files = [file('a.jpg'), file('b.txt', 'text/plain'), file('c.jpg', 'image/jpeg', 101), file('d.jpg', 'image/jpeg', 0)]
    const { good, refused } = admit(files, 0, LIMITS)
    expect(good.map((each) => each.name)).toEqual(['a.jpg'])
    expect(refused).toEqual([
      { name: 'b.txt', why: 'kind' },
      { name: 'c.jpg', why: 'big' },
      { name: 'd.jpg', why: 'empty' },
    ])
  })

  it('takes as many as there is room for, and says so once', () => {
    const { good, refused } = admit([file('a.jpg'), file('b.jpg'), file('c.jpg')], 2, LIMITS)
    expect(good).toHaveLength(1)
    expect(refused).toEqual([{ why: 'many' }])
  })

  it('knows HEIC by its ending where the system names no type', () => {
    expect(typeOf(file('IMG_1.HEIC', ''))).toBe('image/heif')
    expect(typeOf(file('IMG_1.heic', 'image/heic'))).toBe('image/heif')
    expect(typeOf(file('notes', ''))).toBe('')
  })
})

describe('moved', () => {
  it.each([
    [0, 2, 'bca'],
    [2, 0, 'cab'],
    [1, 1, 'abc'],
    [0, -1, 'abc'],
    [2, 3, 'abc'],
  ])('%i to %i', (from, to, result) => {
    expect(moved([...'abc'], from, to).join('')).toBe(result)
  })
})

describe('shares', () => {
  it('gives each file its part of what has gone', () => {
    expect(shares([100, 100], 0)).toEqual([0, 0])
    expect(shares([100, 100], 150)).toEqual([1, 0.5])
    expect(shares([100, 100], 999)).toEqual([1, 1])
    expect(shares([], 5)).toEqual([])
  })
})

describe('refusals', () => {
  it('finds the picture that an error is about', () => {
    const found = refusals({ 'images.2': ['Too large.', 'No photo.'], images: ['Needed.'], caption: ['Too long.'] })
    expect([...found]).toEqual([[2, 'Too large. No photo.']])
  })
})

describe('doubleTap', () => {
  it('is two quick taps in one place', () => {
    let now = 0
    const tap = doubleTap(() => now)
    expect(tap(10, 10)).toBe(false)
    now = 200
    expect(tap(12, 11)).toBe(true)
    now = 300
    expect(tap(12, 11)).toBe(false)
    now = 400
    expect(tap(200, 11)).toBe(false)
    now = 1000
    expect(tap(200, 11)).toBe(false)
  })
})

describe('frames', () => {
  it('has the shape of the first picture, within reason', () => {
    expect(frameRatio([{ width: 400, height: 300 }])).toBeCloseTo(4 / 3)
    expect(frameRatio([{ width: 100, height: 900 }])).toBe(0.75)
    expect(frameRatio([{ width: 900, height: 100 }])).toBe(2)
    expect(frameRatio([])).toBe(1)
    expect(frameRatio([{ width: 0, height: 0 }])).toBe(1)
  })

  it('cuts a little, and never much', () => {
    expect(fitIn(0.75, { width: 3, height: 4 })).toBe('cover')
    expect(fitIn(0.8, { width: 3, height: 4 })).toBe('cover')
    expect(fitIn(2, { width: 3, height: 4 })).toBe('contain')
  })
})
