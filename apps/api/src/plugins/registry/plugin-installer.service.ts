import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { PasswordConfirmation } from '../../auth/password-confirmation.js';
import { ConflictError, NotFoundError, UnprocessableError } from '../../shared/domain-error.js';
import type { UserEntity } from '../../users/user.entity.js';
import type { InstallRequest } from '../dto/registry.js';
import { PluginInstallationEntity } from '../plugin-installation.entity.js';
import { PluginRunner } from '../plugin-runner.js';
import { PluginEntity } from '../plugin.entity.js';
import { AvailablePlugins } from './available-plugins.service.js';
import type { OfferedPackage } from './offered-package.js';
import { PackageFolder } from './package-folder.service.js';
import { pluginNameOf } from './package-names.js';
import { PluginRegistry } from './plugin-registry.service.js';

/** An administrator, and where they ask from. */
export interface Asker {
  user: UserEntity;
  address: string;
}

/** Installs, updates and removes packages of the registry. What was installed begins with the next start. */
@Injectable()
export class PluginInstaller {
  private readonly logger = new Logger('Plugins');
  private isBusy = false;

  constructor(
    private readonly available: AvailablePlugins,
    private readonly registry: PluginRegistry,
    private readonly passwords: PasswordConfirmation,
    private readonly folder: PackageFolder,
    private readonly runner: PluginRunner,
    @InjectRepository(PluginEntity) private readonly rows: Repository<PluginEntity>,
    @InjectRepository(PluginInstallationEntity)
    private readonly installations: Repository<PluginInstallationEntity>,
  ) {}

  /** Answers the plugin's name. @throws ForbiddenError, ConflictError, DomainError */
  install(request: InstallRequest, asker: Asker): Promise<string> {
    return this.put(request, asker, (installation, { npmName }) => {
      if (installation)
        throw new ConflictError(
          `${npmName} ${installation.version} is installed already.`,
          'already_installed',
        );
    });
  }

  /** Puts another version in its place, with the next start. @throws NotFoundError, ForbiddenError, ConflictError, DomainError */
  update(request: InstallRequest, asker: Asker): Promise<string> {
    return this.put(request, asker, (installation, { npmName, version }) => {
      if (!installation) throw new NotFoundError('Installed plugin');
      if (installation.version === version)
        throw new ConflictError(`${npmName} ${version} is what is installed.`, 'already_installed');
    });
  }

  /** At once; its settings, tables and values stay. @throws NotFoundError, ConflictError */
  uninstall(npmName: string, user: UserEntity): Promise<void> {
    return this.alone(async () => {
      const name = pluginNameOf(npmName);
      const installation = await this.installations.findOneBy({ name });
      if (!installation) throw new NotFoundError('Installed plugin');
      await this.installations.delete({ name });
      await this.rows.update({ name }, { enabled: false, problem: null, updatedAt: new Date() });
      this.runner.switch(name, false);
      await this.folder.remove(npmName);
      this.logger.log(`${user.username} uninstalled ${npmName} ${installation.version}`);
    });
  }

  private async put(
    request: InstallRequest,
    { user, address }: Asker,
    assertFits: (installation: PluginInstallationEntity | null, offered: OfferedPackage) => void,
  ): Promise<string> {
    const { npmName, pluginVersion, integrity, password } = request;
    this.available.assertOn();
    await this.passwords.confirm(user, password, address);
    return this.alone(async () => {
      const { offered, installation } = await this.available.offered(npmName, pluginVersion);
      assertFits(installation, offered);
      assertAgreed(offered, integrity);
      const tarball = await this.registry.download(offered.answer.dist.tarball, integrity);
      const contentHash = await this.folder.make(offered, tarball);
      const name = await this.remember(offered, contentHash, user.username);
      this.logger.log(
        `${user.username} installed ${npmName} ${offered.version} from ${this.registry.address}, ${integrity}, ` +
          `rights: ${offered.declaration!.rights.join(', ') || 'none'}`,
      );
      return name;
    });
  }

  private async remember(
    { npmName, version, answer }: OfferedPackage,
    contentHash: string,
    installedBy: string,
  ): Promise<string> {
    const name = pluginNameOf(npmName);
    const now = new Date();
    const fresh = { name, settings: null, createdAt: now, updatedAt: now };
    await this.rows.createQueryBuilder().insert().values(fresh).orIgnore().execute();
    await this.rows.update({ name }, { enabled: true, failedStarts: 0, problem: null, updatedAt: now });
    const integrity = answer.dist.integrity!;
    const agreed = { name, version, integrity, contentHash, installedBy };
    await this.installations.save(this.installations.create(agreed));
    return name;
  }

  /** One at a time: npm and the folders know of no other. @throws ConflictError `busy` */
  private async alone<T>(work: () => Promise<T>): Promise<T> {
    if (this.isBusy)
      throw new ConflictError('Another plugin is being installed. Try again in a moment.', 'busy');
    this.isBusy = true;
    try {
      return await work();
    } finally {
      this.isBusy = false;
    }
  }
}

function assertAgreed({ answer, problems }: OfferedPackage, integrity: string): void {
  if (problems.length > 0) throw new UnprocessableError(problems.join(' '), 'not_installable');
  if (answer.dist.integrity !== integrity)
    throw new ConflictError(
      `integrity: the registry has ${answer.version} with ${answer.dist.integrity}, which is not what was agreed to. Look at it again.`,
      'integrity_changed',
    );
}
