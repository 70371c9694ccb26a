import { z } from 'zod';

const text = z.string().max(1000);

/** Body of `users/token`, as a form or as JSON (RFC 6749, sections 4.3 and 6). */
export const tokenRequest = z.object({
  client_id: text,
  client_secret: text,
  grant_type: z.enum(['password', 'refresh_token']),
  username: text.optional().describe('Name or e-mail address.'),
  password: text.optional(),
  refresh_token: text.optional(),
  response_type: text.optional(),
  scope: text.optional(),
});
export type TokenRequest = z.output<typeof tokenRequest>;
