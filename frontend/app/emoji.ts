// All the emoji there are, with their names in the reader's language. Fetched when somebody wants one.
import de from 'emojibase-data/de/compact.json?url'
import en from 'emojibase-data/en/compact.json?url'
import type { Language } from '~/words'

export interface Emoji {
  unicode: string
  label: string
  tags?: string[]
  group?: number
}

export const GROUPS = { smileys: 0, people: 1, animals: 3, food: 4, travel: 5, activities: 6, objects: 7, symbols: 8, flags: 9 } as const
const addresses: Record<Language, string> = { en, de }
const fetched = new Map<Language, Promise<Emoji[]>>()

/** In Unicode's order, without what is only a part of others. */
export function allEmoji(language: Language): Promise<Emoji[]> {
  if (!fetched.has(language)) fetched.set(language, load(addresses[language]).catch(retry(language)))
  return fetched.get(language)!
}

async function load(address: string): Promise<Emoji[]> {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(String(answer.status))
  const wanted = new Set<number | undefined>(Object.values(GROUPS))
  return ((await answer.json()) as Emoji[]).filter((each) => wanted.has(each.group))
}

function retry(language: Language) {
  return (error: unknown): never => {
    fetched.delete(language)
    throw error
  }
}

/** Those whose name or keywords have a word that begins so, names first. */
export function findEmoji(all: readonly Emoji[], text: string): Emoji[] {
  const wanted = text.trim().toLowerCase()
  const begins = (words: string) => ` ${words.toLowerCase()}`.includes(` ${wanted}`)
  const named = all.filter((each) => begins(each.label) || each.unicode === text.trim())
  const known = new Set(named)
  return [...named, ...all.filter((each) => !known.has(each) && each.tags?.some(begins))]
}
