import { z } from 'zod';

export const clientViewSchema = z
  .object({ client_id: z.string(), client_secret: z.string() })
  .meta({ id: 'OAuthClient' });
export type ClientView = z.output<typeof clientViewSchema>;

export const tokenViewSchema = z
  .object({
    token_type: z.literal('Bearer'),
    access_token: z.string(),
    refresh_token: z.string(),
    expires_in: z.int().describe('Seconds.'),
    refresh_token_expires_in: z.int().describe('Seconds.'),
  })
  .meta({ id: 'OAuthToken' });
export type TokenView = z.output<typeof tokenViewSchema>;
