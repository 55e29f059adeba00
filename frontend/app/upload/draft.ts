// A post that is being made: its photos and videos in order, and what is said of them.
import type { Media } from '~/api'
import type { Edit } from './edit'

export interface Photo {
  key: string
  name: string
  alt: string
  file?: Blob // as it was chosen; what came from the server has none
  made?: Blob // as it was turned and cropped
  edit?: Edit
  media?: Media // once the server has it
}

export interface Draft {
  photos: Photo[]
  caption: string
  visibility: 'public' | 'followers' | 'private'
  isReel?: boolean
}

export interface Limits {
  count: number
  bytes: number
  types: string[]
  videos: { bytes: number; types: string[] }
}

export type Refusal = { name: string; why: 'big' | 'kind' | 'empty'; bytes?: number } | { why: 'many' }

// Some systems give these no type at all.
const ENDINGS: Record<string, string> = {
  heic: 'image/heif',
  heif: 'image/heif',
  avif: 'image/avif',
  mov: 'video/quicktime',
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  webm: 'video/webm',
}

export const emptyDraft = (): Draft => ({ photos: [], caption: '', visibility: 'public' })

/** Which of some files can be added to `present` ones, and why the others cannot. Without types: any. */
export function admit(files: readonly File[], present: number, limits: Limits): { good: File[]; refused: Refusal[] } {
  const good: File[] = []
  const refused: Refusal[] = []
  const types = [...limits.types, ...limits.videos.types]
  for (const file of files) {
    const bytes = isVideo(file) ? limits.videos.bytes : limits.bytes
    if (!file.size) refused.push({ name: file.name, why: 'empty' })
    else if (types.length && !types.includes(typeOf(file))) refused.push({ name: file.name, why: 'kind' })
    else if (file.size > bytes) refused.push({ name: file.name, why: 'big', bytes })
    else if (present + good.length >= limits.count) {
      if (!refused.some((each) => each.why === 'many')) refused.push({ why: 'many' })
    } else good.push(file)
  }
  return { good, refused }
}

export function typeOf(file: Blob & { name?: string }): string {
  const type = file.type.replace('image/heic', 'image/heif')
  return type || (ENDINGS[file.name?.split('.').pop()?.toLowerCase() ?? ''] ?? '')
}

export const isVideo = (file: Blob & { name?: string }): boolean => typeOf(file).startsWith('video/')

/** Whether it is one video and nothing else, which may be a reel. */
export function mayBeReel(photos: readonly Photo[]): boolean {
  const [only] = photos
  return photos.length === 1 && (only!.file ? isVideo(only!.file) : only!.media?.type === 'video')
}

/** The list with what stands at `from` at `to` instead; the same list when that is nowhere. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  if (from === to || to < 0 || to >= list.length) return list
  const rest = list.toSpliced(from, 1)
  return rest.toSpliced(to, 0, list[from]!)
}

/** Which pictures an error of the server's is about: `{"media.2": […]}` names the third. */
export function refusals(fields: Record<string, string[]>): Map<number, string> {
  const found = new Map<number, string>()
  for (const [name, messages] of Object.entries(fields)) {
    const index = /^media\.(\d+)$/.exec(name)?.[1]
    if (index !== undefined) found.set(Number(index), messages.join(' '))
  }
  return found
}
