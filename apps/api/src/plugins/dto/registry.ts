import { valid } from 'semver';
import { z } from 'zod';
import { pageOf, pageQuery } from '../../shared/page.js';
import { isPackageName } from '../registry/package-names.js';

const npmName = z
  .string()
  .max(64)
  .refine(isPackageName, 'must be vidiverse-plugin-<name of the plugin>')
  .describe('Of its package: `vidiverse-plugin-<name>`.');
const pluginVersion = z
  .string()
  .max(64)
  .refine((text) => valid(text) === text, 'must be one version, such as 1.2.3')
  .optional()
  .describe('Default: the newest.');

export const availableQuery = pageQuery.extend({
  search: z.string().max(100).default('').describe('Words; without any, all.'),
});
export type AvailableQuery = z.output<typeof availableQuery>;

export const npmNameParam = npmName;
export const versionQuery = z.object({ pluginVersion });
export type VersionQuery = z.output<typeof versionQuery>;

export const installRequest = z.strictObject({
  npmName,
  pluginVersion,
  integrity: z
    .string()
    .regex(
      /^sha512-[A-Za-z0-9+/]{86}==$/,
      'must be sha512- and base64, as plugins/available/<package> answers it',
    )
    .describe('What was agreed to: the registry must still have this.'),
  password: z.string().min(1).max(1000).describe('Of the administrator who asks.'),
});
export type InstallRequest = z.output<typeof installRequest>;

export const uninstallRequest = z.strictObject({ npmName });
export type UninstallRequest = z.output<typeof uninstallRequest>;

const shared = {
  npmName: z.string(),
  name: z.string().describe('Of the plugin.'),
  description: z.string().nullable(),
  homepage: z.string().nullable(),
  publisher: z.string().nullable().describe('Who published this version, as the registry calls them.'),
  installedVersion: z.string().nullable().describe('From the registry, here; null when it is not.'),
};

export const availablePluginPageSchema = pageOf(
  z
    .object({ ...shared, latestVersion: z.string(), updatedAt: z.iso.datetime().nullable() })
    .meta({ id: 'AvailablePlugin' }),
);
export type AvailablePluginView = z.output<typeof availablePluginPageSchema>['data'][number];

export const offeredPluginSchema = z
  .object({
    ...shared,
    version: z.string(),
    license: z.string().nullable(),
    size: z.int().nullable().describe('Bytes, unpacked, without what it depends on, as the registry says.'),
    integrity: z.string().nullable().describe('To be agreed to; null when the registry has none.'),
    requires: z.string().nullable().describe('Versions of Vidiverse, as npm writes ranges.'),
    rights: z
      .array(z.object({ name: z.string(), text: z.string() }))
      .nullable()
      .describe('What its package declares; null when it declares nothing.'),
    problems: z.array(z.string()).describe('Why it cannot be installed, a sentence each; empty when it can.'),
  })
  .meta({ id: 'OfferedPlugin' });
export type OfferedPluginView = z.output<typeof offeredPluginSchema>;
