// What somebody does with a post or a comment, and what that makes of its counts.
import type { Comment, Post, Summary } from '~/api'

export const LIKE = '❤'
export const USUAL = [LIKE, '🔥', '😂', '😍', '😮', '😢', '👏'] as const

export type Marks = Pick<Post['viewer'], 'reaction' | 'saved' | 'reposted'>

/** An emoji as it is drawn in colour: the heart of the server is the plain sign. */
export function drawn(emoji: string): string {
  return emoji === LIKE ? '❤️' : emoji
}

const step = (was: unknown, is: unknown) => Number(Boolean(is)) - Number(Boolean(was))

/** Mark a post, and count as the server would: one emoji for another leaves the reactions as many. */
export function show(post: Post, marks: Partial<Marks>): void {
  const before = post.viewer
  const after = { ...before, ...marks }
  post.reactions_count += step(before.reaction, after.reaction)
  post.likes_count += step(before.reaction === LIKE, after.reaction === LIKE)
  post.saves_count += step(before.saved, after.saved)
  post.reposts_count += step(before.reposted, after.reposted)
  post.viewer = { ...after, liked: after.reaction === LIKE }
}

/** The same of a comment, which is not changed: the answer is another one. */
export function reactedTo(comment: Comment, emoji: string | null): Comment {
  const count = comment.reactions_count + step(comment.viewer.reaction, emoji)
  return { ...comment, reactions_count: count, viewer: { reaction: emoji } }
}

/** How often each emoji stands there, once the reader's own is another than when they were counted. */
export function tally(counts: Summary['counts'], before: string | null, now: string | null): Summary['counts'] {
  const found = new Map(counts.map((each) => [each.emoji, each.count]))
  if (before) found.set(before, (found.get(before) ?? 1) - 1)
  if (now) found.set(now, (found.get(now) ?? 0) + 1)
  return [...found].filter(([, count]) => count > 0).map(([emoji, count]) => ({ emoji, count }))
}
