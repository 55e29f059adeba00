// The service worker, once the page has nothing better to do: it keeps the shell for when there is no network.
export default defineNuxtPlugin({
  name: 'worker',
  setup(app) {
    if (import.meta.dev || !('serviceWorker' in navigator)) return
    app.hook('app:suspense:resolve', () => {
      setTimeout(() => void navigator.serviceWorker.register('/sw.js').catch(() => undefined), 2000)
    })
  },
})
