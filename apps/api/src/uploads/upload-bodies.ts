import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';

/** Path of the resumable protocol. */
export const RESUMABLE_PATH = 'api/v1/videos/upload-resumable';

const CHUNK_TYPE = 'application/octet-stream';

/** Hands the chunks of resumable uploads to their controller as streams, whatever content type a client gives them. */
@Injectable()
export class UploadBodies implements OnModuleInit {
  constructor(private readonly http: HttpAdapterHost) {}

  onModuleInit(): void {
    const server = this.http.httpAdapter.getInstance<FastifyInstance>();
    server.addContentTypeParser(CHUNK_TYPE, (_request, payload, done) => done(null, payload));
    server.addHook('onRequest', async (request) => {
      if (request.method === 'PUT' && request.routeOptions.url === `/${RESUMABLE_PATH}`) {
        request.raw.headers['content-type'] = CHUNK_TYPE;
      }
    });
  }
}
