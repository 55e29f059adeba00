import type { Reason } from '~/api'

/** Why something is recommended, in the reader's language. */
export function useReasons() {
  const { t, list } = useWords()

  function reasonOf(kind: 'post' | 'person' | 'tag', { code, usernames, tag }: Reason): string {
    const people = list(usernames)
    if (code === 'trending') return t(kind === 'tag' ? 'reason.trending.tag' : 'reason.trending')
    if (code === 'tag_engaged') return tag ? t('reason.tag_engaged', { tag }) : t('reason.tag_engaged.tag')
    return t(`reason.${code}`, { people, tag: tag ?? '' })
  }

  return { reasonOf }
}
