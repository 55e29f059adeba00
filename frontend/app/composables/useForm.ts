import { Problem } from '~/api'

export interface Form {
  busy: boolean
  wrong: string
  fields: Record<string, string>
  submit: () => Promise<void>
}

/** A form that is sent: busy meanwhile, and what was wrong with which field afterwards. */
export function useForm(send: () => Promise<void>): Form {
  const { textOf } = useProblem()
  const busy = ref(false)
  const wrong = ref('')
  const fields = ref<Record<string, string>>({})

  async function submit(): Promise<void> {
    if (busy.value) return
    busy.value = true
    wrong.value = ''
    fields.value = {}
    try {
      await send()
    } catch (error) {
      const found = error instanceof Problem ? Object.entries(error.fields) : []
      fields.value = Object.fromEntries(found.map(([name, messages]) => [name, messages.join(' ')]))
      if (!found.length || fields.value['']) wrong.value = fields.value[''] || textOf(error)
      await nextTick()
      document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
    } finally {
      busy.value = false
    }
  }

  return reactive({ busy, wrong, fields, submit })
}
