import { defineStore } from 'pinia';
import { shallowRef } from 'vue';

export interface TrayItem {
  /** 0 to 100. */
  percent: number;
  needsAttention: boolean;
  /** Where to look after it. */
  to: string;
}

/** What goes on in the background, for the header. */
export const useTray = defineStore('tray', () => {
  const item = shallowRef<TrayItem | null>(null);
  return {
    item,
    show: (next: TrayItem) => void (item.value = next),
    clear: () => void (item.value = null),
  };
});
