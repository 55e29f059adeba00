// Y13, Y7, D6: what may be added to a draft, in which order, and how far it is.
import { describe, expect, it } from 'vitest'
import { doubleTap, fitIn, frameRatio } from '~/pictures'
import { fitted, isWhole, shifted, stretched, turnedBox, WHOLE } from '~/upload/crop'
import { admit, mayBeReel, moved, refusals, typeOf } from '~/upload/draft'
import { localTime } from '~/times'

const LIMITS = { count: 3, bytes: 100, types: ['image/jpeg', 'image/heif'], videos: { bytes: 200, types: ['video/mp4'] } }
const file = (name: string, type = 'image/jpeg', size = 10) => new File([new Uint8Array(size)], name, { type })

describe('admit', () => {
  it('says of each file why it cannot be added', () => {
    const files = [file('a.jpg'), file('b.txt', 'text/plain'), file('c.jpg', 'image/jpeg', 101), file('d.jpg', 'image/jpeg', 0)]
    const { good, refused } = admit(files, 0, LIMITS)
    expect(good.map((each) => each.name)).toEqual(['a.jpg'])
    expect(refused).toEqual([
      { name: 'b.txt', why: 'kind' },
      { name: 'c.jpg', why: 'big', bytes: 100 },
      { name: 'd.jpg', why: 'empty' },
    ])
  })

  it('takes as many as there is room for, and says so once', () => {
    const { good, refused } = admit([file('a.jpg'), file('b.jpg'), file('c.jpg')], 2, LIMITS)
    expect(good).toHaveLength(1)
    expect(refused).toEqual([{ why: 'many' }])
  })

  it('has limits of their own for videos', () => {
    const files = [file('a.mp4', 'video/mp4', 150), file('b.mp4', 'video/mp4', 201), file('c.webm', 'video/webm')]
    const { good, refused } = admit(files, 0, LIMITS)
    expect(good.map((each) => each.name)).toEqual(['a.mp4'])
    expect(refused).toEqual([
      { name: 'b.mp4', why: 'big', bytes: 200 },
      { name: 'c.webm', why: 'kind' },
    ])
  })

  it('takes any kind while it does not know which are taken', () => {
    const limits = { ...LIMITS, types: [], videos: { bytes: 0, types: [] } }
    expect(admit([file('a.jpg')], 0, limits).good).toHaveLength(1)
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

describe('a reel', () => {
  it('is one video and nothing else', () => {
    const film = { key: 'a', name: 'a.mp4', alt: '', file: file('a.mp4', 'video/mp4') }
    const still = { ...film, file: file('a.jpg') }
    expect([[film], [still], [film, film], []].map(mayBeReel)).toEqual([true, false, false, false])
  })
})

describe('refusals', () => {
  it('finds the picture that an error is about', () => {
    const found = refusals({ 'media.2': ['Too large.', 'No photo.'], media: ['Needed.'], caption: ['Too long.'] })
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

describe('cropping', () => {
  const box = { left: 0.2, top: 0.2, width: 0.4, height: 0.4 }

  it('keeps the box within the picture', () => {
    expect(shifted(box, 5, -5)).toEqual({ left: 0.6, top: 0, width: 0.4, height: 0.4 })
  })

  it.each([
    ['se', 0.1, 0.2, { left: 0.2, top: 0.2, width: 0.5, height: 0.6 }],
    ['nw', 0.1, 0.2, { left: 0.3, top: 0.4, width: 0.3, height: 0.2 }],
    ['ne', 9, -9, { left: 0.2, top: 0, width: 0.8, height: 0.6 }],
    ['sw', 9, -9, { left: 0.55, top: 0.2, width: 0.05, height: 0.05 }],
  ] as const)('moves the %s corner and leaves the one across from it', (corner, across, down, wanted) => {
    for (const [side, value] of Object.entries(stretched(box, corner, across, down))) expect(value).toBeCloseTo(wanted[side as keyof typeof wanted])
  })

  it('keeps a shape, also where the room ends', () => {
    for (const corner of ['nw', 'ne', 'sw', 'se'] as const) {
      for (const by of [-2, -0.1, 0.03, 0.1, 2]) {
        const found = stretched(fitted(0.75, box), corner, by, by / 2, 0.75)
        expect(found.width / found.height).toBeCloseTo(0.75)
        expect(found.left).toBeGreaterThanOrEqual(-1e-9)
        expect(found.top).toBeGreaterThanOrEqual(-1e-9)
        expect(found.left + found.width).toBeLessThanOrEqual(1 + 1e-9)
        expect(found.top + found.height).toBeLessThanOrEqual(1 + 1e-9)
      }
    }
  })

  it('is the largest box of a shape, in the middle', () => {
    expect(fitted(0.5)).toEqual({ left: 0.25, top: 0, width: 0.5, height: 1 })
    expect(isWhole(fitted(1))).toBe(true)
    expect(isWhole(fitted(0.9))).toBe(false)
  })

  it('comes back after four quarters', () => {
    const found = [1, 2, 3, 4].reduce(turnedBox, { left: 0.1, top: 0.2, width: 0.3, height: 0.4 })
    expect(found.left).toBeCloseTo(0.1)
    expect(found.top).toBeCloseTo(0.2)
    expect(turnedBox(WHOLE)).toEqual(WHOLE)
  })
})

describe('a time', () => {
  it('is shown and read in the zone of the device', () => {
    const moment = '2026-12-24T17:00:00Z'
    expect(new Date(localTime(moment)).toISOString()).toBe('2026-12-24T17:00:00.000Z')
    expect(localTime(null)).toBe('')
  })
})
