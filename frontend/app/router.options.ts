import type { RouterConfig } from '@nuxt/schema'

function placeOf(hash: string) {
  return hash && document.querySelector(hash) ? { el: hash, top: 64 } : { top: 0 }
}

// Back brings you where you were; a new page begins at its top.
export default {
  scrollBehavior(to, from, saved) {
    if (to.path === from.path && !saved) return false
    return new Promise((resolve) => {
      useNuxtApp().hooks.hookOnce('page:finish', () => {
        requestAnimationFrame(() => resolve(saved ?? placeOf(to.hash)))
      })
    })
  },
} satisfies RouterConfig
