import { afterAll, beforeAll } from '@jest/globals';
import { DataSource } from 'typeorm';
import { createInstances, type FederatedInstance, type Instances } from './create-instances.js';
import { Mirror, type Original, publishOriginal } from './mirror.js';
import { outcomesAt } from './outcomes.js';
import { until } from './uploads.js';

/** What the database has of a copy. */
export interface SeedRow {
  id: number;
  state: string;
  throughput: number | null;
  told: number;
  lastError: string | null;
}

/** The file of a video as the API answers it, as far as copies change it. */
export interface SeededFile {
  fileUrl: string;
  torrentUrl: string;
  infoHash: string;
  magnetUri: string;
  webSeeds: string[];
  redundancies: Array<{ baseUrl: string }>;
}

type OfVideo = { uuid: string };

/** An origin, an instance that follows it, and for each test a new video and a cache instance that nobody has heard of. */
export function useSeeds(environment: Record<string, string> = {}) {
  let instances: Instances;
  let origin: FederatedInstance;
  let follower: FederatedInstance;
  let mirror: Mirror;
  const opened: Mirror[] = [];

  beforeAll(async () => {
    instances = await createInstances(2, {
      environment: {
        VIDIVERSE_SEEDS_SWEEP_INTERVAL: '100',
        VIDIVERSE_SEEDS_RETRY_DELAY: '100',
        VIDIVERSE_FEDERATION_STALLED_AFTER: '1000',
        ...environment,
      },
    });
    [origin, follower] = instances.all as [FederatedInstance, FederatedInstance];
    await follower.administrator.follow({ hosts: [origin.host] });
    await instances.untilIdle();
  });
  afterAll(async () => {
    await instances.close();
    await Promise.all(opened.map(({ peer }) => peer.close()));
  });

  const rowOf = async (url: string, at = origin): Promise<SeedRow | undefined> => {
    const query = 'SELECT * FROM web_seeds WHERE url = ?';
    return (await at.nest.get(DataSource).query<SeedRow[]>(query, [url]))[0];
  };
  const fileOf = async ({ uuid }: OfVideo, at = origin): Promise<SeededFile> =>
    (await at.administrator.video(uuid)).files[0] as unknown as SeededFile;
  return {
    origin: () => origin,
    follower: () => follower,
    mirror: () => mirror,
    untilIdle: () => instances.untilIdle(),
    /** A video that was just published, its only file, and a new mirror. */
    newStory: async (fields: Record<string, unknown> = {}): Promise<Original & OfVideo> => {
      mirror = await Mirror.open();
      opened.push(mirror);
      const original = await publishOriginal(origin, fields);
      await instances.untilIdle();
      return original;
    },
    fileOf,
    /** Its WebSeeds but the origin's own. */
    copiesOf: async (video: OfVideo, at = origin) => (await fileOf(video, at)).webSeeds.slice(1),
    /** Sends what the mirror says, and answers what became of it. */
    tell: (activity: ReturnType<Mirror['create']>) =>
      outcomesAt(origin, mirror.peer)({ ...activity, id: activity.id }, { signed: true }),
    rowOf,
    checked: (url: string) =>
      until(async () => {
        const row = await rowOf(url);
        return row && row.state !== 'unchecked' ? row : null;
      }, `${url} is checked`),
  };
}
