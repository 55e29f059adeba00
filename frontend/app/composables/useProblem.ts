import { Problem } from '~/api'

/** What to say of a failure, in words a person can act on. */
export function useProblem() {
  const { t } = useWords()
  const { tell } = useToasts()

  function textOf(error: unknown): string {
    if (!(error instanceof Problem)) return t('wrong.server')
    if (error.code === 'network') return t('wrong.network')
    if (error.status === 429) return t('wrong.busy', { seconds: error.seconds, count: error.seconds })
    if (error.status === 404) return t('wrong.missing')
    return error.detail || t('wrong.server')
  }

  return { textOf, complain: (error: unknown) => tell(textOf(error), 'bad') }
}
