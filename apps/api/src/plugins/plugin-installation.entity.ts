import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TimestampedEntity } from '../database/timestamped.entity.js';

/** What an administrator has agreed to install from the registry. Last changed when it was installed or updated. */
@Entity('plugin_installations')
export class PluginInstallationEntity extends TimestampedEntity {
  /** Of the plugin. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  name: string;

  @Column({ length: 64 })
  version: string;

  /** Of the package, as the registry gave it and npm writes it: `sha512-` and base64. */
  @Column({ length: 128 })
  integrity: string;

  /** Over all files as they were installed (`hashFolder`). */
  @Column({ length: 64 })
  contentHash: string;

  /** The name of the administrator, who may be gone since. */
  @Column({ length: 50 })
  installedBy: string;
}
