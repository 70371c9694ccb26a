import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { Config } from '../config/config.js';
import { InvalidInputError, TooLargeError, UnsupportedMediaError } from '../shared/domain-error.js';
import { FileStorage } from '../storage/file-storage.js';
import type { UserEntity } from '../users/user.entity.js';
import { videoAttributes } from '../videos/dto/video-attributes.js';
import type { VideoEntity } from '../videos/video.entity.js';
import { asUploadFault } from './disk-faults.js';
import { parseFields } from './dto/upload-form.js';
import { IncomingBodies } from './incoming-bodies.js';
import { UploadAcceptance } from './upload-acceptance.js';
import { UploadForm } from './upload-form.js';
import { UploadImages } from './upload-images.service.js';

/** Room for the fields and boundaries of a form, in bytes. */
const FORM_OVERHEAD = 1024 * 1024;

/** Uploads that come in one form. Either a video comes of it or nothing stays. */
@Injectable()
export class FormUploads {
  constructor(
    private readonly config: Config,
    private readonly storage: FileStorage,
    private readonly bodies: IncomingBodies,
    private readonly acceptance: UploadAcceptance,
    private readonly images: UploadImages,
  ) {}

  async upload(user: UserEntity, request: FastifyRequest): Promise<VideoEntity> {
    await this.assertWelcome(user, request);
    const form = await this.receive(request, { videofile: this.config.uploads.maxFileSize });
    try {
      return await this.accept(user, form);
    } catch (error) {
      throw asUploadFault(error);
    } finally {
      await form.discard();
    }
  }

  /** Reads a form that may carry the images of a video, and `files` by name with the most bytes of each. */
  receive(request: FastifyRequest, files: Record<string, number>): Promise<UploadForm> {
    const { maxThumbnailSize } = this.config.uploads;
    return this.bodies.receive(request.raw, () =>
      UploadForm.receive(request, {
        files: { thumbnailfile: maxThumbnailSize, previewfile: maxThumbnailSize, ...files },
        temporaryPath: () => this.storage.temporaryPath(),
      }),
    );
  }

  /** Spares the sender the gigabytes of a file that cannot be taken. */
  private async assertWelcome(user: UserEntity, request: FastifyRequest): Promise<void> {
    if (!request.isMultipart()) throw new UnsupportedMediaError('An upload is a form: multipart/form-data.');
    const { maxFileSize, maxThumbnailSize } = this.config.uploads;
    const atLeast = Number(request.headers['content-length'] ?? 0) - 2 * maxThumbnailSize - FORM_OVERHEAD;
    if (atLeast > maxFileSize)
      throw new TooLargeError(`The file is larger than the limit of ${maxFileSize} bytes.`);
    await this.acceptance.assertWelcome(user, Math.max(atLeast, 0));
  }

  private async accept(user: UserEntity, form: UploadForm): Promise<VideoEntity> {
    const file = form.files.get('videofile');
    const attributes = parseFields(videoAttributes, form.fields);
    if (!file) throw new InvalidInputError([{ field: 'videofile', reason: 'is missing' }]);
    const images = this.images.pathsIn(form.files);
    await this.images.check(images);
    const arrived = { user, attributes, name: randomUUID(), size: file.size };
    await this.acceptance.takeIn(arrived, file.path);
    const video = await this.acceptance.commit(arrived).catch(async (error: unknown) => {
      await this.storage.remove('originals', arrived.name);
      throw error;
    });
    await this.images.apply(video, images);
    return video;
  }
}
