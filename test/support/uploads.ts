import { randomInt } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ADMIN_PASSWORD } from './create-instance.js';
import { makeMp4 } from './media/index.js';

/** Where requests go and as whom. */
export interface Uploader {
  /** `http://127.0.0.1:<port>` */
  address: string;
  token: string;
  /** A channel of the user's. */
  channelId: number;
}

export interface UploadAnswer {
  status: number;
  headers: Headers;
  // Whatever the server says: a video, a problem, or nothing.
  body: {
    video?: { id: number; uuid: string; shortUUID: string };
    code?: string;
    detail?: string;
    'invalid-params'?: Record<string, unknown>;
  };
}

/** Logs in by the OAuth2 password grant; the administrator of a test instance unless it is told otherwise. */
export async function uploaderOf(
  { address }: { address: string },
  username = 'root',
  password = ADMIN_PASSWORD,
): Promise<Uploader> {
  const json = async (path: string, init?: RequestInit) => {
    const response = await fetch(address + path, init);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>;
  };
  const client = await json('/api/v1/oauth-clients/local');
  const body = new URLSearchParams({
    client_id: String(client.client_id),
    client_secret: String(client.client_secret),
    grant_type: 'password',
    username,
    password,
  });
  const { access_token: token } = await json('/api/v1/users/token', { method: 'POST', body });
  const me = await json('/api/v1/users/me', { headers: { authorization: `Bearer ${String(token)}` } });
  const [channel] = me.videoChannels as Array<{ id: number }>;
  return { address, token: String(token), channelId: channel!.id };
}

async function send(uploader: Uploader, path: string, init: RequestInit): Promise<UploadAnswer> {
  const response = await fetch(uploader.address + path, {
    ...init,
    redirect: 'manual',
    headers: { authorization: `Bearer ${uploader.token}`, ...(init.headers as Record<string, string>) },
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text ? (JSON.parse(text) as UploadAnswer['body']) : {},
  };
}

/** One form. `fields` of undefined are left out. */
export function uploadForm(
  uploader: Uploader,
  file: Buffer | null,
  {
    filename = 'clip.mp4',
    images = {},
    ...fields
  }: Record<string, unknown> & { images?: Record<string, Buffer> } = {},
): Promise<UploadAnswer> {
  const form = new FormData();
  for (const [name, value] of Object.entries({
    name: 'A test clip',
    channelId: uploader.channelId,
    ...fields,
  })) {
    if (value !== undefined) form.append(name, String(value));
  }
  for (const [name, image] of Object.entries(images))
    form.append(name, new Blob([new Uint8Array(image)]), 'picture.jpg');
  if (file) form.append('videofile', new Blob([new Uint8Array(file)]), String(filename));
  return send(uploader, '/api/v1/videos/upload', { method: 'POST', body: form });
}

/** Begins a resumable upload of `size` bytes. */
export function startResumable(
  uploader: Uploader,
  size: number,
  fields: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Promise<UploadAnswer> {
  return send(uploader, '/api/v1/videos/upload-resumable', {
    method: 'POST',
    body: JSON.stringify({
      name: 'A test clip',
      channelId: uploader.channelId,
      filename: 'clip.mp4',
      ...fields,
    }),
    headers: { 'content-type': 'application/json', 'x-upload-content-length': `${size}`, ...headers },
  });
}

/** A begun upload, by its path and query. */
export async function begin(
  uploader: Uploader,
  size: number,
  fields: Record<string, unknown> = {},
): Promise<string> {
  const answer = await startResumable(uploader, size, fields);
  const location = answer.headers.get('location');
  if (answer.status !== 201 || !location)
    throw new Error(`not begun: ${answer.status} ${JSON.stringify(answer.body)}`);
  return location;
}

/** Sends `bytes` with a `Content-Range` of its own making; `total` as announced unless it is to be wrong. */
export function putChunk(
  uploader: Uploader,
  location: string,
  bytes: Buffer,
  start: number,
  total: number | string,
): Promise<UploadAnswer> {
  return putRange(uploader, location, bytes, `bytes ${start}-${start + bytes.length - 1}/${total}`);
}

export function putRange(
  uploader: Uploader,
  location: string,
  bytes: Buffer,
  range: string,
): Promise<UploadAnswer> {
  const headers = { 'content-type': 'application/octet-stream', 'content-range': range };
  return send(uploader, location, { method: 'PUT', body: new Uint8Array(bytes), headers });
}

/** Asks how much has arrived: the answer's status, and the bytes by its `Range`. */
export async function probe(
  uploader: Uploader,
  location: string,
  total: number,
): Promise<UploadAnswer & { arrived: number }> {
  const answer = await putRange(uploader, location, Buffer.alloc(0), `bytes */${total}`);
  return { ...answer, arrived: Number(/-(\d+)$/.exec(answer.headers.get('range') ?? '')?.[1] ?? -1) + 1 };
}

export const cancelUpload = (uploader: Uploader, location: string): Promise<UploadAnswer> =>
  send(uploader, location, { method: 'DELETE' });

/** Bytes of a half-sent upload. */
export const HALF = 200_000;

/** A file that no other upload has, half of it sent. */
export async function halfSent(
  uploader: Uploader,
): Promise<{ file: Buffer; location: string; filename: string }> {
  const seed = randomInt(2 ** 31);
  const file = makeMp4({ seed });
  const filename = `${seed}.mp4`;
  const location = await begin(uploader, file.length, { filename });
  const { status } = await putChunk(uploader, location, file.subarray(0, HALF), 0, file.length);
  if (status !== 308) throw new Error(`half an upload was answered ${status}`);
  return { file, location, filename };
}

/** Sends the rest from `start` on in chunks; the last answer. */
export async function putRest(
  uploader: Uploader,
  location: string,
  file: Buffer,
  start = 0,
  chunkSize = 256 * 1024,
): Promise<UploadAnswer> {
  let answer = await probe(uploader, location, file.length);
  for (let at = start; at < file.length; at += chunkSize) {
    answer = {
      ...answer,
      ...(await putChunk(uploader, location, file.subarray(at, at + chunkSize), at, file.length)),
    };
    if (answer.status !== 308) return answer;
  }
  return answer;
}

/** Promises the bytes from `start` to the end, sends `sent` of them and holds the line. `cut` breaks it. */
export function putPart(
  uploader: Uploader,
  location: string,
  file: Buffer,
  start: number,
  sent: number,
): { cut(): void; closed: Promise<void> } {
  const request = httpRequest(uploader.address + location, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${uploader.token}`,
      'content-length': file.length - start,
      'content-range': `bytes ${start}-${file.length - 1}/${file.length}`,
    },
  });
  request.on('response', (response: IncomingMessage) => response.resume());
  const closed = new Promise<void>((resolve) => request.on('close', resolve).on('error', () => resolve()));
  request.write(file.subarray(start, start + sent));
  return { cut: () => request.destroy(), closed };
}

/** Every file under the data folder that an upload may leave, by area; database and logs are not among them. */
export async function storedFiles(dataFolder: string): Promise<string[]> {
  const folders = ['uploads', 'files'].map((name) => join(dataFolder, name));
  const found = await Promise.all(
    folders.map((folder) => readdir(folder, { recursive: true, withFileTypes: true })),
  );
  return found
    .flat()
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Asks again until `ask` answers something true. */
export async function until<T>(
  ask: () => Promise<T>,
  what: string,
  deadlineMs = 300_000,
): Promise<NonNullable<T>> {
  for (const end = Date.now() + deadlineMs; Date.now() < end; await pause(50)) {
    const answer = await ask();
    if (answer) return answer;
  }
  throw new Error(`not within ${deadlineMs} ms: ${what}`);
}
