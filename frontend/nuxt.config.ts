import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { writeFirst } from './build/first'

// Static files, one HTML shell, and nothing that a page does not need.
// NUXT_PUBLIC_API names the server when it is not where the files are.
const FIRST = fileURLToPath(new URL('.nuxt/first', import.meta.url))
const THEME = readFileSync(new URL('build/theme.js', import.meta.url), 'utf8')

export default defineNuxtConfig({
  ssr: false,
  compatibilityDate: '2026-11-01',
  telemetry: false,
  devtools: { enabled: false },
  modules: ['@vite-pwa/nuxt'],
  css: ['~/assets/tokens.css', '~/assets/base.css'],
  components: [{ path: '~/components', pathPrefix: false }],
  imports: { dirs: ['composables'] },
  spaLoadingTemplate: true,
  runtimeConfig: { public: { api: '' } },
  app: {
    head: {
      htmlAttrs: { lang: 'en' },
      title: 'Yafig',
      meta: [
        { name: 'description', content: 'Photos, the people who post them, and what others say.' },
        { name: 'theme-color', content: '#fcfbfa', media: '(prefers-color-scheme: light)' },
        { name: 'theme-color', content: '#131110', media: '(prefers-color-scheme: dark)' },
      ],
      link: [
        { rel: 'icon', href: '/icons/yafig.svg', type: 'image/svg+xml' },
        { rel: 'apple-touch-icon', href: '/icons/apple-touch.png' },
        { rel: 'manifest', href: '/manifest.webmanifest' },
      ],
      script: [{ innerHTML: THEME }],
    },
  },
  // Measured: what is off here is 8 kB of script that these pages have no use for.
  experimental: {
    appManifest: false,
    payloadExtraction: false,
    checkOutdatedBuildInterval: false,
    restoreState: false,
    crossOriginPrefetch: false,
    navigationRepaint: false,
    componentIslands: false,
    // A link's page is fetched when somebody is about to follow it, not when it is seen.
    defaults: { nuxtLink: { prefetchOn: { visibility: false, interaction: true } } },
  },
  pwa: {
    registerType: 'autoUpdate',
    injectRegister: false,
    client: { registerPlugin: false },
    pwaAssets: { disabled: true },
    manifest: {
      name: 'Yafig',
      short_name: 'Yafig',
      description: 'Photos, the people who post them, and what others say.',
      id: '/',
      start_url: '/',
      scope: '/',
      display: 'standalone',
      background_color: '#131110',
      theme_color: '#131110',
      icons: [
        { src: '/icons/192.png', sizes: '192x192', type: 'image/png' },
        { src: '/icons/512.png', sizes: '512x512', type: 'image/png' },
        { src: '/icons/maskable.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
      ],
    },
    workbox: {
      globPatterns: ['_nuxt/**/*.{js,css}', 'icons/yafig.svg', 'first.js', '200.html'],
      // The module would take the endings of pages away; our shell is the file with its ending.
      manifestTransforms: [async (entries) => ({ manifest: entries, warnings: [] })],
      navigateFallback: '/200.html',
      // What is the server's own, the browser asks the server for.
      navigateFallbackDenylist: [/^\/(admin|docs|media|static|users|posts|instance|livez|readyz)(\/|$)/],
      cleanupOutdatedCaches: true,
      clientsClaim: true,
      skipWaiting: true,
      runtimeCaching: [
        {
          // Renditions keep their bytes for as long as their name exists.
          urlPattern: ({ request, url }) => request.destination === 'image' && !url.pathname.startsWith('/admin'),
          handler: 'CacheFirst',
          options: {
            cacheName: 'pictures',
            expiration: { maxEntries: 300, maxAgeSeconds: 30 * 24 * 3600, purgeOnQuotaError: true },
            cacheableResponse: { statuses: [0, 200] },
          },
        },
      ],
    },
  },
  typescript: { strict: true },
  $production: {
    app: { head: { script: [{ src: '/first.js', async: true, fetchpriority: 'high' }] } },
    nitro: { publicAssets: [{ dir: FIRST, baseURL: '/' }] },
  },
  vite: {
    // Neither ours nor reka-ui's components use Vue's older way: 3 kB.
    define: { __VUE_OPTIONS_API__: 'false' },
    // What every page needs is one file: it packs better than a dozen.
    build: {
      cssCodeSplit: false, // 6 kB in all
      rolldownOptions: {
        output: {
          codeSplitting: {
            groups: [
              { name: 'base', test: /node_modules\/(@vue|vue|vue-router|unhead|@unhead|ofetch|ufo|hookable|openapi-fetch|destr|defu|unctx|h3|nuxt\/dist\/app\/diagnostics)\/|app\/(words\/en|words\/index|composables\/use(Session|Words|Api|Toasts|Instance|Problem|Form)|session|api\/index|components\/(AppIcon|FormField|PasswordField|EmptyNote|FailedNote)|layouts)/ },
              // What several pages share, instead of a dozen files of half a kilobyte. Dialogs come when one is opened.
              { name: 'shared', test: /\/app\/(?!components\/DialogFrame)/, minShareCount: 3 },
            ],
          },
        },
      },
    },
  },
  hooks: {
    // Pages fetch what they need when they need it; the service worker brings the rest later.
    'build:manifest': (manifest) => {
      for (const chunk of Object.values(manifest)) chunk.dynamicImports = []
      writeFirst(FIRST, manifest, process.env.NUXT_PUBLIC_API)
    },
  },
})
