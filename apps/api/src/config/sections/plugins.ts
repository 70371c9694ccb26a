import { z } from 'zod';
import { bytes, count, flag, KIB, listOf, MIB, milliseconds } from './values.js';

const orNone = z.coerce.number().int().min(0);

/** What strangers add to this instance, and how much of its time they may take. */
export const plugins = z
  .strictObject({
    enabled: flag
      .default(true)
      .describe('false: the instance runs without any, as with --no-plugins, and remembers which were on.'),
    list: listOf(z.string().min(1).max(500))
      .default([])
      .describe(
        'Packages that are plugins: names of our own (plugins/) or of installed ones, or folders with a package.',
      ),
    installFromRegistry: flag
      .default(false)
      .describe(
        'Administrators may install packages from `registry` by page and API; each runs with all rights.',
      ),
    registry: z
      .url({ protocol: /^https?$/, error: 'must be an http(s) URL, such as https://registry.npmjs.org' })
      .default('https://registry.npmjs.org')
      .describe('Where packages come from; without a login.'),
    registryTimeout: milliseconds
      .default(30_000)
      .describe('Milliseconds for one answer of the registry; a package is one.'),
    installTimeout: milliseconds
      .default(120_000)
      .describe('Milliseconds that npm may take, for each of its two steps.'),
    maxPackageSize: bytes
      .default(16 * MIB)
      .describe('Bytes of a package that is installed from the registry, packed.'),
    maxInstalledSize: bytes
      .default(256 * MIB)
      .describe('Bytes of an installed package with all that it depends on.'),
    loadTimeout: milliseconds.default(30_000).describe('Milliseconds that loading one may take.'),
    provenAfter: milliseconds
      .default(30_000)
      .describe('Milliseconds after which a start counts as a good one; so does an orderly end before that.'),
    lookInterval: milliseconds
      .default(10_000)
      .describe('Milliseconds between looks at what other processes were told about plugins.'),
    maxValueSize: bytes.default(256 * KIB).describe('Bytes of one value that a plugin keeps, as JSON.'),
    maxAnswerSize: bytes.default(8 * MIB).describe('Bytes of what another server answers to a plugin.'),
    maxValues: count.default(10_000).describe('Values that one plugin keeps.'),
    filterBudget: milliseconds
      .default(1_000)
      .describe('Milliseconds that one handler of a filter may take; its answer is not used after that.'),
    guardBudget: milliseconds
      .default(5_000)
      .describe('Milliseconds that one handler of a guard may take; what it did not decide is held.'),
    eventBudget: milliseconds.default(30_000).describe('Milliseconds that one handler of an event may take.'),
    failureLimit: count
      .default(20)
      .describe('Failures in a row after which a handler is not called for setAside.'),
    setAside: milliseconds.default(60_000),
    startsUntilOff: count
      .default(3)
      .describe('Failed starts in a row after which a plugin is switched off by itself.'),
    memoryInterval: orNone
      .default(60_000)
      .describe('Milliseconds between looks at the memory in use; 0: what plugins hold is not measured.'),
    memorySuspicion: orNone
      .default(128 * MIB)
      .describe(
        'Bytes by which the heap must have grown before it is measured what each plugin holds, which costs some percent ' +
          'and stops the server for some tens of milliseconds at each look; 0: always.',
      ),
    memorySampling: bytes
      .default(4 * MIB)
      .describe(
        'Bytes that are allocated between two samples of the heap; fewer are more exact and cost more.',
      ),
    memoryWarning: bytes
      .default(128 * MIB)
      .describe('Bytes that a plugin may hold before the log and its page name it.'),
    memoryLimit: orNone
      .default(512 * MIB)
      .describe('Bytes above which a plugin is switched off by itself; 0: none is.'),
  })
  .prefault({});
