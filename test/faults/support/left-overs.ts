import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../../support/uploads.js';
import { rowsOf } from './database-of.js';
import { unequal } from './differences.js';
import type { FederatedProcess } from './federated-processes.js';

const DAY = 24 * 3600;
const DEADLINE = 60_000;

/** Rows that say that something did not end as it should. */
const FAILED = `
  SELECT 'job' AS what, kind AS detail, lastError AS why FROM jobs WHERE state IN ('failed', 'set-aside')
  UNION ALL SELECT 'delivery', inboxUrl, lastError FROM deliveries WHERE state <> 'delivered'
  UNION ALL SELECT 'activity', activityUrl, reason FROM inbox_activities WHERE state NOT IN ('applied', 'refused')
  UNION ALL SELECT 'activity of its own', activityUrl, 'nobody gets it' FROM outbox_activities
    WHERE id NOT IN (SELECT outboxActivityId FROM deliveries)`;

const AREAS = {
  'web-videos': 'SELECT filename AS name FROM video_files WHERE remoteSources IS NULL',
  torrents: 'SELECT torrentFilename AS name FROM video_files WHERE remoteSources IS NULL',
  thumbnails: 'SELECT thumbnailFilename AS name FROM videos WHERE remote = 0',
  previews: 'SELECT previewFilename AS name FROM videos WHERE remote = 0',
  originals: "SELECT originalFilename AS name FROM videos WHERE COALESCE(originalFilename, '') <> ''",
};

export async function failedRows(server: FederatedProcess): Promise<string[]> {
  const rows = await rowsOf<{ what: string; detail: string; why: string }>(server, FAILED);
  return rows.map(
    ({ what, detail, why }) => `at ${server.host} a ${what} did not end well: ${detail} ${why}`,
  );
}

/** Rows without files and files without rows, a day after the last kill. */
export async function orphans(server: FederatedProcess): Promise<string[]> {
  await aDayPasses(server);
  let wrong: string[] = [];
  const isClean = async () => {
    wrong = [];
    for (const [area, query] of Object.entries(AREAS)) {
      const names = (await rowsOf<{ name: string }>(server, query)).map(({ name }) => name);
      wrong.push(...unequal(`${area} of ${server.host}`, names, await readdir(areaOf(server, area))));
    }
    for (const folder of [areaOf(server, 'tmp'), join(server.dataFolder, 'uploads')])
      wrong.push(...unequal(folder, [], await readdir(folder)));
    return wrong.length === 0;
  };
  await until(isClean, 'nothing is left over', DEADLINE).catch(() => undefined);
  return wrong;
}

const areaOf = ({ dataFolder }: FederatedProcess, area: string) => join(dataFolder, 'files', area);

/** Files that nobody needs are kept for an hour: they may be of something that is under way. */
async function aDayPasses({ dataFolder }: FederatedProcess): Promise<void> {
  const yesterday = Date.now() / 1000 - DAY;
  for (const root of ['files', 'uploads']) {
    const entries = await readdir(join(dataFolder, root), { recursive: true, withFileTypes: true });
    for (const { parentPath, name } of entries.filter((entry) => entry.isFile()))
      await utimes(join(parentPath, name), yesterday, yesterday);
  }
}
