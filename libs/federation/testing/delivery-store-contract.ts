import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DeliveryStore, HostHealth } from '../src/ports/delivery-store.js';

/** What became of a delivery, as the store keeps it. */
export interface DeliveryFate {
  state: string;
  reason: string | null;
  finishedAt: Date | null;
}

/** A version of the port, empty, and what the port itself does not offer. */
export interface DeliveryStoreLab {
  store: DeliveryStore;
  /** A delivery of an activity of its own, unless one is named that an earlier call answered. */
  enqueue(delivery: {
    host: string;
    inboxUrl: string;
    waitingSince?: Date;
    activityId?: number;
  }): Promise<{ id: number; activityId: number }>;
  fate(id: number): Promise<DeliveryFate>;
  setPaused(host: string, paused: boolean): Promise<void>;
  drop(): Promise<void>;
}

const HOST = 'peer.example';
const INBOX = 'https://peer.example/inbox';
const AT = new Date('2030-01-02T03:04:05.678Z');
const HEALTH: HostHealth = {
  failures: 3,
  failingSince: new Date('2030-01-01T00:00:00.000Z'),
  nextAttemptAt: new Date('2030-01-01T00:02:00.001Z'),
  lastSuccessAt: null,
  lastError: 'It answered 500.',
};

/** What every version of the port promises. */
export function describeDeliveryStore(name: string, open: () => Promise<DeliveryStoreLab>): void {
  describe(`deliveries in ${name}`, () => {
    let lab: DeliveryStoreLab;

    beforeEach(async () => {
      lab = await open();
    });
    afterEach(() => lab.drop());

    const waitingIds = async (host = HOST) => (await lab.store.oldestWaiting(host, 10)).map(({ id }) => id);

    it('wait in the order in which they were added, each host for itself', async () => {
      const first = await lab.enqueue({ host: HOST, inboxUrl: INBOX });
      const elsewhere = await lab.enqueue({
        host: 'other.example:8443',
        inboxUrl: 'https://other.example:8443/inbox',
      });
      const second = await lab.enqueue({ host: HOST, inboxUrl: INBOX, activityId: first.activityId });
      expect(await waitingIds()).toEqual([first.id, second.id]);
      expect(await waitingIds('other.example:8443')).toEqual([elsewhere.id]);
      expect((await lab.store.oldestWaiting(HOST, 1)).map(({ id }) => id)).toEqual([first.id]);
    });

    it('say all that is needed to send them', async () => {
      const { id, activityId } = await lab.enqueue({ host: HOST, inboxUrl: INBOX, waitingSince: AT });
      const fresh = { attempts: 0, answered: 0, waitingSince: AT };
      expect(await lab.store.oldestWaiting(HOST, 1)).toEqual([
        { id, activityId, host: HOST, inboxUrl: INBOX, ...fresh },
      ]);
    });

    it('know how their host is doing, nothing of a host that nobody knows', async () => {
      await lab.enqueue({ host: HOST, inboxUrl: INBOX });
      expect(await lab.store.host(HOST)).toMatchObject({ host: HOST, failures: 0, paused: false });
      await lab.store.saveHealth(HOST, HEALTH);
      expect(await lab.store.host(HOST)).toEqual({ host: HOST, paused: false, ...HEALTH });
      expect(await lab.store.host('nobody.example')).toBeNull();
    });

    it('stay paused while the health of their host is written', async () => {
      await lab.enqueue({ host: HOST, inboxUrl: INBOX });
      await lab.setPaused(HOST, true);
      await lab.store.saveHealth(HOST, HEALTH);
      expect(await lab.store.host(HOST)).toMatchObject({ paused: true, failures: 3 });
    });

    it('wait no more once they are delivered', async () => {
      const { id } = await lab.enqueue({ host: HOST, inboxUrl: INBOX });
      await lab.store.markDelivered(id, AT);
      expect(await waitingIds()).toEqual([]);
      expect(await lab.fate(id)).toEqual({ state: 'delivered', reason: null, finishedAt: AT });
    });

    it('wait on after a failed try, which is counted with its reason', async () => {
      const { id } = await lab.enqueue({ host: HOST, inboxUrl: INBOX });
      await lab.store.markFailed(id, { reason: 'nobody there', answered: false });
      await lab.store.markFailed(id, { reason: 'It answered 500.', answered: true });
      expect(await lab.store.oldestWaiting(HOST, 1)).toMatchObject([{ id, attempts: 2, answered: 1 }]);
      expect(await lab.fate(id)).toEqual({ state: 'waiting', reason: 'It answered 500.', finishedAt: null });
    });

    it('are given up with a reason', async () => {
      const { id } = await lab.enqueue({ host: HOST, inboxUrl: INBOX });
      await lab.store.giveUp(id, 'refused', 'It answered 403.', AT);
      expect(await waitingIds()).toEqual([]);
      expect(await lab.fate(id)).toEqual({ state: 'refused', reason: 'It answered 403.', finishedAt: AT });
    });

    it('are dropped together when their inbox is gone, those for other inboxes are not', async () => {
      const gone = [
        await lab.enqueue({ host: HOST, inboxUrl: `${INBOX}/alice` }),
        await lab.enqueue({ host: HOST, inboxUrl: `${INBOX}/alice` }),
      ];
      const other = await lab.enqueue({ host: HOST, inboxUrl: `${INBOX}/Alice` });
      await lab.store.inboxGone(HOST, `${INBOX}/alice`, 'It answered 410.', AT);
      for (const { id } of gone)
        expect(await lab.fate(id)).toMatchObject({ state: 'dropped', finishedAt: AT });
      expect(await waitingIds()).toEqual([other.id]);
    });

    it('are dropped by age, only those of the host', async () => {
      const before = new Date(AT.getTime() - 1);
      const old = await lab.enqueue({ host: HOST, inboxUrl: INBOX, waitingSince: before });
      const young = await lab.enqueue({ host: HOST, inboxUrl: INBOX, waitingSince: AT });
      const elsewhere = await lab.enqueue({
        host: 'b.example',
        inboxUrl: 'https://b.example/inbox',
        waitingSince: before,
      });
      await lab.store.dropOlder(HOST, AT, 'too old', AT);
      expect(await lab.fate(old.id)).toEqual({ state: 'dropped', reason: 'too old', finishedAt: AT });
      expect([await waitingIds(), await waitingIds('b.example')]).toEqual([[young.id], [elsewhere.id]]);
    });

    it('that ended stay as they ended', async () => {
      const { id } = await lab.enqueue({ host: HOST, inboxUrl: INBOX, waitingSince: new Date(0) });
      await lab.store.giveUp(id, 'dropped', 'by an administrator', AT);
      const later = new Date(AT.getTime() + 1000);
      await lab.store.markDelivered(id, later);
      await lab.store.markFailed(id, { reason: 'no', answered: true });
      await lab.store.giveUp(id, 'refused', 'no', later);
      await lab.store.inboxGone(HOST, INBOX, 'no', later);
      await lab.store.dropOlder(HOST, later, 'no', later);
      expect(await lab.fate(id)).toEqual({ state: 'dropped', reason: 'by an administrator', finishedAt: AT });
    });
  });
}
