// The part of a picture that is kept: a box in fractions of the picture as it stands, 0 to 1.

export interface Box {
  left: number
  top: number
  width: number
  height: number
}

export type Corner = 'nw' | 'ne' | 'sw' | 'se'

export const WHOLE: Box = { left: 0, top: 0, width: 1, height: 1 }
const LEAST = 0.05 // of a side; less is a slip of the hand
const DUST = 0.001 // of a side; less is not seen

export const isWhole = (box: Box): boolean => box.width > 1 - DUST && box.height > 1 - DUST

/** The largest box with `aspect` (its width by its height, in fractions), in the middle of `within`. */
export function fitted(aspect: number, within: Box = WHOLE): Box {
  const width = Math.min(within.width, within.height * aspect)
  const height = width / aspect
  return { left: within.left + (within.width - width) / 2, top: within.top + (within.height - height) / 2, width, height }
}

export function shifted(box: Box, across: number, down: number): Box {
  return { ...box, left: between(box.left + across, 0, 1 - box.width), top: between(box.top + down, 0, 1 - box.height) }
}

/** With one corner elsewhere. The corner across from it stays; `aspect`, if there is one, is kept. */
export function stretched(box: Box, corner: Corner, across: number, down: number, aspect?: number): Box {
  const [isRight, isLow] = [corner.endsWith('e'), corner.startsWith('s')]
  const still = { x: isRight ? box.left : box.left + box.width, y: isLow ? box.top : box.top + box.height }
  const room = { x: isRight ? 1 - still.x : still.x, y: isLow ? 1 - still.y : still.y }
  let width = between(box.width + (isRight ? across : -across), Math.min(LEAST, room.x), room.x)
  let height = between(box.height + (isLow ? down : -down), Math.min(LEAST, room.y), room.y)
  if (aspect) {
    // Whichever way the hand went further is what it meant.
    const isWide = Math.abs(width - box.width) >= Math.abs(height - box.height) * aspect
    width = Math.min(isWide ? width : height * aspect, room.x, room.y * aspect)
    height = width / aspect
  }
  return { left: isRight ? still.x : still.x - width, top: isLow ? still.y : still.y - height, width, height }
}

/** The same part of the picture after a quarter turn to the right. */
export function turnedBox(box: Box): Box {
  return { left: 1 - box.top - box.height, top: box.left, width: box.height, height: box.width }
}

function between(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}
