import { computed, ref, shallowRef, watch } from 'vue';
import { ApiError, useApi } from '../api';
import { fieldsOf } from '../format/setting-fields';
import {
  readForm,
  refusedFields,
  type SettingsForm,
  type SettingsProblems,
  toForm,
} from '../format/settings-form';
import { useToasts } from '../stores/toasts';
import { useLoad } from './useLoad';

/** The settings of a plugin as a form: what is written, what is saved, what is wrong with it. */
export function usePluginSettings(name: string) {
  const api = useApi();
  const toasts = useToasts();
  const form = ref<SettingsForm>({});
  const saved = shallowRef<SettingsForm>({});
  const problems = shallowRef<SettingsProblems>({});
  const refusal = shallowRef<unknown>(null);
  const busy = ref(false);

  const { data, error, reload } = useLoad(
    () => name,
    async (_name, signal) => {
      const { schema, settings } = await api.plugins.settings(name, signal);
      const fields = fieldsOf(schema);
      saved.value = toForm(fields, settings);
      form.value = { ...saved.value };
      return fields;
    },
  );
  const fields = computed(() => data.value ?? []);
  const rows = computed(() => Object.values(form.value).filter(Array.isArray).flat().length);
  // Those after a row that was removed have other numbers.
  watch(rows, (now, before) => now < before && (problems.value = {}));
  const isChanged = computed(() => JSON.stringify(form.value) !== JSON.stringify(saved.value));

  /** Whether the server took them. What it says of fields that are not in the form is told as a whole. */
  async function save(): Promise<boolean> {
    const read = readForm(fields.value, form.value);
    refusal.value = null;
    problems.value = 'problems' in read ? read.problems : {};
    if ('problems' in read || busy.value) return false;
    busy.value = true;
    try {
      await api.plugins.saveSettings(name, read.settings);
      await reload();
      toasts.show('Saved.');
      return true;
    } catch (problem) {
      problems.value = problem instanceof ApiError ? refusedFields(fields.value, problem.fields) : {};
      const isBesideFields = Object.keys(problems.value).length > 0;
      if (!isBesideFields) refusal.value = problem;
      return false;
    } finally {
      busy.value = false;
    }
  }

  function discard(): void {
    form.value = { ...saved.value };
    problems.value = {};
    refusal.value = null;
  }

  return {
    fields,
    form,
    problems,
    refusal,
    isChanged,
    busy,
    isLoaded: computed(() => data.value !== null),
    error,
    reload,
    save,
    discard,
  };
}
