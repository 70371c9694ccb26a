import { z } from 'zod';

/** Lenient: some clients send an empty body. */
export const viewReport = z.preprocess(
  (body) => body ?? {},
  z.object({
    currentTime: z.coerce.number().min(0).max(1_000_000).default(0).describe('Seconds from the start.'),
    viewEvent: z.literal('seek').optional(),
  }),
);
export type ViewReportBody = z.output<typeof viewReport>;
