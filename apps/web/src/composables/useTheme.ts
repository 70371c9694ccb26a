import { readonly, ref } from 'vue';

/** The same key as in `public/theme.js`, which applies the choice before the first paint. */
const KEY = 'vidiverse.theme';

export type Theme = 'system' | 'light' | 'dark';

const isTheme = (value: unknown): value is Theme =>
  value === 'system' || value === 'light' || value === 'dark';

/** The chosen theme, kept in this browser. */
export function useTheme() {
  const chosen = document.documentElement.dataset.theme;
  const theme = ref<Theme>(isTheme(chosen) ? chosen : 'system');

  function choose(value: unknown): void {
    if (!isTheme(value)) return;
    theme.value = value;
    if (value === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = value;
    try {
      localStorage.setItem(KEY, value);
    } catch {
      // Storage is blocked: the choice lasts until the page is left.
    }
  }

  return { theme: readonly(theme), choose };
}
