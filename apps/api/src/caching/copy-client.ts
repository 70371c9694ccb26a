import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { RemoteClient } from '@vidiverse/federation';
import { Config } from '../config/config.js';
import { VERSION } from '../instance/version.js';

/** The guarded client once more, with connections of its own: fetching large files must not keep deliveries waiting. */
@Injectable()
export class CopyClient extends RemoteClient implements OnApplicationShutdown {
  constructor({ url, federation, caching }: Config) {
    const connectionsPerHost = caching.connectionsPerSeed * caching.concurrency;
    super({
      version: VERSION,
      instanceUrl: url,
      allowPrivatePeers: federation.allowPrivatePeers,
      limits: {
        silentFor: federation.silentPause,
        bodyTimeout: federation.stalledAfter,
        connectionsPerHost,
      },
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }
}
