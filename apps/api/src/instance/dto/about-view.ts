import { z } from 'zod';

const text = z.string().describe('Markdown; empty when not given.');

/** PeerTube's `config/about`. */
export const aboutSchema = z
  .object({
    instance: z.object({
      name: z.string(),
      shortDescription: z.string(),
      description: text,
      terms: text,
      codeOfConduct: text,
      hardwareInformation: text,
      creationReason: text,
      moderationInformation: text,
      administrator: text,
      maintenanceLifetime: text,
      businessModel: text,
      languages: z.array(z.string()),
      categories: z.array(z.int()),
      banners: z.array(z.never()),
      avatars: z.array(z.never()),
    }),
  })
  .meta({ id: 'About' });
export type AboutView = z.output<typeof aboutSchema>;
