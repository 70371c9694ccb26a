import { join } from 'node:path';
import { administratorOf, type InstanceClient } from '../../support/client.js';
import { createInstance, type TestInstance } from '../../support/create-instance.js';
import { makeMp4, type Mp4Options } from '../../support/media/index.js';
import { createServerProcess, type ServerProcess } from '../../support/server-process.js';
import { until, uploaderOf, uploadForm } from '../../support/uploads.js';
import { PUBLISHED, QUICK_PUBLISHING, type VideoFile } from '../../support/videos.js';

/** A file of a published video, as the API shows it. */
export interface PublishedFile extends VideoFile {
  uuid: string;
  filename: string;
  infoHash: string;
  swarm: { seeders: number; leechers: number };
}

export type PublishOptions = Mp4Options & { name?: string };

/** An instance that publishes what it is given as it is: nothing is transcoded. */
export interface SwarmSuite {
  address: string;
  instance: TestInstance;
  /** The administrator. */
  client: InstanceClient;
  publish(options?: PublishOptions): Promise<PublishedFile>;
  /** Where a file is on the disk. */
  storedAt(file: PublishedFile): string;
  close(): Promise<void>;
}

export async function createSwarmSuite(environment: Record<string, string> = {}): Promise<SwarmSuite> {
  const instance = await createInstance({ environment: { ...QUICK_PUBLISHING, ...environment } });
  const client = await administratorOf(instance);
  return {
    address: instance.address,
    instance,
    client,
    publish: (options) => publish(client, options),
    storedAt: ({ filename }) => join(instance.dataFolder, 'files/web-videos', filename),
    close: () => instance.close(),
  };
}

/** The same in a process of its own with one file, so that its memory and open files can be counted. */
export async function createServingProcess(
  environment: Record<string, string> = {},
): Promise<{ server: ServerProcess; file: PublishedFile; storedAt: string }> {
  const server = await createServerProcess({ environment: { ...QUICK_PUBLISHING, ...environment } });
  await server.start();
  const file = await publish(await administratorOf(server));
  return { server, file, storedAt: join(server.dataFolder, 'files/web-videos', file.filename) };
}

/** The only file of a video, as it is now. */
export async function fileOf(client: InstanceClient, uuid: string): Promise<PublishedFile> {
  const { files } = await client.video(uuid);
  const file = files[0] as PublishedFile;
  return { ...file, uuid, filename: new URL(file.fileUrl).pathname.split('/').at(-1)! };
}

async function publish(
  client: InstanceClient,
  { name = 'A test clip', ...options }: PublishOptions = {},
): Promise<PublishedFile> {
  const { status, body } = await uploadForm(await uploaderOf(client), makeMp4(options), { name, privacy: 1 });
  if (!body.video) throw new Error(`not taken: ${status} ${JSON.stringify(body)}`);
  const { uuid } = body.video;
  await until(async () => (await client.video(uuid)).state.id === PUBLISHED, 'it is published');
  return fileOf(client, uuid);
}
