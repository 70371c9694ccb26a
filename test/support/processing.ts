import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { InstanceClient } from './client.js';
import { administratorOf } from './client.js';
import { createInstance, type TestInstance } from './create-instance.js';
import { until, type Uploader, uploaderOf, uploadForm } from './uploads.js';

export const PUBLISHED = 1;
export const TO_TRANSCODE = 2;
export const FAILED = 8;

export interface Stage {
  name: string;
  label: string;
  status: 'waiting' | 'running' | 'done' | 'skipped' | 'failed';
  progress: number;
  message: string | null;
}

/** `GET videos/:id/processing`. */
export interface Processing {
  state: { id: number; label: string };
  stages: Stage[];
}

export interface ProcessedFile {
  id: number;
  resolution: { id: number; label: string };
  width: number;
  height: number;
  fps: number;
  size: number;
  mediaType: string;
  infoHash: string;
  torrentDownloadUrl: string;
  fileUrl: string;
  hasAudio: boolean;
}

export interface ProcessedVideo {
  id: number;
  uuid: string;
  state: { id: number };
  duration: number;
  aspectRatio: number;
  thumbnailPath: string;
  previewPath: string;
  files: ProcessedFile[];
}

/** Where a video is uploaded, processed and looked at; the address outlives a restart of the server behind it. */
export interface ProcessingSite {
  client: InstanceClient;
  uploader: Uploader;
  dataFolder: string;
}

/** Generous: the machine may be busy with other suites. */
const DEADLINE_MS = 400_000;

export async function siteOf(server: { address: string; dataFolder: string }): Promise<ProcessingSite> {
  const [client, uploader] = [await administratorOf(server), await uploaderOf(server)];
  return { client, uploader, dataFolder: server.dataFolder };
}

/** An instance that processes what is uploaded, with renditions small enough to be quick, and a folder for clips. */
export interface ProcessingSuite extends ProcessingSite {
  instance: TestInstance;
  /** Of the clip that was made last. */
  clipPath: string;
  /** The bytes of a clip that `make` writes. */
  made(make: (path: string) => Promise<void>): Promise<Buffer>;
  close(): Promise<void>;
}

/** Renditions small enough to be quick, and room for a test that asks all the time how far a video is. */
export const SMALL_LADDER = {
  VIDIVERSE_HTTP_REQUESTS_PER_WINDOW: '100000',
  VIDIVERSE_MEDIA_TRANSCODING_RESOLUTIONS: '144,240',
  VIDIVERSE_MEDIA_TRANSCODING_PRESET: 'ultrafast',
};

export async function createProcessingSuite(
  environment: Record<string, string> = {},
): Promise<ProcessingSuite> {
  const instance = await createInstance({ environment: { ...SMALL_LADDER, ...environment } });
  const folder = await mkdtemp(join(tmpdir(), 'vidiverse-clips-'));
  const clipPath = join(folder, 'clip');
  return {
    ...(await siteOf(instance)),
    instance,
    clipPath,
    made: async (make) => {
      await make(clipPath);
      return readFile(clipPath);
    },
    close: async () => {
      await instance.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Uploads in one form; the id of the video. */
export async function upload(
  { uploader }: ProcessingSite,
  file: Buffer,
  fields: Parameters<typeof uploadForm>[2] = {},
): Promise<string> {
  const { status, body } = await uploadForm(uploader, file, fields);
  if (!body.video) throw new Error(`upload refused: ${status} ${body.code} ${body.detail}`);
  return body.video.uuid;
}

export const processingOf = ({ client }: ProcessingSite, id: string): Promise<Processing> =>
  client.call('GET', `/api/v1/videos/${id}/processing`);

export const videoOf = ({ client }: ProcessingSite, id: string): Promise<ProcessedVideo> =>
  client.call('GET', `/api/v1/videos/${id}`);

export const retryProcessing = ({ client }: ProcessingSite, id: string): Promise<void> =>
  client.call('POST', `/api/v1/videos/${id}/processing/retry`);

export const isOver = ({ state, stages }: Processing): boolean =>
  state.id === FAILED ||
  (state.id === PUBLISHED && stages.every(({ status }) => status !== 'waiting' && status !== 'running'));

/** Waits until it is published with all that was to be made, or has failed. `seen` is told every answer on the way. */
export async function untilProcessed(
  site: ProcessingSite,
  id: string,
  seen: (processing: Processing) => void = () => undefined,
): Promise<Processing> {
  const ask = async () => {
    const processing = await processingOf(site, id);
    seen(processing);
    return isOver(processing) ? processing : null;
  };
  return (await until(ask, `video ${id} is processed`, DEADLINE_MS))!;
}

/** Uploads, waits, and answers the published video. */
export async function publish(
  site: ProcessingSite,
  file: Buffer,
  fields: Parameters<typeof uploadForm>[2] = {},
): Promise<ProcessedVideo> {
  const id = await upload(site, file, fields);
  const { state, stages } = await untilProcessed(site, id);
  if (state.id !== PUBLISHED) throw new Error(`not published: ${JSON.stringify(stages)}`);
  return videoOf(site, id);
}

/** Where a file of a video is kept. */
export const pathOf = (
  { dataFolder }: Pick<ProcessingSite, 'dataFolder'>,
  { fileUrl }: ProcessedFile,
): string => join(dataFolder, 'files/web-videos', basename(new URL(fileUrl).pathname));

/**
 * What jobs left behind in the temporary folder. A small write that a kill cut off is not among it: it has no owner by its name, and
 * goes once it is an hour old, since another process may be at it.
 */
export const leftByJobs = async (site: Pick<ProcessingSite, 'dataFolder'>): Promise<string[]> =>
  (await kept(site, 'tmp')).filter((name) => name.includes('~'));

/** Names of what is kept in an area of the storage: `originals`, `web-videos`, `tmp`, ... */
export const kept = ({ dataFolder }: Pick<ProcessingSite, 'dataFolder'>, area: string): Promise<string[]> =>
  readdir(join(dataFolder, 'files', area));
