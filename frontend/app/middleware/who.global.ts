import { afterLogin } from '~/session/next'

// Guests are sent to log in, members away from it. Who is signed in is known without asking.
const MEMBERS = /^\/(feed|saved|upload|settings)(\/|$)/
const GUESTS = /^\/(login|register)?\/?$/

export default defineNuxtRouteMiddleware((to) => {
  const { isMember } = useSession()
  if (!isMember() && MEMBERS.test(to.path)) return navigateTo({ path: '/login', query: { next: to.fullPath } }, { replace: true })
  if (isMember() && GUESTS.test(to.path)) return navigateTo(afterLogin(to.query.next), { replace: true })
})
