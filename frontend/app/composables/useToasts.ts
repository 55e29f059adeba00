export interface Toast {
  id: number
  text: string
  kind: 'good' | 'bad'
}

const toasts = ref<Toast[]>([])
let last = 0

/** Short news at the edge of the page. */
export function useToasts() {
  const tell = (text: string, kind: Toast['kind'] = 'good') => {
    toasts.value = [...toasts.value.slice(-2), { id: ++last, text, kind }]
  }
  const dismiss = (id: number) => (toasts.value = toasts.value.filter((each) => each.id !== id))
  return { toasts, tell, dismiss }
}
