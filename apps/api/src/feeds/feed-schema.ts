import { z } from 'zod';

const url = z.url({ protocol: /^https?$/ });

/** What can be written: a feed may come from a plugin, which no compiler need have seen. */
export const feedSchema = z.object({
  title: z.string(),
  description: z.string(),
  url,
  image: url.nullable(),
  items: z.array(
    z.object({
      id: z.string(),
      url,
      title: z.string(),
      description: z.string(),
      author: z.object({ name: z.string(), url }),
      publishedAt: z.iso.datetime(),
      updatedAt: z.iso.datetime(),
      image: url.nullable(),
      file: z.object({ url, mediaType: z.string(), size: z.number().int().min(0) }).nullable(),
    }),
  ),
});
