// Y13, D5: one renewal however many requests wait, and what was refused is sent once more.
import { describe, expect, it, vi } from 'vitest'
import { Access, authorised, Ended } from '~/session/access'

let number = 0
function token(seconds = 600): string {
  const claims = { iat: 1000, exp: 1000 + seconds, jti: ++number }
  return `head.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`
}

describe('Access', () => {
  it('keeps a token until shortly before its end', async () => {
    let now = 0
    const renewal = vi.fn(async () => token())
    const access = new Access(renewal, () => now)
    const first = access.set(token())

    now = 579_000
    expect(await access.get()).toBe(first)
    now = 581_000
    expect(await access.get()).not.toBe(first)
    expect(renewal).toHaveBeenCalledTimes(1)
  })

  it('counts from when it came, whatever clock the server has', async () => {
    const access = new Access(async () => token(), () => 5)
    const given = access.set(token(60))
    expect(await access.get()).toBe(given)
  })

  it('renews once for all who wait', async () => {
    const renewal = vi.fn(() => new Promise<string>((resolve) => setTimeout(() => resolve(token()), 5)))
    const access = new Access(renewal)

    const got = await Promise.all(Array.from({ length: 50 }, () => access.get()))

    expect(renewal).toHaveBeenCalledTimes(1)
    expect(new Set(got).size).toBe(1)
  })

  it('gives whoever was refused late what others have renewed', async () => {
    const renewal = vi.fn(async () => token())
    const access = new Access(renewal)
    const old = access.set(token())

    const first = await access.renew(old)
    const late = await access.renew(old)

    expect(late).toBe(first)
    expect(renewal).toHaveBeenCalledTimes(1)
  })

  it('tries again after a failure', async () => {
    const renewal = vi.fn<() => Promise<string>>().mockRejectedValueOnce(new TypeError('away')).mockResolvedValueOnce(token())
    const access = new Access(renewal)

    await expect(access.get()).rejects.toThrow('away')
    await expect(access.get()).resolves.toMatch(/^head/)
  })
})

describe('authorised', () => {
  const url = 'http://yafig.test/posts/'

  it('sends what was refused once more, with its body', async () => {
    const access = new Access(async () => token())
    const sent: [string | null, string][] = []
    const send = vi.fn(async (request: Request) => {
      sent.push([request.headers.get('Authorization'), await request.text()])
      return new Response('{}', { status: sent.length === 1 ? 401 : 200 })
    })

    const answer = await authorised(access, () => true, send as never)(new Request(url, { method: 'POST', body: 'text' }))

    expect(answer.status).toBe(200)
    expect(sent.map(([, body]) => body)).toEqual(['text', 'text'])
    expect(sent[0]![0]).not.toBe(sent[1]![0])
  })

  it('does not go round in circles', async () => {
    const send = vi.fn(async () => new Response('{}', { status: 401 }))
    const answer = await authorised(new Access(async () => token()), () => true, send)(new Request(url))
    expect(answer.status).toBe(401)
    expect(send).toHaveBeenCalledTimes(2)
  })

  it('asks nothing for a guest', async () => {
    const renewal = vi.fn(async () => token())
    const send = vi.fn(async (request: Request) => new Response(request.headers.get('Authorization')))
    const answer = await authorised(new Access(renewal), () => false, send as never)(new Request(url))
    expect(await answer.text()).toBe('')
    expect(renewal).not.toHaveBeenCalled()
  })

  it('sends nothing when the session has ended', async () => {
    const send = vi.fn()
    const access = new Access(() => Promise.reject(new Ended()))
    await expect(authorised(access, () => true, send)(new Request(url))).rejects.toBeInstanceOf(Ended)
    expect(send).not.toHaveBeenCalled()
  })
})
