import { z } from 'zod';

export const seedParam = z.object({ seedId: z.coerce.number().int().positive() });
export type SeedParam = z.output<typeof seedParam>;
