import { ask, type Post } from '~/api'

// Each post once, wherever it shows: a like on its page is a like in the feed.
const known = reactive(new Map<number, Post>())
const gone = reactive(new Set<number>())
const isFeedStale = ref(false) // somebody was followed, muted or blocked, or something posted

export function usePosts() {
  return { known, gone, isFeedStale, keep, get, load, remove, change, setLiked }
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

/** Show the like at once; take it back when the server does not follow. */
async function setLiked(id: number, liked: boolean): Promise<void> {
  const post = known.get(id)
  if (!post || post.viewer.liked === liked) return
  mark(id, liked)
  try {
    const params = { params: { path: { post_id: id } } }
    const told = await ask(liked ? useApi().POST('/posts/{post_id}/like/', params) : useApi().DELETE('/posts/{post_id}/like/', params))
    if (known.get(id)?.viewer.liked === liked) keep([told as Post])
  } catch (error) {
    if (known.get(id)?.viewer.liked === liked) mark(id, !liked)
    throw error
  }
}

function mark(id: number, liked: boolean): void {
  const post = known.get(id)!
  const step = liked ? 1 : -1
  post.viewer.liked = liked
  post.likes_count += step
  post.reactions_count += step
}
