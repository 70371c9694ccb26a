import { z } from 'zod';

/** Paging parameters of every list: `start` items are skipped, at most `count` are answered. */
export const pageQuery = z.object({
  start: z.coerce.number().int().min(0).max(1_000_000).default(0).describe('Items to skip.'),
  count: z.coerce.number().int().min(0).max(100).default(15).describe('Items to answer, at most 100.'),
});
export type PageQuery = z.output<typeof pageQuery>;

/** PeerTube's list shape. */
export interface Page<T> {
  total: number;
  data: T[];
}

/** The schema of a list of `item`, for Swagger. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ total: z.number().int().describe('Items in all.'), data: z.array(item) });
