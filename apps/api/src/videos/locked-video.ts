import { type EntityManager, EntityNotFoundError } from 'typeorm';
import { lockedForUpdate } from '../database/locked-for-update.js';
import { NotFoundError } from '../shared/domain-error.js';
import { VideoEntity } from './video.entity.js';

/** The row of a video, for what is counted on it. @throws NotFoundError when it was deleted since it was found. */
export async function lockedVideo(manager: EntityManager, id: number): Promise<VideoEntity> {
  try {
    return await lockedForUpdate(manager, VideoEntity, { id });
  } catch (error) {
    if (error instanceof EntityNotFoundError) throw new NotFoundError('Video');
    throw error;
  }
}
