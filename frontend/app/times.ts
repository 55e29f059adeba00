// Moments of the server's, as a field for local times has them.

/** “2026-12-24T18:00” in this device's zone; nothing for no moment. */
export function localTime(moment: string | number | null | undefined): string {
  if (moment === null || moment === undefined) return ''
  const date = new Date(moment)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = [String(date.getFullYear()).padStart(4, '0'), two(date.getMonth() + 1), two(date.getDate())].join('-')
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** The zone in which the person reads times, as “Europe/Vienna”. */
export const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone
