import { ask, type Showcase, type ShowcasePlace } from '~/api'

const LOOK = 1000 // milliseconds between two looks at a picture that is being prepared

/** The three places of somebody's profile. */
export function useShowcase(username: string) {
  const places = ref<ShowcasePlace[]>([])
  const call = { params: { path: { username } } }
  let isLeft = false
  onUnmounted(() => (isLeft = true))

  /** Never raises: a profile is whole without it. */
  async function load(): Promise<void> {
    const found: Showcase | undefined = await ask(useApi().GET('/users/{username}/showcase/', call)).catch(() => undefined)
    if (found) places.value = found.places
  }

  const put = (found: ShowcasePlace) => (places.value = places.value.map((each) => (each.place === found.place ? found : each)))

  /** A file, or one of one's own pictures again, otherwise described. What hangs there stays until it is ready. */
  async function hang(place: ShowcasePlace['place'], picture: Blob | number, alt_text: string): Promise<void> {
    const params = { params: { path: { username, place } } }
    if (typeof picture === 'number') {
      const headers = { 'Content-Type': 'application/json' }
      return settle(await ask(useApi().PUT('/users/{username}/showcase/{place}/', { ...params, headers, body: { media_id: picture, alt_text } })))
    }
    const body = new FormData()
    body.set('file', picture)
    body.set('alt_text', alt_text)
    const bodySerializer = (sent: unknown) => sent as FormData
    await settle(await ask(useApi().PUT('/users/{username}/showcase/{place}/', { ...params, body: body as never, bodySerializer })))
  }

  async function settle(found: ShowcasePlace): Promise<void> {
    put(found)
    while (!isLeft && places.value.some((each) => each.coming?.state === 'processing')) {
      await new Promise((resolve) => setTimeout(resolve, LOOK))
      await load()
    }
  }

  async function takeDown(place: ShowcasePlace['place']): Promise<void> {
    put(await ask(useApi().DELETE('/users/{username}/showcase/{place}/', { params: { path: { username, place } } })))
  }

  return { places, load, hang, takeDown }
}
