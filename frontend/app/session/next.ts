/** Where to go after logging in: a page of ours, or the feed. */
export function afterLogin(next: unknown): string {
  const isOurs = typeof next === 'string' && /^\/(?![/\\])/.test(next) && !/^\/(login|register)/.test(next)
  return isOurs ? next : '/feed'
}
