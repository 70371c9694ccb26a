import { z } from 'zod';

const RATINGS = ['like', 'dislike', 'none'] as const;
export type Rating = (typeof RATINGS)[number];

const rating = z.enum(RATINGS, { error: `must be one of ${RATINGS.join(', ')}` });

export const ratingUpdate = z.object({ rating });
export type RatingUpdate = z.output<typeof ratingUpdate>;

export const ratingSchema = z.object({ videoId: z.int(), rating });
export type RatingView = z.output<typeof ratingSchema>;
