import { ask, Problem, type Media, type Post } from '~/api'
import { kept } from '~/session/kept'
import { admit, emptyDraft, moved, refusals, shares, type Draft, type Photo, type Refusal } from '~/upload/draft'
import { send, type Sending } from '~/upload/send'
import { turned } from '~/upload/turn'

const LOOK = 1000 // milliseconds between two looks at how the server gets on

/** The post that is being made. It stays on this device until the server has it and shows it. */
export function useDraft() {
  const { access } = useSession()
  const { instance } = useInstance()
  const { keep, remove: removePost, isFeedStale } = usePosts()

  const draft = ref<Draft>(emptyDraft())
  const wasKept = ref(false)
  const state = ref<'editing' | 'sending' | 'preparing' | 'failed' | 'done'>('editing')
  const sent = ref(0)
  const post = shallowRef<Post>()
  const progress = computed(() => shares(draft.value.photos.map((photo) => photo.file.size), sent.value))
  const limits = computed(() => ({
    count: instance.value?.limits.media_max_count ?? 10,
    bytes: instance.value?.limits.photo_max_bytes ?? 20 * 2 ** 20,
    types: instance.value?.photo_types ?? [],
  }))

  let key = crypto.randomUUID()
  let saving: ReturnType<typeof setTimeout> | undefined
  watch(draft, () => {
    if (state.value !== 'editing') return
    key = crypto.randomUUID()
    clearTimeout(saving)
    saving = setTimeout(save, 300)
  }, { deep: true })

  async function save(): Promise<void> {
    const { photos, caption, visibility } = toRaw(draft.value)
    if (!photos.length && !caption) await kept.drop('draft')
    else await kept.put('draft', { photos: photos.map((photo) => ({ ...toRaw(photo) })), caption, visibility })
  }

  async function restore(): Promise<void> {
    const found = await kept.get<Draft>('draft')
    if (!found || draft.value.photos.length) return
    draft.value = { ...found, photos: found.photos.map((photo) => ({ ...photo, file: markRaw(photo.file) })) }
    wasKept.value = true
  }

  async function discard(): Promise<void> {
    draft.value = emptyDraft()
    wasKept.value = false
    await kept.drop('draft')
  }

  function add(files: readonly File[]): Refusal[] {
    const { good, refused } = admit(files, draft.value.photos.length, limits.value)
    const photos = good.map((file): Photo => ({ key: crypto.randomUUID(), file: markRaw(file), name: file.name, alt: '' }))
    draft.value.photos.push(...photos)
    return refused
  }

  function drop(index: number): void {
    draft.value.photos.splice(index, 1)
  }

  function move(from: number, to: number): void {
    draft.value.photos = [...moved(draft.value.photos, from, to)]
  }

  async function turn(index: number): Promise<void> {
    const photo = draft.value.photos[index]!
    const file = await turned(photo.file)
    if (file) Object.assign(photo, { file: markRaw(file), name: photo.name.replace(/\.\w+$/, file.type === 'image/png' ? '.png' : '.jpg'), wrong: undefined })
  }

  // --- Sending, and what the server makes of it --------------------------------------------------

  let sending: Sending | undefined

  /** Raises a `Problem`. What was refused is marked on its photo. */
  async function submit(): Promise<Post> {
    draft.value.photos.forEach((photo) => (photo.wrong = undefined))
    state.value = 'sending'
    sent.value = 0
    try {
      sending = send(draft.value, key, `${apiBase()}/posts/`, access, (bytes) => (sent.value = bytes))
      post.value = await sending.done
      return await settled()
    } catch (error) {
      if (error instanceof Problem) refusals(error.fields).forEach((why, index) => draft.value.photos[index] && (draft.value.photos[index]!.wrong = why))
      if (state.value === 'sending') state.value = 'editing'
      throw error
    }
  }

  async function settled(): Promise<Post> {
    state.value = 'preparing'
    while (post.value!.state === 'processing') {
      await new Promise((resolve) => setTimeout(resolve, LOOK))
      const path = { post_id: post.value!.id }
      post.value = await ask(useApi().GET('/posts/{post_id}/', { params: { path } })).catch((error: Problem) => {
        if (error.code === 'network' || error.status >= 500) return post.value!
        throw error
      })
    }
    keep([post.value!])
    state.value = post.value!.state === 'failed' ? 'failed' : 'done'
    isFeedStale.value = true
    if (state.value === 'done') await discard()
    return post.value!
  }

  /** Have the server try its pictures again. */
  async function retry(): Promise<Post> {
    const path = { post_id: post.value!.id }
    post.value = await ask(useApi().POST('/posts/{post_id}/retry/', { params: { path } }))
    return settled()
  }

  /** Take the failed post back, to mend the draft. */
  async function mend(): Promise<void> {
    post.value!.media.forEach((media: Media, index: number) => media.error && draft.value.photos[index] && (draft.value.photos[index]!.wrong = media.error))
    await removePost(post.value!.id)
    post.value = undefined
    state.value = 'editing'
  }

  const stop = () => sending?.stop()
  return { draft, wasKept, state, progress, post, limits, restore, discard, add, drop, move, turn, submit, retry, mend, stop }
}
