import { valid } from 'semver';
import { z } from 'zod';
import { truncate } from '../../shared/text.js';

// What the registry answers, as far as it is read. All of it was written by strangers.
// https://github.com/npm/registry/blob/main/docs/REGISTRY-API.md

/** Control characters, line separators, and marks that turn the writing direction: they make a text look like another. */
const UNSHOWABLE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu;
const MAX_TEXT = 300;
const MAX_NAME = 100;

const shown = (length: number) =>
  z
    .string()
    .transform(
      (text) =>
        truncate(
          text
            .slice(0, 4 * length)
            .replace(UNSHOWABLE, ' ')
            .trim(),
          length,
        ) || null,
    )
    .nullable()
    .catch(null);
const webAddress = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .nullable()
  .catch(null);
const user = (name: 'name' | 'username') =>
  z
    .object({ [name]: shown(MAX_NAME) })
    .transform((value) => (value as Record<string, string | null>)[name] ?? null)
    .nullable()
    .catch(null);
const exactVersion = z
  .string()
  .max(64)
  .refine((text) => valid(text) === text);
/** Of the hashes that npm writes in a row, the one that cannot be forged. */
const sha512 = z
  .string()
  .transform((text) => /(?:^|\s)(sha512-[A-Za-z0-9+/]{86}==)(?:\s|$)/.exec(text)?.[1] ?? null)
  .nullable()
  .catch(null);

/** One version of a package: `GET /<package>/<version>`. */
export const versionAnswer = z.object({
  name: z.string(),
  version: exactVersion,
  description: shown(MAX_TEXT),
  homepage: webAddress,
  license: shown(MAX_NAME),
  _npmUser: user('name'),
  dist: z.object({
    tarball: z.url(),
    integrity: sha512,
    unpackedSize: z.int().nonnegative().nullable().catch(null),
  }),
  vidiverse: z.unknown().optional(),
});
export type VersionAnswer = z.output<typeof versionAnswer>;

const hit = z.object({
  package: z.object({
    name: z.string(),
    version: exactVersion,
    description: shown(MAX_TEXT),
    date: z.iso.datetime().nullable().catch(null),
    links: z.object({ homepage: webAddress }).catch({ homepage: null }),
    publisher: user('username'),
  }),
});
export type Hit = z.output<typeof hit>['package'];

/** `GET /-/v1/search`. What cannot be read is left out. */
export const searchAnswer = z.object({
  total: z.int().nonnegative().max(1_000_000),
  objects: z
    .array(z.unknown())
    .max(250)
    .transform((objects) => objects.flatMap((object) => hit.safeParse(object).data?.package ?? [])),
});
