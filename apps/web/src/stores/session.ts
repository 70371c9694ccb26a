import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { useApi } from '../api';
import type { User } from '../api/types';

/** Who is logged in here. */
export const useSession = defineStore('session', () => {
  const api = useApi();
  const hasToken = ref(api.credentials.access !== null);
  const user = ref<User | null>(null);
  let loading: Promise<void> | null = null;

  api.credentials.onChange(() => {
    hasToken.value = api.credentials.access !== null;
    if (!hasToken.value) user.value = null;
  });

  /** Fetches the user of the token, once; without one the user stays null. @throws ApiError */
  async function load(): Promise<void> {
    if (!hasToken.value || user.value) return;
    loading ??= api
      .me()
      .then((me) => void (user.value = me))
      .finally(() => (loading = null));
    await loading;
  }

  /** @throws ApiError with code `invalid_grant` for a wrong name or password */
  async function login(username: string, password: string): Promise<void> {
    await api.login(username, password);
    user.value = null;
    await load();
  }

  /** Ends the login in this browser whether or not the server can be told. */
  async function logout(): Promise<void> {
    await api.logout().catch(() => undefined);
  }

  return { user, isLoggedIn: computed(() => hasToken.value), load, login, logout };
});
