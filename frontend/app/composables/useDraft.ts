import { ask, Problem, type Media, type Post } from '~/api'
import { tagsIn } from '~/captions'
import { kept } from '~/session/kept'
import { admit, emptyDraft, mayBeReel, moved, refusals, type Draft, type Photo, type Refusal } from '~/upload/draft'
import { edited, UNCHANGED, type Edit } from '~/upload/edit'
import { turnedBox } from '~/upload/crop'
import { send } from '~/upload/send'

const LOOK = 1000 // milliseconds between two looks at how the server gets on
const AT_ONCE = 2 // files on their way

/** What is known of a file: how far it is, or why it is not. */
export interface News {
  share: number
  wrong?: string
  isCut?: boolean // it may go well the next time
}

export type When = 'now' | 'draft' | Date

/**
 * A post that is being made: a new one, which stays on this device until the server has it, or
 * the draft `postId` of the server's.
 */
export function useDraft(postId?: number) {
  const { instance, loaded } = useInstance()
  const { keep, remove: removePost, isFeedStale } = usePosts()
  const { textOf } = useProblem()

  const draft = ref<Draft>(emptyDraft())
  const wasKept = ref(false)
  const state = ref<'editing' | 'sending' | 'preparing' | 'failed' | 'done'>('editing')
  const news = reactive(new Map<string, News>())
  const post = shallowRef<Post>()
  const limits = computed(() => ({
    count: instance.value?.limits.media_max_count ?? 10,
    bytes: instance.value?.limits.photo_max_bytes ?? 20 * 2 ** 20,
    types: instance.value?.photo_types ?? [],
    videos: { bytes: instance.value?.limits.video_max_bytes ?? 0, types: instance.value?.video_types ?? [] },
  }))

  // --- On this device, or on the server -----------------------------------------------------------

  let saving: ReturnType<typeof setTimeout> | undefined
  watch(draft, () => {
    if (postId || state.value !== 'editing') return
    clearTimeout(saving)
    saving = setTimeout(() => void save(), 300)
  }, { deep: true })

  async function save(posted?: number): Promise<void> {
    const { photos, ...rest } = toRaw(draft.value)
    // What the server has of it is kept there for a day only.
    const files = photos.map((photo) => ({ ...toRaw(photo), edit: photo.edit && plain(photo.edit), media: undefined }))
    if (!files.length && !rest.caption) await kept.drop('draft')
    else await kept.put('draft', { ...rest, photos: files, posted })
  }

  /** Take up what was begun before. Raises a `Problem` when there is no such draft. */
  async function restore(): Promise<void> {
    if (postId) return fill(await ask(useApi().GET('/posts/{post_id}/', { params: { path: { post_id: postId } } })))
    const found = await kept.get<Draft & { posted?: number }>('draft')
    if (!found || draft.value.photos.length) return
    const { posted, ...rest } = found
    if (posted && (await isFine(posted))) return void (await kept.drop('draft'))
    draft.value = { ...rest, photos: rest.photos.map(raw) }
    wasKept.value = true
  }

  /** Whether a post that was made before the tab was closed has become one, or still may. */
  async function isFine(id: number): Promise<boolean> {
    const found = await ask(useApi().GET('/posts/{post_id}/', { params: { path: { post_id: id } } })).catch(() => undefined)
    return found !== undefined && found.state !== 'failed'
  }

  function fill(found: Post): void {
    if (found.state !== 'draft') throw new Problem('not_found', '', {}, 404)
    post.value = found
    const photos = found.media.map((media): Photo => ({ key: String(media.id), name: '', alt: media.alt_text, media }))
    // Tags that are not in the text would be lost with it.
    const apart = found.tags.filter((tag) => !tagsIn(found.caption).some((each) => each.toLowerCase() === tag))
    const caption = [found.caption, ...apart.map((tag) => `#${tag}`)].filter(Boolean).join(' ')
    draft.value = { photos, caption, visibility: found.visibility, isReel: found.type === 'reel' }
    void look(found.id)
  }

  /** Until what was sent of it is ready, however long that takes or somebody stays. */
  async function look(id: number): Promise<void> {
    while (!isLeft && draft.value.photos.some((photo) => photo.media?.state === 'processing')) {
      await new Promise((resolve) => setTimeout(resolve, LOOK))
      const found = await ask(useApi().GET('/posts/{post_id}/', { params: { path: { post_id: id } } })).catch(() => undefined)
      for (const media of found?.media ?? []) {
        const photo = draft.value.photos.find((each) => each.media?.id === media.id)
        if (photo) photo.media = media
      }
    }
  }
  let isLeft = false
  onUnmounted(() => (isLeft = true))

  async function discard(): Promise<void> {
    draft.value = emptyDraft()
    wasKept.value = false
    news.clear()
    await kept.drop('draft')
  }

  // --- Photos and videos --------------------------------------------------------------------------

  async function add(files: readonly File[]): Promise<Refusal[]> {
    await loaded // what a place takes, it has to say first
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

  /** Raises a `Problem` where this browser cannot do it; then nothing is changed. */
  async function change(index: number, edit: Edit): Promise<void> {
    const photo = draft.value.photos[index]!
    const made = photo.file && (await edited(photo.file, edit))
    if (!made) throw new Problem('no_edit', '')
    news.delete(photo.key)
    Object.assign(photo, { edit, made: made === photo.file ? undefined : markRaw(made), media: undefined })
  }

  function turn(index: number): Promise<void> {
    const { turns, crop } = draft.value.photos[index]!.edit ?? UNCHANGED
    return change(index, { turns: (turns + 1) % 4, crop: turnedBox(crop) })
  }

  // --- Sending, and what the server makes of it --------------------------------------------------

  let stopping = new AbortController()

  /** Send one file, whatever became of the others. Never raises: `news` tells. */
  async function sendOne(photo: Photo): Promise<void> {
    const file = photo.made ?? photo.file
    if (photo.media || !file) return
    if (stopping.signal.aborted && state.value === 'editing') stopping = new AbortController()
    news.set(photo.key, { share: 0 })
    try {
      photo.media = await send(file, (share) => news.set(photo.key, { share }), stopping.signal)
    } catch (error) {
      if (!(error instanceof Problem) || error.code === 'stopped') return void news.delete(photo.key)
      const isCut = error.code === 'network' || error.status === 429 || error.status >= 500
      const why = Object.values(error.fields).flat().join(' ')
      news.set(photo.key, { share: 0, wrong: why || textOf(error), isCut })
    }
  }

  async function sendAll(): Promise<void> {
    const waiting = draft.value.photos.filter((photo) => !photo.media)
    const some = async () => {
      for (let photo = waiting.shift(); photo && !stopping.signal.aborted; photo = waiting.shift()) await sendOne(photo)
    }
    await Promise.all(Array.from({ length: AT_ONCE }, some))
    if (stopping.signal.aborted) throw new Problem('stopped', '')
    if (draft.value.photos.some((photo) => !photo.media)) throw new Problem('unsent', '')
  }

  /** Post it, schedule it or keep it. Raises a `Problem`: `unsent` when `news` tells of what. */
  async function submit(when: When): Promise<Post> {
    stopping = new AbortController()
    clearTimeout(saving)
    state.value = 'sending'
    try {
      await sendAll()
      post.value = postId ? await revise(postId, when) : await create(when)
      if (when !== 'now') return await finished(post.value)
      if (!postId) await save(post.value.id)
      return await settled()
    } catch (error) {
      if (error instanceof Problem) mark(error)
      state.value = 'editing'
      throw error
    }
  }

  /** What the server will not take, or has no more, is sent anew the next time. */
  function mark(error: Problem): void {
    for (const [index, wrong] of refusals(error.fields)) {
      const photo = draft.value.photos[index]
      if (photo?.file) photo.media = undefined
      if (photo) news.set(photo.key, { share: 0, wrong })
    }
  }

  let last = { body: '', key: '' }

  async function create(when: When): Promise<Post> {
    const { photos, caption, visibility, isReel } = draft.value
    const type = isReel && mayBeReel(photos) ? { type: 'reel' } : {}
    const media = photos.length ? { media: photos.map((photo) => photo.media!.id), alt_texts: photos.map((photo) => photo.alt.trim()) } : {}
    const plan = when === 'now' ? {} : when === 'draft' ? { draft: true } : { publish_at: when.toISOString() }
    const body = { caption: caption.trim(), visibility, tags: tagsIn(caption), ...media, ...type, ...plan }
    // The same key for each try of one post, so that trying again makes no second one.
    const text = JSON.stringify(body)
    if (text !== last.body) last = { body: text, key: crypto.randomUUID() }
    const header = { 'Idempotency-Key': last.key }
    return ask(useApi().POST('/posts/', { body: body as never, params: { header }, headers: { 'Content-Type': 'application/json' } }))
  }

  async function revise(id: number, when: When): Promise<Post> {
    const { photos, caption, visibility } = draft.value
    const params = { params: { path: { post_id: id } } }
    const media = photos.map((photo) => photo.media!.id)
    const alt_texts = photos.map((photo) => photo.alt.trim())
    const publish_at = when instanceof Date ? when.toISOString() : null
    const body = { caption: caption.trim(), visibility, tags: tagsIn(caption), media, alt_texts, publish_at }
    const saved = await ask(useApi().PATCH('/posts/{post_id}/', { ...params, body }))
    return when === 'now' ? ask(useApi().POST('/posts/{post_id}/publish/', params)) : saved
  }

  async function settled(): Promise<Post> {
    state.value = 'preparing'
    // A draft whose pictures are not ready yet waits for them with its time come.
    while (post.value!.state === 'processing' || (post.value!.state === 'draft' && post.value!.publish_at)) {
      await new Promise((resolve) => setTimeout(resolve, LOOK))
      const path = { post_id: post.value!.id }
      post.value = await ask(useApi().GET('/posts/{post_id}/', { params: { path } })).catch((error: Problem) => {
        if (error.code === 'network' || error.status >= 500) return post.value!
        throw error
      })
    }
    const found = post.value!
    if (found.state === 'draft') {
      fill(found)
      throw new Problem('not_ready', found.publish_error ?? '')
    }
    isFeedStale.value = true
    if (found.state !== 'failed') return finished(found)
    state.value = 'failed'
    keep([found])
    return found
  }

  async function finished(made: Post): Promise<Post> {
    keep([made])
    state.value = 'done'
    if (!postId) await discard()
    return made
  }

  /** Have the server try its pictures again. */
  async function retry(): Promise<Post> {
    const path = { post_id: post.value!.id }
    post.value = await ask(useApi().POST('/posts/{post_id}/retry/', { params: { path } }))
    return settled()
  }

  /** Take the failed post back, to mend the draft; its pictures go with it and are sent anew. */
  async function mend(): Promise<void> {
    const { id, media } = post.value!
    await removePost(id)
    media.forEach((each: Media, index: number) => {
      const photo = draft.value.photos[index]
      if (!photo) return
      photo.media = undefined
      news.delete(photo.key)
      if (each.error) news.set(photo.key, { share: 0, wrong: each.error })
    })
    post.value = undefined
    state.value = 'editing'
    await save()
  }

  const stop = () => stopping.abort()
  return { draft, wasKept, state, news, post, limits, restore, discard, add, drop, move, change, turn, sendOne, submit, retry, mend, stop }
}

const raw = (photo: Photo): Photo => ({ ...photo, file: photo.file && markRaw(photo.file), made: photo.made && markRaw(photo.made) })
const plain = ({ turns, crop }: Edit): Edit => ({ turns, crop: { ...toRaw(crop) } })
