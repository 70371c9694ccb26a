import { QueryFailedError } from 'typeorm';

const DUPLICATE = ['ER_DUP_ENTRY', 'SQLITE_CONSTRAINT_UNIQUE'];

/** Whether a write was refused by a unique index: somebody else was first. */
export const isDuplicate = (error: unknown): boolean =>
  error instanceof QueryFailedError &&
  DUPLICATE.includes((error.driverError as { code?: string }).code ?? '');
