const TOGETHER = 320 // milliseconds between two taps that are one double tap
const NEAR = 32 // pixels between them

/** Tells the second of two quick taps in one place. A third begins anew. */
export function doubleTap(now: () => number = Date.now) {
  let last = { at: -Infinity, x: 0, y: 0 }
  return (x: number, y: number): boolean => {
    const at = now()
    const isSecond = at - last.at < TOGETHER && Math.hypot(x - last.x, y - last.y) < NEAR
    last = isSecond ? { at: -Infinity, x: 0, y: 0 } : { at, x, y }
    return isSecond
  }
}

interface Sides {
  width: number
  height: number
}

const NARROWEST = 3 / 4 // what phones take upright
const WIDEST = 2
const LITTLE = 1.12 // a frame may be so much wider or narrower than a picture and still be filled

/** Width by height of the frame of some pictures: the first one's, neither a tower nor a strip. */
export function frameRatio(pictures: Sides[]): number {
  const first = pictures[0]
  if (!first?.width || !first.height) return 1
  return Math.min(Math.max(first.width / first.height, NARROWEST), WIDEST)
}

/** Whether a picture fills its frame, a little cut, or stands in it whole with room beside. */
export function fitIn(ratio: number, picture: Sides): 'cover' | 'contain' {
  const own = picture.width / picture.height || 1
  return Math.max(own / ratio, ratio / own) <= LITTLE ? 'cover' : 'contain'
}

interface Rendered extends Sides {
  renditions: Record<string, string>
}

/** The renditions of a picture, by their widths. `first.js` has a copy: it may use nothing from outside. */
export function srcsetOf({ width, height, renditions }: Rendered): string {
  const longest = Math.max(width, height) || 1
  return Object.entries(renditions ?? {}).map(([side, url]) => `${url} ${Math.round((Number(side) * width) / longest)}w`).join(', ')
}
