import type { HttpClient, Query } from './http-client';
import type { Comment, CommentTree, Rating, ThreadPage } from './types';

const part = encodeURIComponent;

/** What viewers say of a video (by number, UUID or short UUID). Every method throws ApiError. */
export const commentsApi = (http: HttpClient) => ({
  /** Comments on the video itself, a page of them. */
  threads: (video: string, query: Query, signal?: AbortSignal) =>
    http.json<ThreadPage>('GET', `videos/${part(video)}/comment-threads`, { query, signal }),
  /** One of them with all answers. */
  thread: (video: string, thread: number, signal?: AbortSignal) =>
    http.json<CommentTree>('GET', `videos/${part(video)}/comment-threads/${thread}`, { signal }),
  create: (video: string, text: string) =>
    http.json<{ comment: Comment }>('POST', `videos/${part(video)}/comment-threads`, { body: { text } }),
  reply: (video: string, to: number, text: string) =>
    http.json<{ comment: Comment }>('POST', `videos/${part(video)}/comments/${to}`, { body: { text } }),
  remove: (video: string, comment: number) =>
    http.none('DELETE', `videos/${part(video)}/comments/${comment}`),
});

/** Likes and dislikes. Every method throws ApiError. */
export const ratesApi = (http: HttpClient) => ({
  mine: (video: string, signal?: AbortSignal) =>
    http.json<{ rating: Rating }>('GET', `users/me/videos/${part(video)}/rating`, { signal }),
  rate: (video: string, rating: Rating) =>
    http.none('PUT', `videos/${part(video)}/rate`, { body: { rating } }),
});
