import { Injectable } from '@nestjs/common';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isDeepStrictEqual } from 'node:util';
import { createGunzip } from 'node:zlib';
import { Config } from '../../config/config.js';
import { TooLargeError, UnprocessableError } from '../../shared/domain-error.js';
import { manifestOf } from '../loading/find-package.js';
import { FolderTooLargeError, hashFolder } from '../loading/hash-folder.js';
import { installationFolder, packagesFolder } from '../loading/installation-folders.js';
import { readDeclaration } from '../loading/plugin-declaration.js';
import { PluginProblem } from '../loading/plugin-problem.js';
import { checkLock } from './lock-check.js';
import { Npm } from './npm.js';
import type { OfferedPackage } from './offered-package.js';
import { pluginNameOf } from './package-names.js';
import { PluginRegistry } from './plugin-registry.service.js';

/** Makes and removes the folders of packages from the registry. */
@Injectable()
export class PackageFolder {
  constructor(
    private readonly config: Config,
    private readonly registry: PluginRegistry,
    private readonly npm: Npm,
  ) {}

  /**
   * Puts the package with all that it depends on where it is loaded from, and answers the hash of all of it. None of its code is run.
   * When it fails nothing is left. @throws DomainError
   */
  async make(offered: OfferedPackage, tarball: Buffer): Promise<string> {
    const root = packagesFolder(this.config.data);
    await mkdir(root, { recursive: true });
    const draft = await mkdtemp(join(root, '.new-'));
    try {
      await this.assertUnpacks(tarball);
      await this.fill(draft, offered, tarball);
      await assertAsOffered(join(draft, 'node_modules', offered.npmName), offered);
      const hash = await this.hash(draft);
      const folder = this.folderOf(offered.npmName, offered.version);
      // Of an installation that did not come to its end: the database knows of none.
      await rm(folder, { recursive: true, force: true });
      await rename(draft, folder);
      return hash;
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  }

  /** In all versions that are here. */
  async remove(npmName: string): Promise<void> {
    const root = packagesFolder(this.config.data);
    for (const name of await readdir(root))
      if (name.startsWith(`${npmName}@`)) await rm(join(root, name), { recursive: true, force: true });
  }

  private folderOf(npmName: string, version: string): string {
    return installationFolder(this.config.data, { name: pluginNameOf(npmName), version });
  }

  /** In two steps, so that nothing is fetched before it is known where from. */
  private async fill(
    draft: string,
    { npmName, version, answer }: OfferedPackage,
    tarball: Buffer,
  ): Promise<void> {
    await writeFile(join(draft, 'package.json'), '{ "private": true }\n');
    await writeFile(join(draft, 'package.tgz'), tarball);
    await this.npm.run(draft, ['install', './package.tgz', '--package-lock-only']);
    const agreed = { npmName, version, integrity: answer.dist.integrity! };
    checkLock(await readFile(join(draft, 'package-lock.json'), 'utf8'), agreed, this.registry.address);
    await this.npm.run(draft, ['ci']);
    await rm(join(draft, '.npm-cache'), { recursive: true, force: true });
  }

  /** Small files may become large ones. */
  private async assertUnpacks(tarball: Buffer): Promise<void> {
    let left = this.config.plugins.maxInstalledSize;
    const count = new Writable({
      write: (bytes: Buffer, _encoding, done) => {
        left -= bytes.length;
        done(left < 0 ? this.tooLarge() : null);
      },
    });
    await pipeline(Readable.from([tarball]), createGunzip(), count).catch((error: unknown) => {
      if (error instanceof TooLargeError) throw error;
      throw new UnprocessableError('The package cannot be unpacked.', 'not_installable');
    });
  }

  private async hash(draft: string): Promise<string> {
    try {
      return await hashFolder(draft, this.config.plugins.maxInstalledSize);
    } catch (error) {
      if (error instanceof FolderTooLargeError) throw this.tooLarge();
      throw error;
    }
  }

  private tooLarge(): TooLargeError {
    const { maxInstalledSize } = this.config.plugins;
    return new TooLargeError(
      `Unpacked it is larger than ${maxInstalledSize} bytes (plugins.maxInstalledSize).`,
      'package_too_large',
    );
  }
}

/** A registry may say other things of a package than the package itself. @throws UnprocessableError */
async function assertAsOffered(
  folder: string,
  { npmName, version, declaration }: OfferedPackage,
): Promise<void> {
  try {
    const manifest = (await manifestOf(folder)) ?? {};
    const { name, version: ownVersion } = manifest;
    const isSame = isDeepStrictEqual(readDeclaration(manifest), declaration);
    if (isSame && name === npmName && ownVersion === version) return;
  } catch (error) {
    if (!(error instanceof PluginProblem)) throw error;
  }
  throw new UnprocessableError(
    'The package declares other things than the registry says of it.',
    'not_installable',
  );
}
