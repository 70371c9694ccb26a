import { z } from 'zod';
import { pageQuery } from '../../shared/page.js';
import { booleanParam } from '../../shared/validation.js';
import { DELIVERY_STATES } from '../delivery.entity.js';

export const HOST_STATES = ['healthy', 'failing', 'paused'] as const;
export type HostState = (typeof HOST_STATES)[number];

export const deliveryHostListQuery = pageQuery.extend({
  state: z
    .enum(HOST_STATES, { error: `must be one of ${HOST_STATES.join(', ')}` })
    .optional()
    .describe('Hosts in this state only.'),
  search: z.string().max(255).optional().describe('Hosts that contain this text.'),
});
export type DeliveryHostListQuery = z.output<typeof deliveryHostListQuery>;

export const hostParam = z.object({
  host: z.string().toLowerCase().max(255).describe('Host, with a port that is not the default.'),
});
export type HostParam = z.output<typeof hostParam>;

export const deliveryParam = hostParam.extend({
  id: z.coerce.number().int().positive().describe('Id of the delivery.'),
});
export type DeliveryParam = z.output<typeof deliveryParam>;

export const deliveryListQuery = pageQuery.extend({
  state: z
    .enum(DELIVERY_STATES, { error: `must be one of ${DELIVERY_STATES.join(', ')}` })
    .optional()
    .describe('Deliveries in this state only; without it all that have not arrived.'),
});
export type DeliveryListQuery = z.output<typeof deliveryListQuery>;

export const hostRetry = z
  .object({
    ended: booleanParam
      .default(false)
      .describe('Also sends what was refused or dropped, before all that waits.'),
  })
  .prefault({});
export type HostRetry = z.output<typeof hostRetry>;
