import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ProcessingSite, siteOf, SMALL_LADDER } from './processing.js';
import { createServerProcess, type ServerProcess } from './server-process.js';

/** A crash is noticed when the lease of its job runs out. */
const QUICK_TO_NOTICE = { VIDIVERSE_JOBS_LEASE: '2', VIDIVERSE_JOBS_POLL_INTERVAL: '100' };

/** Servers in processes of their own that process videos, and clips for them. */
export interface ProcessingServers {
  start(environment?: Record<string, string>): Promise<{ server: ServerProcess; site: ProcessingSite }>;
  /** The bytes of a clip that `make` writes. */
  made(make: (path: string) => Promise<void>): Promise<Buffer>;
  /** Ends them, with all that they kept. */
  remove(): Promise<void>;
}

export async function processingServers(): Promise<ProcessingServers> {
  const folder = await mkdtemp(join(tmpdir(), 'vidiverse-clips-'));
  const started: ServerProcess[] = [];
  return {
    start: async (environment = {}) => {
      const server = await createServerProcess({
        environment: { ...SMALL_LADDER, ...QUICK_TO_NOTICE, ...environment },
      });
      started.push(server);
      await server.start();
      return { server, site: await siteOf(server) };
    },
    made: async (make) => {
      const path = join(folder, 'clip');
      await make(path);
      return readFile(path);
    },
    remove: async () => {
      for (const server of started) await server.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
