import { BeforeInsert, BeforeUpdate } from 'typeorm';
import { DateColumn } from './columns.js';

/** Rows that know when they were made and last changed (UTC, milliseconds, set by the application). */
export abstract class TimestampedEntity {
  @DateColumn()
  createdAt: Date;

  @DateColumn()
  updatedAt: Date;

  @BeforeInsert()
  protected stampInsert(): void {
    this.createdAt ??= new Date();
    this.updatedAt ??= this.createdAt;
  }

  @BeforeUpdate()
  protected stampUpdate(): void {
    this.updatedAt = new Date();
  }
}
