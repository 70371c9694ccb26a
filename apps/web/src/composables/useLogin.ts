import { useRoute, useRouter } from 'vue-router';
import { useSession } from '../stores/session';

/** Leads visitors to the login, and back to where they were. */
export function useLogin() {
  const session = useSession();
  const route = useRoute();
  const router = useRouter();

  /** Whether somebody is logged in; a visitor is led away. */
  function ensure(): boolean {
    if (session.isLoggedIn) return true;
    void router.push({ name: 'login', query: { next: route.fullPath } });
    return false;
  }

  return { ensure };
}
