import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import { ApiError, useApi } from '../api';
import { browserStorage } from '../api/browser-storage';
import { Privacy, type UploadedVideo, type VideoFields } from '../api/types';
import { ResumableUpload, type UploadState } from '../upload/resumable-upload';
import { titleOf } from '../upload/title';
import { UnfinishedUploads } from '../upload/unfinished';
import { XhrTransport } from '../upload/upload-transport';
import { framesOf, type VideoFrames } from '../upload/video-images';
import { waitOrOnline } from '../upload/wait';
import { useSession } from './session';
import { useSite } from './site';
import { useTray } from './tray';

/** The upload of this tab. It goes on while its uploader looks at other pages. */
export const useUpload = defineStore('upload', () => {
  const api = useApi();
  const [session, site, tray] = [useSession(), useSite(), useTray()];
  const unfinished = new UnfinishedUploads(browserStorage(window));

  const file = shallowRef<File | null>(null);
  const state = shallowRef<UploadState | null>(null);
  const frames = shallowRef<VideoFrames | null>(null);
  /** What the uploader is writing about it. */
  const draft = ref<VideoFields | null>(null);
  /** What they want published; null until they say so. */
  const wanted = shallowRef<VideoFields | null>(null);
  const video = shallowRef<UploadedVideo['video'] | null>(null);
  const error = shallowRef<unknown>(null);
  const published = ref(false);
  let running: ResumableUpload | null = null;

  const isActive = computed(() => file.value !== null && !published.value);
  const mark = (of: File) => ({ filename: of.name, size: of.size, lastModified: of.lastModified });

  function warn(event: BeforeUnloadEvent): void {
    event.preventDefault();
  }
  watch(isActive, (active) => {
    if (active) window.addEventListener('beforeunload', warn);
    else window.removeEventListener('beforeunload', warn);
  });
  watch([state, error, video, published], () => {
    if (!isActive.value || !state.value) return tray.clear();
    const percent = state.value.phase === 'held' ? 100 : (state.value.sent / state.value.total) * 100;
    tray.show({ percent, needsAttention: error.value !== null, to: '/upload' });
  });

  /** Begins to send `picked`, or continues where it was left. The video comes into being with `publish`. */
  function begin(picked: File): void {
    const { user } = session;
    const channel = user?.videoChannels[0];
    if (!user || !channel || file.value) return;
    file.value = picked;
    draft.value = draftFor(picked, channel.id);
    const start = {
      name: draft.value.name,
      channelId: channel.id,
      // Whatever happens between the last byte and the uploader's own words, nobody sees a half-described video.
      privacy: Privacy.Private,
      filename: picked.name,
      lastModified: picked.lastModified,
    };
    running = new ResumableUpload(picked, start, new XhrTransport(api.credentials), {
      maxChunkSize: site.config?.client?.videos?.resumableUpload?.maxChunkSize ?? 0,
      wait: waitOrOnline,
      now: () => performance.now(),
      onChange: (next) => {
        state.value = next;
        if (running?.address)
          unfinished.keep({ ...mark(picked), userId: user.id, url: running.address, sent: next.sent });
      },
    });
    void framesOf(picked).then((made) => {
      if (file.value === picked) frames.value = made;
    });
    void send();
  }

  function draftFor(picked: File, channelId: number): VideoFields {
    const publish = site.config?.defaults.publish;
    return {
      name: titleOf(picked.name),
      channelId,
      privacy: publish?.privacy ?? Privacy.Public,
      description: null,
      category: null,
      licence: publish?.licence ?? null,
      language: null,
      tags: [],
      nsfw: false,
      downloadEnabled: publish?.downloadEnabled ?? true,
    };
  }

  /** Sends what is missing; also after an error. */
  async function send(): Promise<void> {
    const [own, picked] = [running, file.value];
    if (!own || !picked) return;
    error.value = null;
    try {
      if (!video.value) {
        const answer = await own.run();
        video.value = answer.video;
        unfinished.forget(mark(picked));
        // The server had it all already, from an earlier visit.
        if (!wanted.value)
          state.value = { phase: 'held', sent: picked.size, total: picked.size, rate: 0, problem: null };
      }
      await describe();
    } catch (problem) {
      if (running !== own) return;
      error.value = problem;
      if (problem instanceof ApiError && [400, 413, 415, 422].includes(problem.status))
        unfinished.forget(mark(picked));
    }
  }

  async function describe(): Promise<void> {
    if (!video.value || !wanted.value) return;
    const images = site.config?.vidiverse?.ffmpeg === false ? frames.value : null;
    await api.videos.update(video.value.uuid, wanted.value, { ...images });
    published.value = true;
  }

  /** Makes the video as soon as all bytes are there, with these fields. */
  async function publish(fields: VideoFields): Promise<void> {
    wanted.value = fields;
    running?.release();
    if (video.value || error.value) await send();
  }

  /** Gives up the upload, here and on the server. */
  async function cancel(): Promise<void> {
    const [own, picked] = [running, file.value];
    reset();
    if (picked) unfinished.forget(mark(picked));
    // What cannot be told now expires on the server by itself.
    await own?.cancel().catch(() => undefined);
  }

  /** Forgets a finished upload, for the next one. */
  function reset(): void {
    running = null;
    published.value = false;
    for (const value of [file, state, frames, draft, wanted, video, error]) value.value = null;
    tray.clear();
  }

  return {
    file,
    state,
    frames,
    draft,
    wanted,
    video,
    error,
    published,
    isActive,
    begin,
    publish,
    retry: send,
    cancel,
    reset,
    pause: () => running?.pause(),
    resume: () => running?.resume(),
    unfinishedOf: (userId: number) => unfinished.of(userId),
    forget: (upload: { filename: string; size: number; lastModified: number; url: string }) => {
      unfinished.forget(upload);
      void new XhrTransport(api.credentials).cancel(upload.url).catch(() => undefined);
    },
  };
});
