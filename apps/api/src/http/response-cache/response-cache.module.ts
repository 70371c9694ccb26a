import { Global, Module } from '@nestjs/common';
import { DataVersion } from '../../database/data-version.js';
import { ResponseCache } from './response-cache.js';

/** Answers that are kept for a moment; every controller may ask for it. */
@Global()
@Module({ providers: [DataVersion, ResponseCache], exports: [ResponseCache] })
export class ResponseCacheModule {}
