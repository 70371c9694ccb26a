import { Entity, PrimaryColumn } from 'typeorm';
import { JsonColumn } from '../database/columns.js';
import { TimestampedEntity } from '../database/timestamped.entity.js';

/** A small fact the instance remembers about itself, such as the pending set-up link. */
@Entity('settings')
export class SettingEntity extends TimestampedEntity {
  @PrimaryColumn({ type: 'varchar', length: 100 })
  name: string;

  @JsonColumn()
  value: object | string | number | boolean;
}
