import { ask, type Instance } from '~/api'
import { kept } from '~/session/kept'

const instance = shallowRef<Instance | null>(null)
let asked: Promise<void> | undefined

/** What this place is called, and its limits. Asked for once. */
export function useInstance() {
  asked ??= load()
  return { instance, loaded: asked }
}

async function load(): Promise<void> {
  try {
    instance.value = await ask(useApi().GET('/instance/'))
    void kept.put('instance', instance.value)
  } catch {
    instance.value = (await kept.get<Instance>('instance')) ?? null
    asked = undefined
  }
}
