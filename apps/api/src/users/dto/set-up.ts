import { z } from 'zod';
import { actorName, email, newPassword } from '../user-names.js';

export const setUpQuery = z.object({ token: z.string().max(100) });

export const setUpRequest = z
  .strictObject({
    token: z.string().max(100).describe('From the link that the server printed.'),
    username: actorName.optional().describe('Another name than `root`.'),
    password: newPassword.describe('8 to 200 characters.'),
    email: email.optional(),
  })
  .meta({ id: 'SetUpRequest' });
export type SetUpRequest = z.output<typeof setUpRequest>;

export const setUpStateSchema = z.object({
  valid: z.boolean(),
  username: z.string().describe('Empty when the link is not valid.'),
});
