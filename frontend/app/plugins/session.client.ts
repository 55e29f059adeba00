// Before the first page: the language, and whoever was here before. Pages do not wait for the second.
export default defineNuxtPlugin({
  name: 'session',
  async setup() {
    useApi()
    void useSession().start()
    await useWords().start()
  },
})
