import type { FastifyRequest } from 'fastify';
import type { MultipartFile } from '@fastify/multipart';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { InvalidInputError, TooLargeError } from '../shared/domain-error.js';
import { asUploadFault, UploadAbortedError } from './disk-faults.js';

/** A file of a form, on the local disk. */
export interface FormFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

/** How a form is read: the file fields it may have with the most bytes of each, and where they go. */
export interface FormRules {
  files: Readonly<Record<string, number>>;
  /** A new path on each call. */
  temporaryPath(): string;
}

/** A multipart form whose files stand on the disk. Whoever reads one calls `discard` in the end. */
export class UploadForm {
  /** Fields; those that repeat are lists. */
  readonly fields: Record<string, unknown> = {};
  readonly files = new Map<string, FormFile>();
  private readonly paths: string[] = [];

  private constructor(private readonly rules: FormRules) {}

  /**
   * Streams the files of a form to the disk, as fast as it takes them. Nothing is left when it throws.
   * @throws TooLargeError, InvalidInputError, StorageFullError, UploadAbortedError
   */
  static async receive(request: FastifyRequest, rules: FormRules): Promise<UploadForm> {
    const form = new UploadForm(rules);
    try {
      await form.read(request);
      return form;
    } catch (error) {
      await form.discard();
      // What still comes is read and dropped, or the sender would never look at the answer.
      request.raw.unpipe();
      request.raw.resume();
      throw request.raw.destroyed && !request.raw.complete ? new UploadAbortedError() : asUploadFault(error);
    }
  }

  /** Removes the files that were not moved elsewhere. */
  async discard(): Promise<void> {
    await Promise.all(this.paths.map((path) => rm(path, { force: true })));
  }

  private async read(request: FastifyRequest): Promise<void> {
    const limits = { fileSize: Math.max(...Object.values(this.rules.files)) + 1 };
    for await (const part of request.parts({ limits })) {
      if (part.type === 'file') await this.keepFile(part);
      else if (part.valueTruncated || part.fieldnameTruncated)
        throw new TooLargeError(`${part.fieldname} is too long.`);
      else this.keepField(part.fieldname.replace(/\[\d*\]$/, ''), part.value);
    }
  }

  private keepField(name: string, value: unknown): void {
    const earlier = this.fields[name];
    if (earlier === undefined) this.fields[name] = value;
    else this.fields[name] = Array.isArray(earlier) ? [...(earlier as unknown[]), value] : [earlier, value];
  }

  private async keepFile({ fieldname, file }: MultipartFile): Promise<void> {
    const most = Object.hasOwn(this.rules.files, fieldname) ? this.rules.files[fieldname] : undefined;
    if (most === undefined || this.files.has(fieldname)) {
      file.resume();
      throw new InvalidInputError([
        { field: fieldname, reason: 'is no file this form takes, or comes twice' },
      ]);
    }
    const path = this.rules.temporaryPath();
    this.paths.push(path);
    let size = 0;
    await pipeline(
      file,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          size += chunk.length;
          if (size > most) throw new TooLargeError(`${fieldname} is larger than the limit of ${most} bytes.`);
          yield chunk;
        }
      },
      createWriteStream(path, { flags: 'wx' }),
    );
    this.files.set(fieldname, { path, size });
  }
}
