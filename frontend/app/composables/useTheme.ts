export type Theme = 'system' | 'light' | 'dark'

const CHOICE = 'yafig.theme' // build/theme.js reads it before the first paint
const theme = ref<Theme>((localStorage.getItem(CHOICE) as Theme | null) ?? 'system')

export function useTheme() {
  function choose(wanted: Theme): void {
    theme.value = wanted
    if (wanted === 'system') {
      localStorage.removeItem(CHOICE)
      delete document.documentElement.dataset.theme
    } else {
      localStorage.setItem(CHOICE, wanted)
      document.documentElement.dataset.theme = wanted
    }
  }
  return { theme, choose }
}
