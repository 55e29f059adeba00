// What stays on this device: drafts with their photos, and the last feed for when there is no network.
// One IndexedDB with one store. It may be missing (private windows): then nothing is kept.

const NAME = 'yafig'
const STORE = 'kept'

let opened: Promise<IDBDatabase> | null = null

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(STORE)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  return opened
}

async function run<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  try {
    const store = (await database()).transaction(STORE, mode).objectStore(STORE)
    return await new Promise<T>((resolve, reject) => {
      const request = work(store)
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  } catch {
    return undefined
  }
}

export const kept = {
  get: <T>(key: string): Promise<T | undefined> => run<T>('readonly', (store) => store.get(key) as IDBRequest<T>),
  put: (key: string, value: unknown) => run('readwrite', (store) => store.put(value, key)),
  drop: (key: string) => run('readwrite', (store) => store.delete(key)),
  /** Whoever comes next on this device finds nothing of who was here. */
  clear: () => run('readwrite', (store) => store.clear()),
}
