// Which languages there are, and what they cost: English is always there, the others are fetched.
import { en } from './en'

export type Words = Record<keyof typeof en, string>
export type Key = keyof typeof en

export const languages = { en: 'English', de: 'Deutsch' } as const
export type Language = keyof typeof languages

const load: Record<Language, () => Promise<Words>> = {
  en: () => Promise.resolve(en),
  de: () => import('./de').then((module) => module.de),
}

export function wordsOf(language: Language): Promise<Words> {
  return load[language]()
}

/** The first language of the browser that we have. */
export function preferred(wanted: readonly string[]): Language {
  const found = wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag in languages)
  return (found as Language | undefined) ?? 'en'
}

/**
 * A sentence with its `{names}` filled in. Where it has several forms, `one | other`, `count`
 * chooses by the rules of the language.
 */
export function say(words: Words, language: Language, key: Key, values: Record<string, string | number> = {}): string {
  let sentence = words[key]
  if (sentence.includes(' | ')) {
    const [one, other] = sentence.split(' | ') as [string, string]
    sentence = new Intl.PluralRules(language).select(Number(values.count)) === 'one' ? one : other
  }
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    if (value === undefined) return whole
    return typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : value
  })
}
