import { defineStore } from 'pinia';
import { ref } from 'vue';

const SHOWN_MS = 5000;

export interface Toast {
  id: number;
  text: string;
  kind: 'info' | 'problem';
}

/** Short notes about what just happened, read out by screen readers; they leave by themselves. */
export const useToasts = defineStore('toasts', () => {
  const toasts = ref<Toast[]>([]);
  let next = 0;

  function dismiss(id: number): void {
    toasts.value = toasts.value.filter((toast) => toast.id !== id);
  }

  function show(text: string, kind: Toast['kind'] = 'info'): void {
    const id = next++;
    toasts.value = [...toasts.value, { id, text, kind }];
    setTimeout(() => dismiss(id), SHOWN_MS);
  }

  return { toasts, show, dismiss };
});
