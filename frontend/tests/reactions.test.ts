// Y13 L4 L6: what a reaction, a save and a repost make of the counts, and finding an emoji.
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Comment, Post } from '~/api'
import { allEmoji, findEmoji, type Emoji } from '~/emoji'
import { LIKE, reactedTo, show, tally } from '~/reactions'

function post(reaction: string | null = null): Post {
  const viewer = { reaction, liked: reaction === LIKE, saved: false, reposted: false }
  return { reactions_count: 5, likes_count: 3, saves_count: 1, reposts_count: 2, viewer } as Post
}

describe('marks', () => {
  it.each([
    [null, LIKE, 6, 4],
    [null, '🔥', 6, 3],
    [LIKE, '🔥', 5, 2],
    ['🔥', LIKE, 5, 4],
    ['🔥', '😮', 5, 3],
    [LIKE, null, 4, 2],
    ['🔥', null, 4, 3],
  ])('from %s to %s', (before, after, reactions, likes) => {
    const one = post(before)
    show(one, { reaction: after })
    expect([one.reactions_count, one.likes_count]).toEqual([reactions, likes])
    expect(one.viewer).toEqual({ reaction: after, liked: after === LIKE, saved: false, reposted: false })
  })

  it('counts saves and reposts, each once, and takes them back', () => {
    const one = post()
    show(one, { saved: true })
    show(one, { saved: true, reposted: true })
    expect([one.saves_count, one.reposts_count]).toEqual([2, 3])
    show(one, { saved: false, reposted: false })
    expect([one.saves_count, one.reposts_count]).toEqual([1, 2])
  })

  it('leaves a comment as it was and gives another', () => {
    const before = { reactions_count: 1, viewer: { reaction: '🔥' } } as Comment
    expect(reactedTo(before, null)).toEqual({ reactions_count: 0, viewer: { reaction: null } })
    expect(reactedTo(before, LIKE).reactions_count).toBe(1)
    expect(before.viewer.reaction).toBe('🔥')
  })
})

describe('how often each emoji stands there', () => {
  const counts = [
    { emoji: LIKE, count: 2 },
    { emoji: '🔥', count: 1 },
  ]
  it.each([
    [null, null, [[LIKE, 2], ['🔥', 1]]],
    [null, '🔥', [[LIKE, 2], ['🔥', 2]]],
    ['🔥', LIKE, [[LIKE, 3]]],
    [LIKE, '🚀', [[LIKE, 1], ['🔥', 1], ['🚀', 1]]],
    ['🔥', null, [[LIKE, 2]]],
  ])('from %s to %s', (before, now, wanted) => {
    expect(tally(counts, before, now).map((each) => [each.emoji, each.count])).toEqual(wanted)
  })
})

describe('emoji', () => {
  const all: Emoji[] = [
    { unicode: '🔥', label: 'fire', tags: ['hot', 'lit'], group: 5 },
    { unicode: '🚀', label: 'rocket', tags: ['fire up'], group: 5 },
    { unicode: '🚒', label: 'fire engine', group: 5 },
  ]

  it('finds names before keywords, and words by their beginning', () => {
    expect(findEmoji(all, 'Fire').map((each) => each.unicode)).toEqual(['🔥', '🚒', '🚀'])
    expect(findEmoji(all, 'eng').map((each) => each.unicode)).toEqual(['🚒'])
    expect(findEmoji(all, 'ire')).toEqual([])
    expect(findEmoji(all, ' 🚀 ').map((each) => each.unicode)).toEqual(['🚀'])
  })

  afterEach(() => vi.unstubAllGlobals())

  it('are asked for again after a failure, and then only once', async () => {
    const fetch = vi.fn().mockResolvedValueOnce(new Response('', { status: 503 }))
    fetch.mockResolvedValue(Response.json([...all, { unicode: '🇦', label: 'regional indicator A' }]))
    vi.stubGlobal('fetch', fetch)
    await expect(allEmoji('en')).rejects.toThrow('503')
    expect(await allEmoji('en')).toEqual(all)
    expect(await allEmoji('en')).toEqual(all)
    expect(fetch).toHaveBeenCalledTimes(2)
  })
})
