import { computed, reactive } from 'vue';
import type { WebUpload, WebUploadDraft } from '@vidiverse/hooks/web';
import type { useUpload } from '../stores/upload';

const FIELDS = ['name', 'description', 'tags'] as const;

/** The upload under way as plugins see it: what they may change are the words, never who may see it. */
export function webUpload(upload: ReturnType<typeof useUpload>): WebUpload {
  const draft = computed((): WebUploadDraft => {
    const { name = '', description = null, tags = [] } = upload.draft ?? {};
    return { name, description, tags: [...tags] };
  });
  return reactive({
    file: computed(() => ({ name: upload.file?.name ?? '', size: upload.file?.size ?? 0 })),
    draft,
    video: computed(() => upload.video && { ...upload.video }),
    change(changes: Partial<WebUploadDraft>): void {
      if (!upload.draft) return;
      const known = FIELDS.flatMap((field) => (field in changes ? [[field, changes[field]]] : []));
      Object.assign(upload.draft, Object.fromEntries(known));
    },
  });
}
