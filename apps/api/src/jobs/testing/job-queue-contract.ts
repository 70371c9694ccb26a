import { describe } from '@jest/globals';
import { cancelPromises } from './contract/cancel.promises.js';
import { crashPromises } from './contract/crash.promises.js';
import { lifecyclePromises } from './contract/lifecycle.promises.js';
import { orderPromises } from './contract/order.promises.js';
import { outcomePromises } from './contract/outcome.promises.js';
import { producerPromises } from './contract/producer.promises.js';
import { useLab } from './contract/use-lab.js';
import type { LabOptions } from './job-lab.js';

/** What every `JobQueue` promises, whatever it is made of. `unavailable` says why it cannot be tried here. */
export function describeJobQueue(name: string, options: LabOptions, unavailable?: string): void {
  const suite = unavailable ? describe.skip : describe;
  suite(unavailable ? `${name} (skipped: ${unavailable})` : name, () => {
    const lab = useLab(options);
    describe('a producer', () => producerPromises(lab));
    describe('the outcome of a job', () => outcomePromises(lab));
    describe('order, delay and concurrency', () => orderPromises(lab));
    describe('cancelling', () => cancelPromises(lab));
    describe('starting, pausing and stopping', () => lifecyclePromises(lab));
    describe('a process that dies', () => crashPromises(lab));
  });
}
