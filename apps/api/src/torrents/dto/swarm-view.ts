import { z } from 'zod';

export const swarmSchema = z
  .object({
    files: z.array(
      z.object({
        resolution: z.int().describe('Height in pixels.'),
        infoHash: z.string().nullable(),
        seeders: z.int(),
        leechers: z.int(),
        webSeedBytes: z.int().describe('Bytes served by HTTP since the server started.'),
      }),
    ),
  })
  .meta({ id: 'Swarm' });
export type SwarmView = z.output<typeof swarmSchema>;

export const fileTokenSchema = z
  .object({ files: z.object({ token: z.string(), expires: z.iso.datetime() }) })
  .meta({ id: 'FileToken' });
export type FileTokenView = z.output<typeof fileTokenSchema>;
