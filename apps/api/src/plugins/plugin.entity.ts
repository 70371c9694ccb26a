import { Column, Entity, PrimaryColumn } from 'typeorm';
import { JsonColumn, TextColumn } from '../database/columns.js';
import { TimestampedEntity } from '../database/timestamped.entity.js';

/** What is remembered of a plugin, whether it is installed at the moment or not. */
@Entity('plugins')
export class PluginEntity extends TimestampedEntity {
  /** As `definePlugin` has it. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  name: string;

  @Column({ type: 'boolean', default: true })
  enabled: boolean;

  /** As an administrator wrote them: the plugin's schema adds its defaults. */
  @JsonColumn({ nullable: true })
  settings: object | null;

  /** Starts in a row that did not come to a good end. */
  @Column({ type: 'int', default: 0 })
  failedStarts: number;

  /** Why the last start failed, in a sentence. */
  @TextColumn({ nullable: true })
  problem: string | null;
}
