import { ask, type Post } from '~/api'
import { LIKE, show, type Marks } from '~/reactions'

// Each post once, wherever it shows: a like on its page is a like in the feed.
const known = reactive(new Map<number, Post>())
const gone = reactive(new Set<number>())
const isFeedStale = ref(false) // somebody was followed, muted or blocked, or something posted

export function usePosts() {
  return { known, gone, isFeedStale, keep, get, load, remove, change, react, setLiked, setReposted, setSaved, collect }
}

/** Take in what the server has sent; the ids, in order. */
function keep(posts: Post[]): number[] {
  for (const post of posts) known.set(post.id, post)
  return posts.map((post) => post.id)
}

function get(id: number): Post | undefined {
  return gone.has(id) ? undefined : known.get(id)
}

async function load(id: number): Promise<void> {
  keep([await ask(useApi().GET('/posts/{post_id}/', { params: { path: { post_id: id } } }))])
}

async function remove(id: number): Promise<void> {
  await ask(useApi().DELETE('/posts/{post_id}/', { params: { path: { post_id: id } } }))
  gone.add(id)
}

async function change(id: number, body: { caption: string; visibility?: Post['visibility']; alt_texts?: string[]; tags?: string[] }): Promise<void> {
  keep([await ask(useApi().PATCH('/posts/{post_id}/', { params: { path: { post_id: id } }, body }))])
}

type Call = Promise<{ data?: Post; error?: unknown; response: Response }>

const turns = new Map<number, Promise<unknown>>() // of each post: what is sent last
const waiting = new Map<number, number>() // of each post: how much is on its way

/** Show at once what somebody does with a post; take it back when the server does not follow. */
async function mark<K extends keyof Marks>(id: number, name: K, wanted: Marks[K], send: () => Call): Promise<void> {
  const post = known.get(id)
  if (!post || post.viewer[name] === wanted) return
  const before = post.viewer[name]
  show(post, { [name]: wanted })
  waiting.set(id, (waiting.get(id) ?? 0) + 1)
  // One after the other: the server shall end where the person did.
  const turn = (turns.get(id) ?? Promise.resolve()).then(() => ask(send()))
  turns.set(id, turn.catch(() => undefined))
  try {
    const told = await turn
    if (waiting.get(id) === 1) keep([told])
  } catch (error) {
    const now = known.get(id)
    if (now?.viewer[name] === wanted) show(now, { [name]: before })
    throw error
  } finally {
    waiting.set(id, waiting.get(id)! - 1)
  }
}

const to = (id: number) => ({ params: { path: { post_id: id } } })

/** With one emoji, whichever it was before; null takes it back. */
function react(id: number, emoji: string | null): Promise<void> {
  const send = () => (emoji === LIKE ? useApi().POST('/posts/{post_id}/like/', to(id)) : emoji ? useApi().POST('/posts/{post_id}/reactions/', { ...to(id), body: { emoji } }) : useApi().DELETE('/posts/{post_id}/reactions/', to(id)))
  return mark(id, 'reaction', emoji, send as () => Call)
}

/** A like is the ❤ reaction. */
async function setLiked(id: number, liked: boolean): Promise<void> {
  if (known.get(id)?.viewer.liked !== liked) await react(id, liked ? LIKE : null)
}

function setReposted(id: number, reposted: boolean): Promise<void> {
  return mark(id, 'reposted', reposted, (() => (reposted ? useApi().POST('/posts/{post_id}/repost/', to(id)) : useApi().DELETE('/posts/{post_id}/repost/', to(id)))) as () => Call)
}

function setSaved(id: number, saved: boolean): Promise<void> {
  return mark(id, 'saved', saved, (() => (saved ? useApi().POST('/posts/{post_id}/save/', { ...to(id), body: {} }) : useApi().DELETE('/posts/{post_id}/save/', to(id)))) as () => Call)
}

/** Into one of one's collections, or with null out of the one it is in; saved it is in any case. */
async function collect(id: number, collection: number | null): Promise<void> {
  keep([await ask(useApi().POST('/posts/{post_id}/save/', { ...to(id), body: { collection } }))])
}
