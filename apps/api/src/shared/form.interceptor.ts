import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  mixin,
  type NestInterceptor,
  type Type,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Config } from '../config/config.js';
import { InvalidInputError, TooLargeError } from './domain-error.js';

const MAX_FIELDS = 60;

/** A request whose multipart form was read: fields are in `body`, small files here. */
export interface FormRequest extends FastifyRequest {
  images?: Record<string, Buffer>;
}

/**
 * Reads a multipart form with small images into memory, so that `@Body({ schema })` sees the same fields as with JSON.
 * Other content types pass untouched. A file field that is not named is refused; sizes are bounded by `uploads.maxThumbnailSize`.
 */
export function FormWithImages(...allowed: string[]): Type<NestInterceptor> {
  @Injectable()
  class FormInterceptor implements NestInterceptor {
    constructor(private readonly config: Config) {}

    async intercept(context: ExecutionContext, next: CallHandler) {
      const request = context.switchToHttp().getRequest<FormRequest>();
      if (request.isMultipart()) await this.read(request);
      return next.handle();
    }

    private async read(request: FormRequest): Promise<void> {
      const { maxThumbnailSize } = this.config.uploads;
      const fields: Record<string, unknown> = {};
      const images: Record<string, Buffer> = {};
      for await (const part of request.parts({
        limits: { fileSize: maxThumbnailSize, files: allowed.length, fields: MAX_FIELDS },
      })) {
        if (part.type === 'file') {
          if (!allowed.includes(part.fieldname))
            throw new InvalidInputError([{ field: part.fieldname, reason: 'takes no file' }]);
          images[part.fieldname] = await part.toBuffer().catch(() => {
            throw new TooLargeError(`${part.fieldname} may have at most ${maxThumbnailSize} bytes.`);
          });
        } else {
          addField(fields, part.fieldname.replace(/\[\d*\]$/, ''), part.value);
        }
      }
      request.body = fields;
      request.images = images;
    }
  }
  return mixin(FormInterceptor);
}

/** A field that comes again becomes a list. */
function addField(fields: Record<string, unknown>, name: string, value: unknown): void {
  if (!Object.hasOwn(fields, name)) fields[name] = value;
  else fields[name] = [fields[name], value].flat();
}
