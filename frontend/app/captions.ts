// A caption in pieces: what is plain text, what leads to a tag or a person. Never HTML.

export interface Piece {
  text: string
  tag?: string
  person?: string
}

const MARK = /([#＃@])([\p{L}\p{N}\p{M}_][\p{L}\p{N}\p{M}_.-]*)/gu
const WORD = /[\p{L}\p{N}_]/u

/** The tags that are typed in a text, each once, as they stand there. */
export function tagsIn(text: string): string[] {
  const found = new Map<string, string>()
  for (const piece of pieces(text, () => true, [])) {
    if (piece.tag && !found.has(fold(piece.tag))) found.set(fold(piece.tag), piece.tag)
  }
  return [...found.values()]
}

/** `isTag` says which words after `#` lead somewhere; `mentions` are the people who were found. */
export function pieces(text: string, isTag: (name: string) => boolean, mentions: string[]): Piece[] {
  const found: Piece[] = []
  let done = 0
  for (const match of text.matchAll(MARK)) {
    const [sign, raw] = [match[1]!, match[2]!]
    if (WORD.test(text[match.index - 1] ?? ' ')) continue // a#b is a word, me@home an address
    const name = sign === '@' ? raw.replace(/[.-]+$/, '') : /^[^.-]+/.exec(raw)![0]
    const isKnown = sign === '@' ? mentions.some((each) => fold(each) === fold(name)) : isTag(name)
    if (!isKnown) continue
    if (match.index > done) found.push({ text: text.slice(done, match.index) })
    found.push({ text: sign + name, ...(sign === '@' ? { person: name } : { tag: name }) })
    done = match.index + sign.length + name.length
  }
  if (done < text.length) found.push({ text: text.slice(done) })
  return found
}

export function fold(word: string): string {
  return word.normalize('NFKC').toLowerCase()
}

/** The `#` or `@` word that is being typed before `caret`, for completing it. */
export function wordAt(text: string, caret: number): { start: number; query: string } | null {
  const match = /(^|[^\p{L}\p{N}_])([#@][\p{L}\p{N}\p{M}_.-]+)$/u.exec(text.slice(0, caret))
  return match ? { start: caret - match[2]!.length, query: match[2]! } : null
}
