import { languages, preferred, say, wordsOf, type Key, type Language, type Words } from '~/words'
import { en } from '~/words/en'

const CHOICE = 'yafig.language'
const language = ref<Language>('en')
const words = shallowRef<Words>(en)

/** The sentences of the chosen language, and its ways with numbers and times. */
export function useWords() {
  return { t, language, languages, choose, start, number, date, ago, list }
}

function t(key: Key, values: Record<string, string | number> = {}): string {
  return say(words.value, language.value, key, values)
}

async function start(): Promise<void> {
  const chosen = localStorage.getItem(CHOICE)
  await show(chosen && chosen in languages ? (chosen as Language) : preferred(navigator.languages))
}

async function choose(wanted: Language): Promise<void> {
  localStorage.setItem(CHOICE, wanted)
  await show(wanted)
}

async function show(wanted: Language): Promise<void> {
  words.value = await wordsOf(wanted).catch(() => en)
  language.value = words.value === en ? 'en' : wanted
}

/** “ada, ben and cyd”. */
function list(names: readonly string[]): string {
  return new Intl.ListFormat(language.value, { type: 'conjunction' }).format(names)
}

function number(value: number): string {
  return new Intl.NumberFormat(language.value, { notation: value < 10_000 ? 'standard' : 'compact' }).format(value)
}

function date(moment: string, style: 'long' | 'month' = 'long'): string {
  const parts: Intl.DateTimeFormatOptions =
    style === 'month' ? { month: 'long', year: 'numeric' } : { dateStyle: 'long', timeStyle: 'short' }
  return new Intl.DateTimeFormat(language.value, parts).format(new Date(moment))
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['minute', 60],
  ['hour', 3600],
  ['day', 86_400],
  ['week', 7 * 86_400],
]

/** “3 hours ago”; after four weeks the day itself. */
function ago(moment: string): string {
  const seconds = (Date.now() - Date.parse(moment)) / 1000
  if (seconds < 60) return t('time.now')
  if (seconds > 28 * 86_400) {
    return new Intl.DateTimeFormat(language.value, { dateStyle: 'medium' }).format(new Date(moment))
  }
  const [unit, size] = STEPS.findLast(([, each]) => seconds >= each)!
  return new Intl.RelativeTimeFormat(language.value, { numeric: 'auto' }).format(-Math.floor(seconds / size), unit)
}
