// Pictures that one sees first are sent for first: the others wait for them, though not for long.
const LONGEST = 3000 // milliseconds

const first = reactive(new Set<symbol>())

/** Whether a picture may be sent for now; `came` says that it is there, or never will be. */
export function useTurn(isFirst: () => boolean | undefined) {
  const mine = Symbol('picture')
  const leave = () => void first.delete(mine)
  const came = () => requestAnimationFrame(() => setTimeout(leave)) // it is painted
  if (isFirst()) {
    first.add(mine)
    setTimeout(leave, LONGEST)
    onScopeDispose(leave)
  }
  return { isWaiting: computed(() => !isFirst() && first.size > 0), came }
}
