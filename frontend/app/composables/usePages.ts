import { cursorOf, type Page } from '~/api'

/** A list of the server's, page after page. One request at a time; a failure can be tried again. */
export function usePages<T>(ask: (cursor: string | undefined) => Promise<Page<T>>) {
  const items = shallowRef<T[]>([])
  const cursor = ref<string>()
  const state = ref<'new' | 'loading' | 'more' | 'end' | 'failed'>('new')
  const error = shallowRef<unknown>()
  let round = 0

  async function more(): Promise<void> {
    if (state.value === 'loading' || state.value === 'end') return
    state.value = 'loading'
    const mine = round
    try {
      const page = await ask(cursor.value)
      if (mine !== round) return
      items.value = [...items.value, ...page.results]
      cursor.value = cursorOf(page.next)
      state.value = cursor.value ? 'more' : 'end'
    } catch (problem) {
      if (mine !== round) return
      error.value = problem
      state.value = 'failed'
    }
  }

  function restart(): Promise<void> {
    round++
    items.value = []
    cursor.value = undefined
    state.value = 'new'
    return more()
  }

  return { items, cursor, state, error, more, restart }
}
