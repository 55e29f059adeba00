// A post that is being made: its photos in order, and what is said of them.

export interface Photo {
  key: string
  file: Blob
  name: string
  alt: string
  wrong?: string // why the server refused it
}

export interface Draft {
  photos: Photo[]
  caption: string
  visibility: 'public' | 'followers' | 'private'
}

export interface Limits {
  count: number
  bytes: number
  types: string[]
}

export type Refusal = { name: string; why: 'big' | 'kind' | 'empty' } | { why: 'many' }

// Some systems give HEIC and AVIF no type at all.
const ENDINGS: Record<string, string> = { heic: 'image/heif', heif: 'image/heif', avif: 'image/avif' }

export const emptyDraft = (): Draft => ({ photos: [], caption: '', visibility: 'public' })

/** Which of some files can be added to `present` photos, and why the others cannot. No types: any. */
export function admit(files: readonly File[], present: number, limits: Limits): { good: File[]; refused: Refusal[] } {
  const good: File[] = []
  const refused: Refusal[] = []
  for (const file of files) {
    if (!file.size) refused.push({ name: file.name, why: 'empty' })
    else if (limits.types.length && !limits.types.includes(typeOf(file))) refused.push({ name: file.name, why: 'kind' })
    else if (file.size > limits.bytes) refused.push({ name: file.name, why: 'big' })
    else if (present + good.length >= limits.count) {
      if (!refused.some((each) => each.why === 'many')) refused.push({ why: 'many' })
    } else good.push(file)
  }
  return { good, refused }
}

export function typeOf(file: File): string {
  const type = file.type.replace('image/heic', 'image/heif')
  return type || (ENDINGS[file.name.split('.').pop()?.toLowerCase() ?? ''] ?? '')
}

/** The list with what stands at `from` at `to` instead; the same list when that is nowhere. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  if (from === to || to < 0 || to >= list.length) return list
  const rest = list.toSpliced(from, 1)
  return rest.toSpliced(to, 0, list[from]!)
}

/** How much of each file has gone, 0 to 1, when `sent` bytes of all, which go in order, have. */
export function shares(sizes: readonly number[], sent: number): number[] {
  let before = 0
  return sizes.map((size) => {
    const share = Math.min(Math.max((sent - before) / (size || 1), 0), 1)
    before += size
    return share
  })
}

/** Which photos an error of the server's is about: `{"images.2": […]}` names the third. */
export function refusals(fields: Record<string, string[]>): Map<number, string> {
  const found = new Map<number, string>()
  for (const [name, messages] of Object.entries(fields)) {
    const index = /^images\.(\d+)$/.exec(name)?.[1]
    if (index !== undefined) found.set(Number(index), messages.join(' '))
  }
  return found
}
