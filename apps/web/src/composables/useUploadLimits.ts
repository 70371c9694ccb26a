import { computed } from 'vue';
import { useApi } from '../api';
import { formatBytes } from '../format';
import { useSession } from '../stores/session';
import { useSite } from '../stores/site';
import { useLoad } from './useLoad';

/** What may be uploaded, told before any byte is sent. The server checks all of it again, by content. */
export function useUploadLimits() {
  const api = useApi();
  const [session, site] = [useSession(), useSite()];
  const { data, loading } = useLoad(
    () => 'limits',
    async () => {
      const [config, used] = await Promise.all([site.load(), api.quotaUsed(), session.load()]);
      return { file: config.video.file, used: used.videoQuotaUsed };
    },
  );

  const extensions = computed(() => data.value?.file.extensions ?? []);
  const maxSize = computed(() => data.value?.file.maxSize ?? Number.POSITIVE_INFINITY);
  /** Bytes left of the quota. */
  const left = computed(() => {
    const quota = session.user?.videoQuota ?? -1;
    return quota < 0 || !data.value ? Number.POSITIVE_INFINITY : Math.max(quota - data.value.used, 0);
  });

  const hint = computed(() => {
    const names = extensions.value.map((extension) => extension.replace('.', '').toUpperCase());
    const limits = [
      names.length > 8 ? `${names.slice(0, 6).join(', ')} and other videos` : names.join(', '),
      Number.isFinite(maxSize.value) ? `up to ${formatBytes(maxSize.value)}` : '',
      Number.isFinite(left.value) ? `${formatBytes(left.value)} of your quota left` : '',
    ];
    return limits.filter(Boolean).join('; ');
  });

  /** Why the file cannot be uploaded; null when it may. */
  function refusal(file: File): string | null {
    if (file.size === 0) return `“${file.name}” is empty.`;
    if (file.size > maxSize.value)
      return `“${file.name}” has ${formatBytes(file.size)}. This site takes at most ${formatBytes(maxSize.value)}.`;
    if (file.size > left.value)
      return `“${file.name}” has ${formatBytes(file.size)}, but only ${formatBytes(left.value)} of your quota are left. Delete a video to make room.`;
    return null;
  }

  return {
    hint,
    accept: computed(() => ['video/*', ...extensions.value].join(',')),
    refusal,
    ready: computed(() => !loading.value),
  };
}
