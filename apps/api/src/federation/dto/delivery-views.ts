import { z } from 'zod';
import { pageOf } from '../../shared/page.js';
import { DELIVERY_STATES } from '../delivery.entity.js';
import { HOST_STATES } from './delivery-requests.js';

const time = z.iso.datetime().nullable();

/** How deliveries to one host are going. */
export const deliveryHostSchema = z
  .object({
    host: z.string(),
    state: z.enum(HOST_STATES).describe('`failing` since its last try failed, `paused` by an administrator.'),
    waiting: z.int().describe('Deliveries that wait.'),
    waitingSince: time.describe('Since when the oldest of them waits.'),
    refused: z.int().describe('Deliveries that the host said no to.'),
    dropped: z.int().describe('Deliveries that nobody tries any more.'),
    failures: z.int().describe('Failures in a row.'),
    failingSince: time,
    nextAttemptAt: time.describe('Nothing is sent before.'),
    lastSuccessAt: time,
    lastError: z.string().nullable().describe('How the last try failed, in words.'),
  })
  .meta({ id: 'DeliveryHost' });
export type DeliveryHostView = z.output<typeof deliveryHostSchema>;

export const deliveryHostPageSchema = pageOf(deliveryHostSchema);

/** One activity for one inbox. */
export const deliverySchema = z
  .object({
    id: z.int(),
    state: z.enum(DELIVERY_STATES),
    inboxUrl: z.string(),
    activity: z.object({
      id: z.string(),
      type: z.string(),
      json: z.looseObject({}).describe('As it is sent, with its signature once it has one.'),
    }),
    attempts: z.int().describe('Tries that failed.'),
    reason: z.string().nullable().describe('How the last try failed, or why it ended.'),
    waitingSince: z.iso.datetime(),
    finishedAt: time,
  })
  .meta({ id: 'Delivery' });
export type DeliveryView = z.output<typeof deliverySchema>;

export const deliveryPageSchema = pageOf(deliverySchema).extend({ host: deliveryHostSchema });
export type DeliveryPageView = z.output<typeof deliveryPageSchema>;
