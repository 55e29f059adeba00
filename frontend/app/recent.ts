// What was searched for on this device, the latest first. Nobody else learns of it.
const KEY = 'yafig.searches'
const MOST = 8

export function recentSearches(storage: Pick<Storage, 'getItem' | 'setItem'> = localStorage) {
  function all(): string[] {
    try {
      const found: unknown = JSON.parse(storage.getItem(KEY) ?? '[]')
      return Array.isArray(found) ? found.filter((each) => typeof each === 'string').slice(0, MOST) : []
    } catch {
      return []
    }
  }

  function remember(query: string): string[] {
    const kept = [query, ...all().filter((each) => each.toLowerCase() !== query.toLowerCase())].slice(0, MOST)
    storage.setItem(KEY, JSON.stringify(kept))
    return kept
  }

  function forget(query?: string): string[] {
    const kept = query === undefined ? [] : all().filter((each) => each !== query)
    storage.setItem(KEY, JSON.stringify(kept))
    return kept
  }

  return { all, remember, forget }
}
