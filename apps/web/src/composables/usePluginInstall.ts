import { ref, shallowRef } from 'vue';
import { ApiError, useApi } from '../api';
import { useToasts } from '../stores/toasts';
import { useLoad } from './useLoad';

/** Shows what would be installed, or put in the place of `installedVersion`, and does it with the password of who asks. */
export function usePluginInstall(npmName: string) {
  const api = useApi();
  const toasts = useToasts();
  const password = ref('');
  const problem = ref<string>();
  const refusal = shallowRef<unknown>(null);
  const busy = ref(false);
  const {
    data: offered,
    error,
    reload,
  } = useLoad(
    () => npmName,
    (name, signal) => api.plugins.offered(name, signal),
  );

  /** Whether it was installed. */
  async function install(): Promise<boolean> {
    const agreed = offered.value;
    if (busy.value || !agreed?.integrity) return false;
    problem.value = password.value === '' ? 'Your password is needed.' : undefined;
    if (problem.value) return false;
    const { version: pluginVersion, integrity, installedVersion } = agreed;
    const request = { npmName, pluginVersion, integrity, password: password.value };
    busy.value = true;
    refusal.value = null;
    try {
      await (installedVersion === null ? api.plugins.install(request) : api.plugins.update(request));
      toasts.show(`${npmName} ${pluginVersion} is installed. It runs with the next start of the instance.`);
      return true;
    } catch (caught) {
      if (caught instanceof ApiError && caught.code === 'wrong_password') problem.value = caught.message;
      else refusal.value = caught;
      return false;
    } finally {
      busy.value = false;
    }
  }

  return { offered, error, reload, password, problem, refusal, busy, install };
}
