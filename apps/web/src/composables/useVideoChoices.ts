import { computed } from 'vue';
import { useApi } from '../api';
import type { Labels } from '../api/types';
import { useLoad } from './useLoad';

const byLabel = (one: { label: string }, other: { label: string }) =>
  one.label.localeCompare(other.label, 'en');
const numbers = (labels: Labels = {}) =>
  Object.entries(labels).map(([id, label]) => ({ id: Number(id), label }));
const texts = (labels: Labels = {}) => Object.entries(labels).map(([id, label]) => ({ id, label }));

/** Categories, licences and languages that the server knows. Without an answer the lists are empty and the rest of a form works. */
export function useVideoChoices() {
  const api = useApi();
  const { data } = useLoad(
    () => 'choices',
    async () => {
      const [categories, licences, languages] = await Promise.all([
        api.videos.choices('categories'),
        api.videos.choices('licences'),
        api.videos.choices('languages'),
      ]);
      return {
        categories: numbers(categories).sort(byLabel),
        licences: numbers(licences),
        languages: texts(languages).sort(byLabel),
      };
    },
  );
  return computed(() => data.value ?? { categories: [], licences: [], languages: [] });
}
