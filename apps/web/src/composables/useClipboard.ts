import { useToasts } from '../stores/toasts';

/** Copies text and says so. Without a secure context (plain http on a LAN) there is no clipboard: the viewer is told. */
export function useClipboard() {
  const toasts = useToasts();
  return async function copy(text: string, what: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      toasts.show(`${what} copied.`);
    } catch {
      toasts.show(
        'This browser does not let the page copy. Select the text and copy it yourself.',
        'problem',
      );
    }
  };
}
