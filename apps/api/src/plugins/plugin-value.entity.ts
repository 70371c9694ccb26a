import { Entity, PrimaryColumn } from 'typeorm';
import { JsonColumn } from '../database/columns.js';
import { TimestampedEntity } from '../database/timestamped.entity.js';

/** One thing that a plugin keeps by `PluginStorage`. */
@Entity('plugin_values')
export class PluginValueEntity extends TimestampedEntity {
  @PrimaryColumn({ type: 'varchar', length: 64 })
  plugin: string;

  @PrimaryColumn({ type: 'varchar', length: 200 })
  name: string;

  /** Any JSON; in a list of one, since a column of JSON null and an empty one are the same. */
  @JsonColumn()
  value: object;
}
