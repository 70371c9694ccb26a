import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { RemoteClient } from '@vidiverse/federation';
import { Config } from '../../config/config.js';
import { VERSION } from '../../instance/version.js';

/** The guarded client once more, with more time: a package is larger than what instances tell each other. */
@Injectable()
export class RegistryClient extends RemoteClient implements OnApplicationShutdown {
  constructor({ url, federation, plugins }: Config) {
    super({
      version: VERSION,
      instanceUrl: url,
      allowPrivatePeers: federation.allowPrivatePeers,
      limits: { deadline: plugins.registryTimeout },
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }
}
