// Pictures that one sees first are sent for first: the others wait for them, though not for long.
const LONGEST = 3000 // milliseconds

const first = reactive(new Set<symbol>())

/** Whether a picture may be sent for now; `came` says that it is there, or never will be. */
export function useTurn(isFirst: () => boolean | undefined) {
  const mine = Symbol('picture')
  const isLate = ref(false)
  const isWaiting = computed(() => !isFirst() && !isLate.value && first.size > 0)
  const came = () => requestAnimationFrame(() => setTimeout(() => first.delete(mine))) // it is painted
  if (isFirst()) first.add(mine)
  const timer = setTimeout(() => {
    isLate.value = true
    first.delete(mine)
  }, LONGEST)
  onScopeDispose(() => {
    clearTimeout(timer)
    first.delete(mine)
  })
  return { isWaiting, came }
}
