import type { SeedFault } from '../player/types';
import type { HttpClient, Query } from './http-client';
import type { Labels, Page, Processing, SearchPage, Video, VideoDetails, VideoFields } from './types';

export interface ListQuery extends Query {
  /** Items to skip. */
  start?: number;
  /** Items to answer, at most 100. */
  count?: number;
  /** A leading - reverses the order. */
  sort?: string;
  isLocal?: boolean;
  search?: string;
}

/** JPEG images made in this browser. */
export interface VideoImages {
  thumbnailfile?: Blob;
  previewfile?: Blob;
}

const id = encodeURIComponent;

function toForm(fields: Partial<VideoFields>, images: VideoImages): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (Array.isArray(value)) for (const item of value.length > 0 ? value : ['']) form.append(name, item);
    else form.append(name, value === null ? '' : String(value));
  }
  for (const [name, image] of Object.entries(images)) if (image) form.append(name, image, `${name}.jpg`);
  return form;
}

/** Videos: lists, one, its changes and its processing. Every method throws ApiError. */
export const videosApi = (http: HttpClient) => ({
  list: (query: ListQuery, signal?: AbortSignal) =>
    http.json<Page<Video>>('GET', 'videos', { query, signal }),
  /** By words, or one, also of another instance, by its address. */
  search: (query: ListQuery, signal?: AbortSignal) =>
    http.json<SearchPage<Video>>('GET', 'search/videos', { query, signal }),
  mine: (query: ListQuery, signal?: AbortSignal) =>
    http.json<Page<Video>>('GET', 'users/me/videos', { query, signal }),
  ofChannel: (handle: string, query: ListQuery, signal?: AbortSignal) =>
    http.json<Page<Video>>('GET', `video-channels/${id(handle)}/videos`, { query, signal }),
  ofAccount: (handle: string, query: ListQuery, signal?: AbortSignal) =>
    http.json<Page<Video>>('GET', `accounts/${id(handle)}/videos`, { query, signal }),
  /** By number, UUID or short UUID. */
  get: (video: string, signal?: AbortSignal) =>
    http.json<VideoDetails>('GET', `videos/${id(video)}`, { signal }),
  /** Changes the given fields, and the images when there are any. */
  update: (video: string, fields: Partial<VideoFields>, images: VideoImages = {}) =>
    http.none('PUT', `videos/${id(video)}`, {
      body: Object.keys(images).length > 0 ? toForm(fields, images) : fields,
    }),
  remove: (video: string) => http.none('DELETE', `videos/${id(video)}`),
  /** Tells where a viewer is, in seconds. */
  reportView: (video: string, currentTime: number) =>
    http.none('POST', `videos/${id(video)}/views`, { body: { currentTime } }),
  /** Tells that a seed of the video failed. */
  reportSeed: (video: string, fault: SeedFault) =>
    http.none('POST', `videos/${id(video)}/seed-reports`, { body: fault }),
  processing: (video: string, signal?: AbortSignal) =>
    http.json<Processing>('GET', `videos/${id(video)}/processing`, { signal }),
  retryProcessing: (video: string) => http.none('POST', `videos/${id(video)}/processing/retry`),
  choices: (of: 'categories' | 'licences' | 'languages' | 'privacies') =>
    http.json<Labels>('GET', `videos/${of}`),
});
