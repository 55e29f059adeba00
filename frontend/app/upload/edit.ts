// Turning and cropping. The file that was chosen stays as it is; what is sent is made of it.
import { isWhole, WHOLE, type Box } from './crop'

export interface Edit {
  turns: number // quarters to the right
  crop: Box
}

export const UNCHANGED: Edit = { turns: 0, crop: WHOLE }
const QUALITY = 0.92
const LARGEST = 16_777_216 // pixels; some phones have no larger canvas

/** Whether this file can be edited here: moving pictures would stand still afterwards. */
export const isEditable = (file: Blob): boolean => !file.type.startsWith('video/') && file.type !== 'image/gif'

/** A canvas with the picture as it is to be, no larger than `most` pixels. Null where this browser cannot read it. */
export async function drawn(file: Blob, { turns, crop }: Edit, most = LARGEST): Promise<HTMLCanvasElement | null> {
  const bitmap = await createImageBitmap(file).catch(() => null)
  if (!bitmap) return null
  const isAcross = turns % 2 === 1
  const [width, height] = isAcross ? [bitmap.height, bitmap.width] : [bitmap.width, bitmap.height]
  const scale = Math.min(1, Math.sqrt(most / (crop.width * width * crop.height * height)))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(crop.width * width * scale))
  canvas.height = Math.max(1, Math.round(crop.height * height * scale))
  const context = canvas.getContext('2d')!
  context.scale(scale, scale)
  context.translate((0.5 - crop.left) * width, (0.5 - crop.top) * height)
  context.rotate((turns * Math.PI) / 2)
  context.drawImage(bitmap, -bitmap.width / 2, -bitmap.height / 2)
  bitmap.close()
  return canvas
}

/** The file that is to be sent: the one that was chosen, if nothing is changed. Null as `drawn`. */
export async function edited(file: Blob, edit: Edit): Promise<Blob | null> {
  if (edit.turns % 4 === 0 && isWhole(edit.crop)) return file
  const canvas = await drawn(file, edit)
  const type = file.type === 'image/png' ? 'image/png' : 'image/jpeg'
  return canvas && (await new Promise((resolve) => canvas.toBlob(resolve, type, QUALITY)))
}
