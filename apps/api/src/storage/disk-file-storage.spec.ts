import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskFileStorage } from './disk-file-storage.js';
import { describeFileStorage } from './testing/file-storage-contract.js';

describeFileStorage('the local disk', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vidiverse-storage-'));
  const storage = new DiskFileStorage(folder);
  await storage.prepare();
  return { storage, drop: () => rm(folder, { recursive: true, force: true }) };
});
