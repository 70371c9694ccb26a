import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { createInstance, type TestInstance } from './create-instance.js';
import { storedFiles, type Uploader, uploaderOf } from './uploads.js';

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** An instance that takes uploads and does not process them, so that what it stored can be looked at. */
export interface UploadSuite extends Uploader {
  instance: TestInstance;
  database: DataSource;
  /** Rows and files: what a refused upload must not change. */
  traces(): Promise<{ videos: number; jobs: number; sessions: number; files: string[] }>;
  /** SHA-256 of the original of a video. */
  originalHash(uuid: string): Promise<string>;
  /** Sets the quota of a user, in bytes. */
  setQuota(bytes: number, username?: string): Promise<void>;
  /** Another user with an account and a channel. */
  addUser(username: string): Promise<Uploader>;
}

export async function createUploadSuite(environment: Record<string, string> = {}): Promise<UploadSuite> {
  const instance = await createInstance({ environment: { VIDIVERSE_ROLES: 'web', ...environment } });
  return suiteOn(instance);
}

/** The same for an instance that runs already, such as one that was restarted. */
export async function suiteOn(instance: TestInstance): Promise<UploadSuite> {
  const database = instance.nest.get(DataSource);
  const uploader = await uploaderOf(instance);
  const count = (table: string) => database.getRepository(table).count();
  return {
    ...uploader,
    instance,
    database,
    traces: async () => ({
      videos: await count('videos'),
      jobs: await count('jobs'),
      sessions: await count('upload_sessions'),
      files: await storedFiles(instance.dataFolder),
    }),
    originalHash: async (uuid) => {
      const video = await database.getRepository('videos').findOneByOrFail({ uuid });
      return sha256(
        await readFile(join(instance.dataFolder, 'files/originals', String(video.originalFilename))),
      );
    },
    setQuota: async (bytes, username = 'root') => {
      await database.getRepository('users').update({ username }, { videoQuota: bytes });
    },
    addUser: async (username) => {
      await cloneRoot(database, username);
      return uploaderOf(instance, username);
    },
  };
}

/** A user with the administrator's password, an account and a channel of its own. */
async function cloneRoot(database: DataSource, username: string): Promise<void> {
  const copy = async (table: string, where: object, changes: object) => {
    const { id: _, ...row } = await database.getRepository(table).findOneByOrFail(where);
    return database.getRepository(table).save({ ...row, ...changes });
  };
  const root = await database.getRepository('users').findOneByOrFail({ username: 'root' });
  const user = await copy('users', { id: root.id }, { username, email: `${username}@test.invalid`, role: 2 });
  const rootAccount = await database.getRepository('accounts').findOneByOrFail({ userId: root.id });
  const account = await copy(
    'accounts',
    { id: rootAccount.id },
    { name: username, userId: user.id, actorId: null },
  );
  await copy(
    'channels',
    { accountId: rootAccount.id },
    { name: `${username}_channel`, accountId: account.id, actorId: null },
  );
}
