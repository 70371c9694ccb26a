import { z } from 'zod';
import { pageOf } from '../../shared/page.js';

const handler = z.object({
  hook: z.string(),
  kind: z.enum(['filter', 'guard', 'event']),
  order: z.number(),
  budgetMs: z.number(),
  calls: z.int(),
  failures: z.int(),
  timeouts: z.int(),
  skipped: z.int(),
  totalMs: z.number(),
  longestMs: z.number(),
  lastError: z.string().nullable(),
  lastFailedAt: z.iso.datetime().nullable(),
  setAsideUntil: z.iso.datetime().nullable(),
});

const memory = z.object({
  heldBytes: z
    .int()
    .describe('On the heap by what its code has allocated and still holds; estimated from samples.'),
  grownBytes: z.int().describe('Of them, since the first measurement; less than 0 when it holds less.'),
  buffersGrownBytes: z
    .int()
    .describe(
      'Buffers of the whole process, since the first measurement: they lie outside of the heap, and whose they are is not known.',
    ),
  isHigh: z.boolean().describe('It holds more than plugins.memoryWarning.'),
  measuredAt: z.iso.datetime(),
});

export const pluginSchema = z
  .object({
    name: z.string(),
    displayName: z.string(),
    version: z.string().nullable().describe('Of its package; null when there is none.'),
    description: z.string().nullable(),
    homepage: z.string().nullable(),
    requires: z.string().nullable().describe('Versions of Vidiverse, as npm writes ranges.'),
    rights: z.array(z.object({ name: z.string(), text: z.string() })).describe('What it says that it does.'),
    enabled: z.boolean(),
    state: z.enum(['running', 'off', 'failed']),
    problem: z.string().nullable().describe('Why it does not run, in a sentence.'),
    restartNeeded: z
      .boolean()
      .describe('It was switched on, installed or updated, and begins with the next start of the instance.'),
    failedStarts: z.int().describe('In a row.'),
    installed: z
      .object({
        npmName: z.string(),
        version: z.string().describe('The one that runs after the next start.'),
        integrity: z.string().describe('Of its package, as npm writes it: `sha512-` and base64.'),
        installedBy: z.string().describe('Name of the administrator.'),
        installedAt: z.iso.datetime(),
      })
      .nullable()
      .describe('From the registry, by page or API; null when the configuration lists it.'),
    hasSettings: z.boolean(),
    handlers: z.array(handler).describe('How its handlers have done in this process.'),
    memory: memory.nullable().describe('What it holds in this process; null when that was not measured.'),
  })
  .meta({ id: 'Plugin' });
export type PluginView = z.output<typeof pluginSchema>;

export const pluginPageSchema = pageOf(pluginSchema);

export const pluginSwitch = z.strictObject({ enabled: z.boolean() });
export type PluginSwitch = z.output<typeof pluginSwitch>;

export const pluginSettingsChange = z.strictObject({ settings: z.record(z.string(), z.unknown()) });
export type PluginSettingsChange = z.output<typeof pluginSettingsChange>;

export const pluginSettingsSchema = z
  .object({
    schema: z.record(z.string(), z.unknown()).describe('JSON Schema (2020-12) of the settings.'),
    settings: z.record(z.string(), z.unknown()).describe('As they are, with defaults.'),
  })
  .meta({ id: 'PluginSettings' });
export type PluginSettingsView = z.output<typeof pluginSettingsSchema>;

export const pluginWebSchema = z
  .object({
    data: z.array(
      z.object({
        name: z.string(),
        displayName: z.string(),
        url: z.string().describe('Of its ES module.'),
        translations: z
          .record(z.string(), z.string())
          .describe('Addresses of JSON files with its texts, by language.'),
      }),
    ),
    changes: z
      .string()
      .optional()
      .describe(
        'Path of a stream that tells when they change: only while a plugin is written, by vidiverse plugin dev.',
      ),
  })
  .meta({ id: 'PluginWebModules' });
export type PluginWebView = z.output<typeof pluginWebSchema>;
