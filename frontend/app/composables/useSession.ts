import { ask, Problem, type Profile } from '~/api'
import { Access, Ended } from '~/session/access'
import { HINT, RENEWAL } from '~/session/hint'
import { kept } from '~/session/kept'

const channel = new BroadcastChannel('yafig.session')

const me = shallowRef<Profile | null>(null)
const isMember = ref(localStorage.getItem(HINT) !== null)
const isOffline = ref(!navigator.onLine)
const access = new Access(renewal)

/** Who is signed in on this device. All tabs know alike. */
export function useSession() {
  return { me, isMember: () => isMember.value, member: isMember, isOffline, access, start, signIn, signOut, forget, reload }
}

async function renewal(): Promise<string> {
  const sent = globalThis.yafigRenewal ?? fetch(`${apiBase()}${RENEWAL.path}`, RENEWAL.init)
  globalThis.yafigRenewal = undefined
  const answer = await sent
  if (answer.ok) return ((await answer.json()) as { access: string }).access
  if (answer.status === 400 || answer.status === 401) {
    leave('ended')
    throw new Ended()
  }
  throw await Problem.of(answer)
}

/** Take up the session of before, if there is one. Never throws. */
async function start(): Promise<void> {
  addEventListener('online', () => (isOffline.value = false))
  addEventListener('offline', () => (isOffline.value = true))
  channel.onmessage = (message: MessageEvent<string>) => follow(message.data)
  if (!isMember.value) return
  me.value = (await kept.get<Profile>('me')) ?? null
  await reload().catch(() => undefined)
}

function follow(news: string): void {
  if (news === 'out') location.replace('/login')
  else if (news !== String(me.value?.id)) location.reload()
}

/** Ask anew who we are. */
async function reload(): Promise<void> {
  me.value = (await ask(useApi().GET('/users/'))) as Profile
  void kept.put('me', me.value)
}

async function signIn(username: string, password: string): Promise<void> {
  const body = JSON.stringify({ username, password, browser: true })
  const answer = await fetch(`${apiBase()}/users/login/`, { ...RENEWAL.init, keepalive: false, body }).catch((error) => {
    throw new Problem('network', String(error))
  })
  if (!answer.ok) throw await Problem.of(answer)
  access.set(((await answer.json()) as { access: string }).access)
  localStorage.setItem(HINT, '1')
  isMember.value = true
  await reload()
  channel.postMessage(String(me.value?.id))
}

/** End this session on the server, and whatever of it is on this device, in every tab. */
async function signOut(): Promise<void> {
  await ask(useApi().POST('/users/logout/', { body: {}, credentials: 'include' })).catch((error: Problem) => {
    if (error.code === 'network') throw error
  })
  leave('out')
}

/** The account is gone, or its sessions are: as after signing out. */
function forget(): void {
  leave('out')
}

function leave(why: 'ended' | 'out'): void {
  access.forget()
  isMember.value = false
  localStorage.removeItem(HINT)
  channel.postMessage('out')
  const next = why === 'ended' ? `?ended=1&next=${encodeURIComponent(location.pathname + location.search)}` : ''
  // A new page: nothing of this person stays in memory.
  const done = Promise.all([why === 'out' ? kept.clear() : kept.drop('me'), kept.drop('feed'), caches?.delete('pictures')])
  void done.catch(() => undefined).then(() => location.replace(`/login${next}`))
}
