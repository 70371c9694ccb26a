import type { CompactedDocument } from '@vidiverse/federation';
import { HookRegistry } from '@vidiverse/hooks';
import { ActorEntity } from '../../actors/actor.entity.js';
import type { RemoteActors } from '../../actors/remote-actors.service.js';
import { loadConfig } from '../../config/load-config.js';
import { openTestDatabase } from '../../database/testing/open-test-database.js';
import { createJobQueue } from '../../jobs/create-job-queue.js';
import { JobEntity } from '../../jobs/job.entity.js';
import { until } from '../../jobs/testing/until.js';
import { hashUrl } from '../../shared/hash-url.js';
import { ActivityHandlers } from '../activity-handlers.js';
import { InboxActivityEntity } from '../inbox-activity.entity.js';
import { InboxHooks } from '../inbox-hooks.service.js';
import { ReceiveJob } from '../receive.job.js';
import { receiveJob } from '../receive-job-kind.js';
import { ReceivedActivities } from '../received-activities.js';
import { TombstoneEntity } from '../tombstone.entity.js';
import { TypeOrmInboxJournal } from '../typeorm-inbox-journal.js';

export const ADA = 'https://peer.example/accounts/ada';

const SETTINGS = {
  VIDIVERSE_JOBS_POLL_INTERVAL: '20',
  VIDIVERSE_FEDERATION_INBOX_ATTEMPTS: '3',
  VIDIVERSE_FEDERATION_INBOX_FIRST_RETRY: '10',
};

export interface Told {
  type: string;
  id?: string;
  object?: string | CompactedDocument;
  issuedAt?: Date | null;
}

/** Recorded activities of Ada's, a queue that works, and handlers for a test to name. */
export async function openReceivingLab() {
  const { dataSource, environment, drop } = await openTestDatabase();
  const config = loadConfig({ ...environment, ...SETTINGS });
  const queue = await createJobQueue(config, dataSource);
  const rows = dataSource.getRepository(InboxActivityEntity);
  const actors = dataSource.getRepository(ActorEntity);
  // Nobody else is known, and nobody is asked.
  const knownByUrl = (url: string) => actors.findOneBy({ urlHash: hashUrl(url) });
  const remoteActors = { knownByUrl, byUrl: knownByUrl } as unknown as RemoteActors;
  const journal = new TypeOrmInboxJournal(config, dataSource, queue);
  let handlers = new ActivityHandlers();
  const current = { find: (activity) => handlers.find(activity) } as ActivityHandlers;
  const hooks = new InboxHooks(new HookRegistry());
  new ReceiveJob(
    config,
    queue,
    new ReceivedActivities(dataSource),
    current,
    remoteActors,
    hooks,
  ).onModuleInit();
  const person = {
    type: 'Person' as const,
    username: 'ada',
    host: 'peer.example',
    inboxUrl: '',
    publicKey: '',
  };
  await actors.save(actors.create({ ...person, url: ADA, urlHash: hashUrl(ADA) }));
  await queue.onApplicationBootstrap();
  let count = 0;

  return {
    dataSource,
    actors,
    /** Other handlers, none at first. */
    newHandlers: () => (handlers = new ActivityHandlers()),
    /** Records it and waits until it has ended; answers how. */
    async tell({ type, id = `${ADA}/activities/${++count}`, object = ADA, issuedAt = null }: Told) {
      const document: CompactedDocument = { id, types: [type], terms: { actor: [ADA], object: [object] } };
      const fingerprint = hashUrl(`${++count}`);
      const fields = { fingerprint, activityUrl: id, actorUrl: ADA, host: 'peer.example', type };
      await journal.record([{ ...fields, issuedAt, document, signedBody: null }]);
      await until('it has ended', () => rows.existsBy({ fingerprint, state: 'received' }).then((is) => !is));
      const { state, reason } = await rows.findOneByOrFail({ fingerprint });
      return [state, reason];
    },
    /** Another job for all that were recorded, as a process leaves that died before it could say that it had ended. */
    async handleAgain(): Promise<void> {
      for (const { id } of await rows.find()) await queue.add(receiveJob(config), { id });
      await queue.untilIdle();
    },
    async empty(): Promise<void> {
      await queue.untilIdle();
      for (const entity of [InboxActivityEntity, JobEntity, TombstoneEntity])
        await dataSource.createQueryBuilder().delete().from(entity).execute();
    },
    async close(): Promise<void> {
      queue.onModuleDestroy();
      await queue.beforeApplicationShutdown();
      await drop();
    },
  };
}

export type ReceivingLab = Awaited<ReturnType<typeof openReceivingLab>>;
